import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, toDecimal, usd } from '../../src/core/money.ts'
import { priceOf } from '../../src/core/price.ts'
import {
  countedPromptBound,
  dearestPrice,
  fit,
  promptBound,
  worstCase,
} from '../../src/core/worst-case.ts'

const SMALL = { input: '1', output: '5' }

describe('the bound on a prompt', () => {
  test.each([
    ['hello', 5],
    ['สวัสดี', 18],
    ['👋🏽', 8],
    ['', 0],
  ])('%j is at most its %i UTF-8 bytes, and the template around it', (text, bytes) =>
    expect(promptBound([text])).toBe(128 + 8 + bytes),
  )
})

describe('the bound by counting', () => {
  const words = (text: string) => text.split(' ').filter(Boolean).length
  test.each([
    ['openai/gpt-5.1', 'one two three four', 4],
    ['openai/gpt-4o-mini', 'one two three four', 4],
    // Half as much again for other vocabularies; GPT-4's own is an older one.
    ['openai/gpt-4-turbo', 'one two three four', 6],
    ['deepseek/deepseek-chat', 'one two three four', 6],
    // 6 characters of 3 bytes each beside one word.
    ['deepseek/deepseek-chat', 'สวัสดี ok', 18 + 2],
    ['openai/gpt-5.1', 'สวัสดี ok', 2],
    // Never above its bytes.
    ['deepseek/deepseek-chat', 'a', 1],
  ])('%s: %j is at most %i tokens', (model, text, tokens) =>
    expect(countedPromptBound([text], [model], words)).toBe(128 + 8 + tokens),
  )
  test('the coarsest of several models counts', () =>
    expect(countedPromptBound(['a b c d'], ['openai/gpt-5.1', 'x/y'], words)).toBe(128 + 8 + 6))
})

describe('the dearest price', () => {
  test('is taken rate by rate over all that may be charged, overrides and cache writes too', () => {
    const price = dearestPrice([
      { input: '1', output: '5', cacheWrite: '1.25', request: '0.01' },
      { input: '0.5', output: '4', overrides: [{ utcStart: 100, utcEnd: 400, output: '8' }] },
    ])
    expect(
      price && [toDecimal(price.input), toDecimal(price.output), toDecimal(price.flat)],
    ).toEqual(['1.25', '8', '0.01'])
  })
  test('is unknown where one of them is', () => {
    expect(dearestPrice([SMALL, undefined])).toBeUndefined()
    expect(dearestPrice([SMALL, { input: '1' }])).toBeUndefined()
    expect(dearestPrice([])).toBeUndefined()
  })

  const rate = fc.nat(5_000).map((units) => String(units / 100))
  const override = fc.record(
    { input: rate, output: rate, cacheRead: rate, minPromptTokens: fc.nat(3_000) },
    { requiredKeys: [] },
  )
  const price = fc.record(
    {
      input: rate,
      output: rate,
      cacheRead: rate,
      cacheWrite: rate,
      request: rate,
      overrides: fc.array(override, { maxLength: 3 }),
    },
    { requiredKeys: ['input', 'output'] },
  )
  test('is never below what the request is charged', () => {
    fc.assert(
      fc.property(price, fc.nat(4_000), fc.nat(4_000), fc.nat(100), (one, prompt, reply, share) => {
        const clean = JSON.parse(JSON.stringify(one)) as typeof one
        const cacheRead = Math.floor((prompt * share) / 100)
        const charged = priceOf(
          clean,
          { input: prompt, output: reply, cacheRead, requests: 1 },
          prompt,
          { minute: 0, day: 0 },
        )
        const dearest = dearestPrice([clean])
        expect(charged.kind).toBe('priced')
        expect(
          dearest &&
            charged.kind === 'priced' &&
            compare(charged.total, worstCase(dearest, prompt, reply)) <= 0,
        ).toBe(true)
      }),
    )
  })
})

describe('tokens to ask for', () => {
  const price = dearestPrice([SMALL])
  const ask = (asked: number | undefined, modelCap: number | null, left: string | undefined) =>
    fit({ promptTokens: 1_000, price, asked, modelCap }, left === undefined ? undefined : usd(left))

  // 1,000 tokens at $1 per 1M cost $0.001; a token of reply costs $0.000005.
  test.each([
    ['without a budget: 4,096', undefined, null, undefined, 4_096, '0.02148'],
    ['or the cap of the model', undefined, 2_000, undefined, 2_000, '0.011'],
    ['a cap of zero is no cap', undefined, 0, undefined, 4_096, '0.02148'],
    ['what was asked for, above any default', 9_000, null, undefined, 9_000, '0.046'],
    ['all of it where the budget affords it', undefined, null, '0.02148', 4_096, '0.02148'],
    ['what the budget affords', undefined, null, '0.011', 2_000, '0.011'],
    ['rounded down to whole tokens', undefined, null, '0.0110049', 2_000, '0.011'],
    ['256 at least', undefined, null, '0.00228', 256, '0.00228'],
    ['less than 256 where the model gives no more', undefined, 100, '0.0015', 100, '0.0015'],
    ['fewer than 256 if asked for', 10, null, '0.00105', 10, '0.00105'],
  ])('%s', (_, asked, cap, left, maxTokens, worst) => {
    const result = ask(asked, cap, left)
    expect(result).toMatchObject({ kind: 'fits', maxTokens })
    expect(result.kind === 'fits' && result.worst && toDecimal(result.worst)).toBe(worst)
  })

  test.each([
    ['below 256', undefined, '0.0022799', '0.00228'],
    ['not even the prompt', undefined, '0.0009', '0.00228'],
    ['less than was asked for: never cut in silence', 1_000, '0.005', '0.006'],
    ['nothing left', undefined, '0', '0.00228'],
  ])('short: %s', (_, asked, left, needed) => {
    const result = ask(asked, null, left)
    expect(result.kind === 'short' && toDecimal(result.worst)).toBe(needed)
  })

  test('a free model passes with nothing left', () => {
    const free = dearestPrice([{ input: '0', output: '0' }])
    const result = fit({ promptTokens: 9, price: free, asked: undefined, modelCap: null }, usd('0'))
    expect(result).toMatchObject({ kind: 'fits', maxTokens: 4_096 })
  })

  test('without a price there is no bound: refused under a budget, sent without one', () => {
    const request = { promptTokens: 9, price: undefined, asked: undefined, modelCap: null }
    expect(fit(request, usd('100'))).toEqual({ kind: 'unpriced' })
    expect(fit(request, undefined)).toEqual({ kind: 'fits', maxTokens: 4_096, worst: undefined })
  })

  test('what fits never costs more than is left', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(10_000),
        fc.nat(10_000),
        fc.nat(100_000),
        (input, output, prompt, left) => {
          const dearest = dearestPrice([
            { input: String(input / 1000), output: String(output / 1000) },
          ])
          const budget = usd(String(left / 10_000))
          const result = fit(
            { promptTokens: prompt, price: dearest, asked: undefined, modelCap: null },
            budget,
          )
          const worst = result.kind === 'fits' ? result.worst : usd('0')
          expect(worst && compare(worst, budget) <= 0).toBe(true)
        },
      ),
    )
  })
})
