import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'

// A dry run needs no network, so that its every format can be kept word for word.
const PROMPT = 'Prove that the square root of 2 is irrational.'
const KEY = { OPENROUTER_API_KEY: 'sk-or-v1-0123456789abcdef0123456789abcdef' }

test.each([
  ['table', 'txt'],
  ['json', 'json'],
  ['csv', 'csv'],
  ['md', 'md'],
])('orx chat --dry-run as %s', async (format, extension) => {
  const line = [
    'chat',
    '-m',
    'gpt-5.1',
    '-m',
    'deepseek-chat',
    '--max-price',
    '2/12',
    '--format',
    format,
  ]
  const { status, out, err } = await orx([...line, '--dry-run', PROMPT], {
    env: { ORX_HOME: newHome(), ...KEY },
  })
  expect({ status, err }).toEqual({ status: 0, err: '' })
  await expect(out).toMatchFileSnapshot(`../__snapshots__/chat-dry-run.${extension}`)
})

test('orx chat --dry-run of every field, straight to Anthropic', async () => {
  const home = newHome()
  const schema = join(home, 'answer.json')
  writeFileSync(schema, '{"type":"object","properties":{"proof":{"type":"string"}}}')
  const line = `chat -m claude-sonnet-4.5 --route direct --schema ${schema} --temperature 0 --stop END -s Brief. --json --dry-run`
  const { out } = await orx([...line.split(' '), PROMPT], {
    env: { ORX_HOME: home, ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef0123456789' },
  })
  // By docs.anthropic.com/en/api/messages, 2026-11: the system prompt apart, a cap always, a schema as a forced tool.
  expect(JSON.parse(out).request).toEqual({
    method: 'POST',
    url: 'https://api.anthropic.com/v1/messages',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'orx',
      'anthropic-version': '2023-06-01',
    },
    body: {
      model: 'claude-sonnet-4-5',
      max_tokens: 4096,
      system: 'Brief.',
      messages: [{ role: 'user', content: PROMPT }],
      stream: true,
      temperature: 0,
      stop_sequences: ['END'],
      tools: [
        {
          name: 'answer',
          description: 'Gives the answer.',
          input_schema: { type: 'object', properties: { proof: { type: 'string' } } },
        },
      ],
      tool_choice: { type: 'tool', name: 'answer' },
    },
  })
})
