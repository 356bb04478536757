import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/simulate.ts'

const small = '--requests 2k --runs 3'
const parsed = async (line: string) => {
  const { status, out, err } = await orx(`simulate ${line} --json`)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return contract.parse(JSON.parse(out))
}

describe('orx simulate', () => {
  test.each([
    [`simulate deepseek-chat ${small}`, 'simulate.txt'],
    [`simulate deepseek-chat ${small} --format csv`, 'simulate.csv'],
    [`simulate deepseek-chat ${small} --format md`, 'simulate.md'],
    [`simulate deepseek-chat ${small} --json`, 'simulate.json'],
    [
      `simulate deepseek-chat ${small} --compare classic,nitro,order:novita/deepinfra`,
      'simulate-compare.txt',
    ],
    [
      `simulate deepseek-chat ${small} --compare classic,floor --format csv`,
      'simulate-compare.csv',
    ],
    [`simulate deepseek-chat ${small} --drill`, 'simulate-drill.txt'],
    [`simulate deepseek-chat ${small} --drill --format csv`, 'simulate-drill.csv'],
    [
      `simulate deepseek-chat ${small} --outage openrouter@2d+12h --outage novita@4d+2d --cut 1%`,
      'simulate-outages.txt',
    ],
    ['simulate gpt-4o-2024-08-06 --only openai', 'simulate-one.txt'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await orx(line)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(
      Math.max(...out.split('\n').map((each) => (file.endsWith('.txt') ? each.length : 0))),
    ).toBeLessThanOrEqual(80)
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test('the help fits 80 columns', async () => {
    const { status, out } = await orx('simulate --help')
    expect(status).toBe(0)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).toContain('(default: 30d)')
  })

  test('deepseek-chat as it was worked out independently, with outages that are final', async () => {
    const { costPerMillion, answered, endpoints } = await parsed(
      `deepseek-chat ${small} --down-error 100% --error 0 --rate-limited 0`,
    )
    expect(Number(costPerMillion.exact)).toBeCloseTo(516.78, 1)
    expect(answered.exact).toBeCloseTo(0.99864, 5)
    expect(
      endpoints.map(({ tag, share, requestPrice }) => [tag, share.exact, requestPrice]),
    ).toEqual([
      ['deepinfra/fp4', expect.closeTo(0.375, 3), '0.000498'],
      ['novita/fp8', expect.closeTo(0.206, 3), '0.00066'],
      ['streamlake', expect.closeTo(0.419, 3), '0.00046314'],
    ])
    // 11,222, 11,546 and 22,835 requests were seen.
    expect(endpoints.map(({ seen }) => seen)).toEqual(
      [0.253185, 0.500735, 0.24608].map((share) => expect.closeTo(share, 5)),
    )
  })

  test('what is charged is counts times exact prices', async () => {
    const { charged, endpoints } = await parsed(`deepseek-chat ${small}`)
    const millionths = endpoints.reduce(
      (sum, { answeredRequests, requestPrice }) =>
        sum + BigInt(answeredRequests) * BigInt(Math.round(Number(requestPrice) * 1e8)),
      0n,
    )
    expect(BigInt(Math.round(Number(charged) * 1e8))).toBe(millionths)
  })

  test('a routing suffix is a policy; an order is followed', async () => {
    const floor = await parsed(`deepseek-chat:floor ${small} --error 0 --rate-limited 0`)
    expect(floor.policy.name).toBe('floor')
    // Up 89.777 % of the time; and first again when all three are down, 10.223 % × 9.175 % × 14.477 %.
    expect(floor.endpoints.find(({ tag }) => tag === 'streamlake')?.first.exact).toBeCloseTo(
      0.89777 + 0.10223 * 0.09175 * 0.14477,
      4,
    )
    const pinned = await parsed(
      `deepseek-chat ${small} --order novita --no-fallbacks --down-error 1`,
    )
    expect(pinned.endpoints.map(({ tag }) => tag)).toEqual(['novita/fp8'])
    expect(pinned.dropped.map(({ reason }) => reason)).toEqual(['order', 'order'])
    // 0.85517 of the time up with 1 % failing, and the half minute until OpenRouter notices does not matter to one endpoint.
    expect(pinned.answered.exact).toBeCloseTo(0.85517 * 0.99, 4)
  })

  test('while the gateway is out nobody is served, for exactly that long', async () => {
    const { answered, direct } = await parsed(
      `deepseek-chat ${small} --outage openrouter@10d+3d --down-error 0 --error 0 --rate-limited 0`,
    )
    expect(answered).toEqual({
      simulated: 0.9,
      half: expect.any(Number),
      exact: expect.closeTo(0.9, 9),
    })
    expect(direct).toEqual([])
    expect((await parsed(`gpt-5.1 ${small}`)).direct).toEqual(['openai'])
  })

  test('several models: the second answers what the first cannot', async () => {
    const { models, answered, endpoints } = await parsed(
      `deepseek-chat llama-3.1-8b-instruct ${small} --down streamlake --outage deepinfra,novita@0d+15d`,
    )
    expect(models.map(({ id }) => id)).toEqual([
      'deepseek/deepseek-chat',
      'meta-llama/llama-3.1-8b-instruct',
    ])
    expect(answered.exact).toBeGreaterThan(0.999)
    const second = endpoints.filter(({ model }) => model === 'meta-llama/llama-3.1-8b-instruct')
    expect(second.reduce((sum, { share }) => sum + (share.exact ?? 0), 0)).toBeCloseTo(0.5, 1)
  })

  test('a mix of sizes is priced size by size', async () => {
    const { workload, costPerMillion } = await parsed(
      `deepseek-chat ${small} --sizes 1000/200:50%,2000/400:50% --only streamlake --error 0 --rate-limited 0`,
    )
    expect(workload.sizes.map(({ share }) => share)).toEqual([0.5, 0.5])
    // (463.14 + 926.28) / 2
    expect(Number(costPerMillion.exact)).toBeCloseTo(694.71, 6)
  })

  test('sizes can come from a usage log', async () => {
    const log = join(newHome(), 'log.jsonl')
    const line = (input: number, output: number) =>
      JSON.stringify({ model: 'x', prompt_tokens: input, completion_tokens: output })
    // Two requests of one class, with means of 900 and 90, and one of another.
    writeFileSync(log, `${[line(800, 80), line(1000, 100), line(3000, 500)].join('\n')}\n`)
    const { workload } = await parsed(`deepseek-chat ${small} --sizes-from ${log}`)
    expect(workload.sizes).toEqual([
      { input: 900, output: 90, share: 0.666666667 },
      { input: 3000, output: 500, share: 0.333333333 },
    ])
  })

  test.each([
    ['deepsekchat', 3, 'no model "deepsekchat"'],
    ['deepseek-chat --down foo', 3, 'no endpoint "foo" serves deepseek/deepseek-chat'],
    ['deepseek-chat --outage azure@1d+1h', 3, 'no endpoint "azure" serves'],
    ['deepseek-chat --policy order:novitta', 3, 'Did you mean'],
    [
      'deepseek-chat --zdr --max-price 0.01',
      3,
      'the filters leave no endpoint of deepseek/deepseek-chat: streamlake: no zero data retention',
    ],
    ['deepseek-chat --in 1M', 3, 'context too small (1000200 > 128000)'],
    ['deepseek-chat --policy fastest', 2, 'there is no policy "fastest"'],
    ['deepseek-chat --policy order', 2, 'needs an order'],
    ['deepseek-chat --requests 0', 2, '--requests: 0 is out of range'],
    ['deepseek-chat --requests 1B --runs 10', 2, 'are too many'],
    ['deepseek-chat --error 60% --rate-limited 60%', 2, 'exceed 100 %'],
    ['deepseek-chat --over 100000d', 2, '--over: 100000d is out of range'],
    ['deepseek-chat --exponent 1e9', 2, '--exponent'],
    ['deepseek-chat --outage deepinfra', 2, 'Give who@start+length'],
    ['deepseek-chat --outage deepinfra@40d+1h', 2, 'begins after the simulated time'],
    ['deepseek-chat --gateway 40-25', 2, '--gateway'],
    ['deepseek-chat --sizes 100', 2, '--sizes'],
  ])('%s: exit %i', async (line, expected, text) => {
    const { status, out, err } = await orx(`simulate ${line}`)
    expect({ status, out }).toEqual({ status: expected, out: '' })
    expect(err).toContain(text)
  })

  test('interrupted: what is known, marked partial, 130', async () => {
    const { status, out, err } = await orx(
      `simulate deepseek-chat --requests 600k --runs 3 --jobs 1 --json`,
      {
        signal: AbortSignal.abort(),
      },
    )
    expect(status).toBe(130)
    expect(err).toContain('INTERRUPTED')
    expect(contract.parse(JSON.parse(out))).toMatchObject({
      partial: true,
      runsDone: 1,
      requests: 524_288,
    })
  })

  test('--jobs changes nothing but the time', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map((jobs) =>
        orx(`simulate deepseek-chat --requests 3k --runs 4 --json --jobs ${jobs}`),
      ),
    )
    expect(two?.out).toBe(one?.out)
  })
})
