import {
  asked,
  bodyOf,
  type Completion,
  chunkOf,
  contentChunks,
  DONE,
  frame,
  framesOf,
  usageChunk,
} from './completion.ts'
import { after, hangUp, json, type Reply, raw, type Step, silence, stream } from './replies.ts'

/** A way of answering a chat that a client must survive. `complete` is what a healthy answer would have been. */
export type Fault = (complete: (request: Parameters<Reply>[1]) => Completion) => Reply

const KEEP_ALIVE = ': OPENROUTER PROCESSING\n\n'

const envelope = (
  code: number | string,
  message: string,
  metadata?: object,
  more: object = {},
) => ({
  error: { code, message, ...(metadata && { metadata }), ...more },
})

const status =
  (
    code: number,
    message: string,
    metadata?: object,
    headers: Record<string, string> = {},
    more = {},
  ): Fault =>
  () =>
    json(code, envelope(code, message, metadata, more), headers)

/** A fault of the stream; where no stream was asked for, `otherwise` is sent instead. */
const streamed =
  (
    steps: (frames: readonly string[], completion: Completion) => Iterable<Step>,
    otherwise?: (completion: Completion) => Reply,
  ): Fault =>
  (complete) =>
  (response, request) => {
    const completion = complete(request)
    const reply = asked(request).stream
      ? stream(steps(framesOf(completion), completion))
      : (otherwise ?? ((whole) => json(200, bodyOf(whole))))(completion)
    return reply(response, request)
  }

/** A healthy answer of another content. */
const altered =
  (change: Partial<Completion>): Fault =>
  (complete) =>
    streamed((frames) => frames)((request) => ({ ...complete(request), ...change }))

/** What came before a mid-stream error: role and half of the text. */
const head = (completion: Completion): readonly string[] =>
  contentChunks(completion)
    .slice(0, 3)
    .map((each) => frame(each))

const OVERLOADED = { code: 502, message: 'Upstream connection lost' }

const midStream = (chunk: (completion: Completion) => string): Fault =>
  streamed(
    (_, completion) => [...head(completion), frame(chunk(completion))],
    (completion) => {
      const whole = bodyOf({ ...completion, text: completion.text.slice(0, 2), finish: 'error' })
      return json(200, {
        ...whole,
        choices: whole.choices.map((choice) => ({ ...choice, error: OVERLOADED })),
      })
    },
  )

const bytewise = (text: string): Uint8Array[] =>
  [...Buffer.from(text)].map((byte) => Uint8Array.of(byte))

const GIGABYTE = 1024 ** 3

/** One frame of a gigabyte that never ends in a line break. */
function* gigantic(): Generator<Step> {
  yield 'data: {"choices":[{"index":0,"delta":{"content":"'
  const piece = Buffer.alloc(64 * 1024, 'x')
  for (let sent = 0; sent < GIGABYTE; sent += piece.length) yield piece
}

function garbageBytes(): Uint8Array {
  // A fixed linear congruential generator: the same garbage in every run.
  let seed = 42
  return Uint8Array.from({ length: 4096 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % 256
  })
}

/** Every scripted fault by name. `npm run stand-in` reacts to a prompt that contains `!fault NAME`. */
export const FAULTS = {
  // Healthy, but awkward.
  comments: streamed((frames) => [
    KEEP_ALIVE,
    KEEP_ALIVE,
    ...frames.flatMap((each) => [each, KEEP_ALIVE]),
  ]),
  'slow first token': streamed((frames) => [KEEP_ALIVE, { waitMs: 150 }, KEEP_ALIVE, ...frames]),
  bytewise: streamed((frames) => bytewise(frames.join(''))),
  crlf: streamed((frames) => [frames.join('').replaceAll('\n', '\r\n')]),
  'several data lines': streamed((_, completion) => [
    // A line break is legal between JSON tokens; the parser must join the lines again.
    ...[...contentChunks(completion), usageChunk(completion)].map(
      (each) => `data: {\ndata: ${each.slice(1)}\n\n`,
    ),
    DONE,
  ]),
  'usage with a choice': streamed((_, completion) => [
    ...contentChunks(completion).map((each) => frame(each)),
    frame(
      chunkOf(completion, { role: 'assistant', content: '' }, null, { usage: completion.usage }),
    ),
    DONE,
  ]),
  'no done': streamed((frames) => frames.slice(0, -1)),
  'no usage': streamed((_, completion) => [
    ...contentChunks(completion).map((each) => frame(each)),
    DONE,
  ]),
  'empty finish reason': streamed((frames, completion) => [
    frame(chunkOf(completion, { content: '' }, '')),
    ...frames,
  ]),
  'finish length': altered({ finish: 'length' }),
  'control sequences': altered({
    text: [
      'plain \u001b[31mred\u001b[0m \u001b]0;title\u0007 ',
      '\u009b2J',
      '\u001b]52;c;',
      'ZXZpbA==\u001b',
      '\\ end\r\b\u0000',
    ],
  }),
  // Cut after the first token.
  'error chunk': midStream((completion) =>
    chunkOf(completion, { content: '' }, 'error', {
      error: {
        ...OVERLOADED,
        metadata: { error_type: 'provider_unavailable', provider_code: 'x' },
      },
    }),
  ),
  'error without choices': midStream((completion) =>
    chunkOf(completion, null, null, { error: OVERLOADED }),
  ),
  'error with a text code': midStream((completion) =>
    chunkOf(completion, { content: '' }, 'error', {
      error: { code: 'server_error', message: 'Provider disconnected' },
    }),
  ),
  'error in the choice': midStream((completion) => {
    const chunk = JSON.parse(chunkOf(completion, { content: '' }, 'error'))
    chunk.choices[0].error = OVERLOADED
    return JSON.stringify(chunk)
  }),
  'bare error': midStream(() => JSON.stringify({ error: OVERLOADED })),
  'cut after': streamed(
    (_, completion) => [...head(completion), 'cut'],
    () => hangUp,
  ),
  'end after': streamed((_, completion) => head(completion)),
  // Before the first token: another try can succeed.
  'cut before': streamed(
    () => ['cut'],
    () => hangUp,
  ),
  'hang up': () => hangUp,
  'error first': streamed(
    (_, completion) => [
      KEEP_ALIVE,
      frame(chunkOf(completion, { content: '' }, 'error', { error: OVERLOADED })),
    ],
    () => json(200, envelope(502, 'Upstream connection lost')),
  ),
  '200 error': () =>
    json(
      200,
      envelope(502, 'Provider returned error', {
        provider_name: 'Novita',
        raw: '{"message":"busy"}',
      }),
    ),
  'empty body': () => raw(200, '', 'application/json'),
  garbage: () => raw(200, garbageBytes(), 'text/event-stream'),
  html: () => raw(502, '<html><body><h1>502 Bad Gateway</h1></body></html>'),
  'gigantic frame': streamed(() => gigantic()),
  silence: () => silence,
  'slow headers': (complete) => after(150, streamed((frames) => frames)(complete)),
  // Statuses, with the metadata that was seen.
  '400': status(400, "'models' array must have 3 items or fewer.", {
    error_type: 'invalid_request',
  }),
  '401': status(401, 'No auth credentials found', { error_type: 'authentication' }),
  '402': status(
    402,
    'This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 1200. To increase, visit https://openrouter.ai/settings/credits and add more credits',
    { error_type: 'payment_required' },
  ),
  '403': status(403, 'Your input was flagged', {
    error_type: 'content_policy_violation',
    reasons: ['violence'],
    flagged_input: 'how to …',
    provider_name: 'OpenAI',
    model_slug: 'openai/gpt-5.1',
  }),
  '404': status(
    404,
    'No endpoints found that support the requested parameters.',
    { error_type: 'not_found' },
    {},
    {
      availability: {
        code: 'constraint_filtered',
        retryable: false,
        requested_models: [],
        excluded_by: ['require_parameters'],
        docs_url: 'https://openrouter.ai/docs',
      },
    },
  ),
  '408': status(408, 'Request timed out', { error_type: 'timeout' }),
  '413': status(413, 'Request too large', { error_type: 'payload_too_large' }),
  '422': status(422, 'Unprocessable', { error_type: 'unprocessable' }),
  '429': status(429, 'Provider returned error', {
    error_type: 'rate_limit_exceeded',
    provider_name: 'Novita',
    raw: 'slow down',
  }),
  '429 retry-after': status(
    429,
    'Rate limit exceeded: limit_rpm',
    { error_type: 'rate_limit_exceeded' },
    { 'retry-after': '1', 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0' },
  ),
  '429 much later': status(
    429,
    'Rate limit exceeded: free-models-per-day',
    { error_type: 'rate_limit_exceeded' },
    { 'retry-after': '40000' },
  ),
  '500': status(500, 'Internal Server Error'),
  '502': status(502, 'Provider returned error', {
    error_type: 'provider_unavailable',
    provider_name: 'Novita',
  }),
  '503': status(
    503,
    'No provider available',
    { error_type: 'provider_overloaded' },
    { 'retry-after': '1' },
    {
      availability: {
        code: 'temporarily_unavailable',
        retryable: true,
        retry_after: 1,
        requested_models: [],
      },
    },
  ),
  '504': status(504, 'Timed out', { error_type: 'timeout' }),
  '524': () => raw(524, 'error code: 524', 'text/plain'),
  '529': status(529, 'Overloaded', { error_type: 'provider_overloaded' }),
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof FAULTS
