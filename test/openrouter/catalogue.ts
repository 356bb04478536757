/**
 * A small OpenRouter catalogue in its wire shape, with the rows that trip a naive reader: a router priced "-1", a free variant,
 * an override above a prompt size, a price of 24 decimals, endpoints with null percentiles, one out of order, and tier tags.
 */
type Pricing = Readonly<Record<string, unknown>>

export type WireModel = {
  readonly id: string
  readonly canonical_slug: string
  readonly pricing: Pricing
  readonly [key: string]: unknown
}

function model(
  id: string,
  pricing: Pricing,
  more: { readonly inputs?: readonly string[]; readonly [key: string]: unknown } = {},
): WireModel {
  const { inputs = ['text'], ...rest } = more
  return {
    id,
    canonical_slug: `${id.replace(/^~/, '').replace(/:.*/, '')}-20260801`,
    hugging_face_id: null,
    name: id,
    created: 1_785_542_400,
    description: '',
    context_length: 131_072,
    architecture: {
      modality: `${inputs.join('+')}->text`,
      input_modalities: inputs,
      output_modalities: ['text'],
      tokenizer: 'Other',
      instruct_type: null,
    },
    pricing,
    top_provider: { context_length: 131_072, max_completion_tokens: 16_384, is_moderated: false },
    per_request_limits: null,
    supported_parameters: [
      'max_tokens',
      'temperature',
      'tools',
      'tool_choice',
      'response_format',
      'structured_outputs',
      'reasoning',
      'seed',
      'stop',
      'top_p',
    ],
    default_parameters: null,
    supported_voices: null,
    expiration_date: null,
    links: { details: `/api/v1/models/${id}/endpoints` },
    ...rest,
  }
}

export const MODELS: readonly WireModel[] = [
  model(
    'openai/gpt-5.1',
    { prompt: '0.00000125', completion: '0.00001', input_cache_read: '0.000000125' },
    { inputs: ['text', 'image', 'file'] },
  ),
  model(
    'anthropic/claude-sonnet-4.5',
    {
      prompt: '0.000003',
      completion: '0.000015',
      input_cache_read: '0.0000003',
      input_cache_write: '0.00000375',
      overrides: [{ min_prompt_tokens: 200_000, prompt: '0.000006', completion: '0.0000225' }],
    },
    { inputs: ['text', 'image', 'file'] },
  ),
  model('deepseek/deepseek-chat', { prompt: '0.00000032', completion: '0.00000089' }),
  model('deepseek/deepseek-chat:free', { prompt: '0', completion: '0' }),
  model(
    'google/gemini-2.5-flash',
    { prompt: '0.0000003', completion: '0.0000025' },
    { inputs: ['text', 'image', 'audio', 'file'] },
  ),
  model('mistralai/mistral-small', {
    prompt: '0.000000020833333333333335',
    completion: '0.0000003',
  }),
  model('openrouter/auto', { prompt: '-1', completion: '-1' }),
]

const percentiles = (p50: number) => ({ p50, p75: p50 * 1.3, p90: p50 * 1.8, p99: p50 * 4 })

function endpoint(of: WireModel, provider: string, tag: string, more: Pricing = {}): Pricing {
  return {
    name: `${provider} | ${of.canonical_slug}`,
    model_id: of.id,
    model_name: of.id,
    context_length: 131_072,
    pricing: of.pricing,
    provider_name: provider,
    tag,
    quantization: 'unknown',
    max_completion_tokens: 16_384,
    max_prompt_tokens: null,
    supported_parameters: [
      'max_tokens',
      'temperature',
      'tools',
      'response_format',
      'structured_outputs',
    ],
    status: 0,
    uptime_last_5m: 100,
    uptime_last_30m: 99.6,
    uptime_last_1d: 99.7,
    supports_implicit_caching: false,
    supports_tool_choice: { auto: true, none: true, required: true, function: true },
    latency_last_30m: percentiles(800),
    throughput_last_30m: percentiles(60),
    ...more,
  }
}

const HOSTS: Readonly<Record<string, readonly [string, string, Pricing?][]>> = {
  'openai/gpt-5.1': [
    ['OpenAI', 'openai'],
    ['OpenAI', 'openai/priority', { pricing: { prompt: '0.0000025', completion: '0.00002' } }],
    ['Azure', 'azure', { latency_last_30m: null, throughput_last_30m: null }],
  ],
  'deepseek/deepseek-chat': [
    ['DeepInfra', 'deepinfra/fp4', { quantization: 'fp4' }],
    [
      'Novita',
      'novita/fp8',
      { quantization: 'fp8', pricing: { prompt: '0.0000004', completion: '0.0000013' } },
    ],
    ['StreamLake', 'streamlake', { status: -2, uptime_last_5m: null }],
  ],
}

/** The endpoints of a model in their wire shape; by default one, named after the author. */
export function endpointsOf(of: WireModel): readonly Pricing[] {
  const author = of.id.split('/')[0] ?? of.id
  const hosts = HOSTS[of.id] ?? [[author, author] as const]
  return hosts.map(([provider, tag, more]) => endpoint(of, provider, tag, more))
}

export const PROVIDERS: readonly Pricing[] = [
  'OpenAI',
  'Azure',
  'Anthropic',
  'DeepInfra',
  'Novita',
  'StreamLake',
  'Mistral',
  'Google AI Studio',
].map((name) => ({
  name,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  privacy_policy_url: 'https://example.com/privacy',
  terms_of_service_url: 'https://example.com/terms',
  status_page_url: null,
  headquarters: 'US',
  datacenters: ['US'],
}))
