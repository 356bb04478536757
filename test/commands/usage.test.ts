import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/usage.ts'

const LOG = 'test/fixtures/generations.csv'
const usage = async (line: string) => {
  const { out } = await orx(`usage ${LOG} --catalog snapshot --json ${line}`)
  return contract.parse(JSON.parse(out))
}

describe('orx usage FILE', () => {
  test.each([
    [`usage ${LOG} --catalog snapshot`, 'usage.txt'],
    [`usage ${LOG} --catalog snapshot --on gpt-5-nano --on-route credits`, 'usage-on.txt'],
    [`usage ${LOG} --catalog snapshot --regret`, 'usage-regret.txt'],
    [`usage ${LOG} --catalog snapshot --format csv`, 'usage.csv'],
    [`usage ${LOG} --catalog snapshot --format md`, 'usage.md'],
    [`usage ${LOG} --catalog snapshot --json`, 'usage.json'],
    ['usage --help', 'usage-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out } = await orx(line)
    expect(status).toBe(0)
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  // By hand, dollars: gpt-5.1 at 1.25/10/0.125 cached: .009 + .0065 + .009; sonnet at 3/15 and, above 200,000 tokens, 6/22.5:
  // .675 + 1.312506. Reported: .009 + .7 + 1.318506 + .0105 + .009 + .02, the first record of gen-06 being replaced.
  test('is priced request by request, ids once, own keys added', async () => {
    const { requests, tokens, reported, recomputed, byModel, complete } = await usage('')
    expect({
      requests,
      input: tokens.input,
      output: tokens.output,
      cached: tokens.cacheRead,
    }).toEqual({
      requests: 6,
      input: 419_001,
      output: 11_200,
      cached: 8000,
    })
    expect({ reported, recomputed, complete }).toEqual({
      reported: '2.067006',
      recomputed: '2.012006',
      complete: false,
    })
    expect(byModel.map(({ model, recomputed: amount }) => [model, amount])).toEqual([
      ['anthropic/claude-sonnet-4.5', '1.987506'],
      ['openai/gpt-5.1', '0.0245'],
      ['acme/unheard-of-20260101', null],
    ])
  })

  test('the difference is taken apart, without a rest that is not named', async () => {
    const { difference, unpriced, skipped, replaced, byDay } = await usage('')
    expect(difference).toEqual({
      total: '0.055',
      extra: '0.004',
      unpriced: '0.02',
      notReported: '0',
      rest: '0.031',
    })
    expect(unpriced).toMatchObject([{ model: 'acme/unheard-of-20260101', requests: 1 }])
    expect(skipped).toMatchObject([
      { reason: 'a negative token count', count: 1, first: `${LOG}:9` },
    ])
    expect(replaced).toBe(1)
    expect(byDay.map(({ day, recomputed }) => [day, recomputed])).toEqual([
      ['2026-11-12', '0.684'],
      ['2026-11-13', '1.319006'],
      ['2026-11-14', '0.009'],
    ])
  })

  // gpt-5-nano at 0.05/0.40/0.005: (411,001 × .05 + 8,000 × .005 + 11,200 × .4) / 1M = 0.02507005; a purchase costs at least 0.80.
  test('--on and --on-route: the same requests elsewhere', async () => {
    const { onOther } = await usage('--on gpt-5-nano --on-route credits --on-route byok')
    expect(onOther).toMatchObject([
      {
        model: 'openai/gpt-5-nano',
        route: 'credits',
        fee: '0.8',
        total: '0.82507005',
        overflow: 0,
      },
      { model: 'openai/gpt-5-nano', route: 'byok', fee: '0', total: '0.02507005' },
    ])
  })

  test('a model that is too short for some requests says so', async () => {
    const { onOther } = await usage('--on deepseek/deepseek-chat')
    expect(onOther[0]).toMatchObject({ overflow: 2, route: null })
  })

  test('--regret proposes nothing worse and nothing dearer', async () => {
    const { regret } = await usage('--regret')
    expect(regret?.classes.length).toBe(3)
    for (const { score, betterScore, now, cost } of regret?.classes ?? []) {
      expect(betterScore).toBeGreaterThanOrEqual(score)
      expect(Number(cost)).toBeLessThanOrEqual(Number(now))
    }
    const scores = regret?.front.map(({ score }) => score) ?? []
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })

  test('--regret tells classes by the prompts where the log has them, and ends with lanes that orx takes', async () => {
    const prompts = [
      'Write a Python function that parses a CSV file and returns a list of dictionaries, with unit tests.',
      'Prove that the square root of 2 is irrational.',
      'Translate this sentence to French: good morning, how are you?',
    ]
    const lines = prompts.map((content) =>
      JSON.stringify({
        model: 'openai/gpt-5.1',
        prompt_tokens: 1000,
        completion_tokens: 500,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content },
        ],
      }),
    )
    const stream = Readable.from([Buffer.from(lines.join('\n'))])
    const { out } = await orx('usage - --catalog snapshot --regret --json', {
      stdin: { isTTY: false, stream },
    })
    const { regret } = contract.parse(JSON.parse(out))
    expect(regret?.classes.map((each) => each.class).sort()).toEqual(['code', 'math', 'translate'])
    const { parse } = await import('smol-toml')
    const { lanes } = parse(regret?.config ?? '') as { lanes: Record<string, string[]> }
    expect(Object.keys(lanes)).toEqual(['code', 'complex', 'default'])
    expect(Object.values(lanes).every((models) => models.includes('openai/gpt-5.1'))).toBe(true)
    const home = mkdtempSync(join(tmpdir(), 'orx-lanes-'))
    writeFileSync(join(home, 'config.toml'), regret?.config ?? '')
    const picked = await orx('pick "Prove that the square root of 2 is irrational." --json', {
      env: { ORX_HOME: home },
    })
    expect(JSON.parse(picked.out)).toMatchObject({ lane: 'complex', model: lanes['complex']?.[0] })
  })

  test('standard input is read too', async () => {
    const stream = Readable.from([Buffer.from('model,input_tokens\nopenai/gpt-5.1,1000000\n')])
    const { out } = await orx('usage - --catalog snapshot --json', {
      stdin: { isTTY: false, stream },
    })
    expect(JSON.parse(out)).toMatchObject({ requests: 1, reported: null, recomputed: '1.25' })
  })

  test.each([
    ['usage none.csv', 3, 'there is no file none.csv'],
    ['usage test', 2, 'test is a directory'],
    [`usage ${LOG} --on nothing-like-it`, 3, 'no model "nothing-like-it"'],
    [`usage ${LOG} --on-route moon`, 2, 'no route "moon"'],
    [`usage ${LOG} --map modell=x`, 2, 'Did you mean model?'],
  ])('%s exits %i: %s', async (line, code, message) => {
    const { status, out, err } = await orx(line)
    expect({ status, out }).toEqual({ status: code, out: '' })
    expect(err).toContain(message)
  })

  test('--strict: a bad row is 2', async () => {
    const { status, out } = await orx(`usage ${LOG} --catalog snapshot --strict --json`)
    expect(status).toBe(2)
    expect(JSON.parse(out).requests).toBe(6)
  })
})
