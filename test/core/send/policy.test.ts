import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fault, FaultKind } from '../../../src/core/send/fault.ts'
import { affordableIn, kindOf } from '../../../src/core/send/fault.ts'
import { decide, type Progress, RULES, type StopFacts } from '../../../src/core/send/policy.ts'

const OPENROUTER: StopFacts = { account: 'openrouter', free: false }
const FREE: StopFacts = { account: 'openrouter', free: true }
const MISTRAL: StopFacts = { account: 'mistral', free: false }

const fault = (kind: FaultKind, more: Partial<Fault> = {}): Fault => ({
  kind,
  message: 'x',
  ...more,
})
const START: Progress = { stop: 0, tries: 1, elapsedMs: 0, started: false, maxTokens: 4096 }
const half = () => 0.5

describe('decisions', () => {
  test.each<[string, Fault, Partial<Progress>, readonly StopFacts[], object]>([
    // Full jitter: half of 500 ms x 2^1.
    ['a hiccup', fault('overloaded'), {}, [OPENROUTER], { kind: 'retry', waitMs: 500 }],
    [
      'the second',
      fault('overloaded'),
      { tries: 2 },
      [OPENROUTER],
      { kind: 'retry', waitMs: 1000 },
    ],
    ['the third', fault('overloaded'), { tries: 3 }, [OPENROUTER], { kind: 'fail' }],
    [
      'the third, with a way on',
      fault('overloaded'),
      { tries: 3 },
      [OPENROUTER, MISTRAL],
      { kind: 'next', stop: 1 },
    ],
    [
      'its own wish',
      fault('limited', { retryAfterMs: 1500 }),
      {},
      [OPENROUTER],
      { kind: 'retry', waitMs: 1500 },
    ],
    [
      'too long a wish',
      fault('limited', { retryAfterMs: 20_001 }),
      {},
      [OPENROUTER, MISTRAL],
      { kind: 'next', stop: 1 },
    ],
    [
      'a wish beyond the deadline',
      fault('limited', { retryAfterMs: 9000 }),
      { elapsedMs: 295_000 },
      [OPENROUTER],
      { kind: 'fail' },
    ],
    [
      'no time left',
      fault('timeout'),
      { elapsedMs: 300_000 },
      [OPENROUTER, MISTRAL],
      { kind: 'fail' },
    ],
    [
      'retryable by its own word',
      fault('missing', { retryable: true }),
      {},
      [OPENROUTER],
      { kind: 'retry', waitMs: 500 },
    ],
    [
      'final by its own word',
      fault('overloaded', { retryable: false }),
      {},
      [OPENROUTER],
      { kind: 'fail' },
    ],
    ['a refused key', fault('key'), {}, [OPENROUTER, MISTRAL], { kind: 'fail' }],
    ['a malformed request', fault('malformed'), {}, [OPENROUTER, MISTRAL], { kind: 'fail' }],
    ['no endpoint', fault('missing'), {}, [OPENROUTER, MISTRAL], { kind: 'next', stop: 1 }],
    [
      'no money',
      fault('payment'),
      {},
      [OPENROUTER, OPENROUTER, MISTRAL],
      { kind: 'next', stop: 2 },
    ],
    [
      'no money, but a free model',
      fault('payment'),
      {},
      [OPENROUTER, FREE, MISTRAL],
      { kind: 'next', stop: 1 },
    ],
    [
      'money for less',
      fault('payment', { affordableTokens: 1200 }),
      {},
      [OPENROUTER],
      { kind: 'retry', waitMs: 0, maxTokens: 1200 },
    ],
    [
      'money for too little',
      fault('payment', { affordableTokens: 255 }),
      {},
      [OPENROUTER],
      { kind: 'fail' },
    ],
    ['text has come', fault('broken'), { started: true }, [OPENROUTER, MISTRAL], { kind: 'fail' }],
  ])('%s', (_, why, progress, stops, expected) =>
    expect(decide(why, { ...START, ...progress }, stops, RULES, half)).toEqual(expected),
  )
  test('text has come, and another try is allowed', () =>
    expect(
      decide(
        fault('broken'),
        { ...START, started: true },
        [OPENROUTER],
        { ...RULES, midStream: true },
        half,
      ),
    ).toEqual({ kind: 'retry', waitMs: 500 }))
})

const KINDS = [
  'malformed',
  'key',
  'payment',
  'forbidden',
  'missing',
  'limited',
  'timeout',
  'overloaded',
  'unreachable',
  'broken',
  'garbled',
] as const

describe('laws', () => {
  const faults = fc.record({
    kind: fc.constantFrom(...KINDS),
    message: fc.constant('x'),
    retryAfterMs: fc.nat(60_000),
  })
  test('whatever keeps failing, it ends, within its deadline and its tries', () =>
    fc.assert(
      fc.property(fc.infiniteStream(faults), fc.integer({ min: 1, max: 4 }), (stream, count) => {
        const stops = Array<StopFacts>(count).fill(OPENROUTER)
        let progress = START
        let attempts = 1
        for (const each of stream) {
          const decision = decide(each, progress, stops, RULES, Math.random)
          if (decision.kind === 'fail') break
          attempts += 1
          progress =
            decision.kind === 'next'
              ? { ...progress, stop: decision.stop, tries: 1 }
              : {
                  ...progress,
                  tries: progress.tries + 1,
                  elapsedMs: progress.elapsedMs + decision.waitMs,
                }
        }
        expect(attempts).toBeLessThanOrEqual(count * (RULES.retries + 1))
        expect(progress.elapsedMs).toBeLessThan(RULES.deadlineMs)
      }),
    ))
})

test.each([
  [400, 'malformed'],
  [401, 'key'],
  [402, 'payment'],
  [403, 'forbidden'],
  [404, 'missing'],
  [408, 'timeout'],
  [413, 'malformed'],
  [422, 'malformed'],
  [429, 'limited'],
  [500, 'overloaded'],
  [503, 'overloaded'],
  [524, 'timeout'],
  [529, 'overloaded'],
])('%i is %s', (status, kind) => expect(kindOf(status)).toBe(kind))

test('the affordable tokens are read from the message', () => {
  expect(affordableIn('You requested up to 4096 tokens, but can only afford 1200. To')).toBe(1200)
  expect(affordableIn('no')).toBeUndefined()
})
