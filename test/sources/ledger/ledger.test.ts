import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, test } from 'vitest'
import { type Limit, limitOf } from '../../../src/core/budget.ts'
import type { NewAttempt } from '../../../src/core/ledger.ts'
import { toDecimal, type Usd, usd } from '../../../src/core/money.ts'
import { dearestPrice, fit } from '../../../src/core/worst-case.ts'
import { ledgerFile, openLedger } from '../../../src/sources/ledger/ledger.ts'
import { newHome } from '../../context.ts'

const DAILY = limitOf('0.10/day', { kind: 'all' })

/** A ledger in a world whose clock can be moved. */
async function world(home = newHome()) {
  const clock = { now: new Date('2026-11-22T12:00:00Z') }
  const ctx = { env: { ORX_HOME: home }, now: () => clock.now }
  const warnings: string[] = []
  const ledger = await openLedger(ctx, (why) => warnings.push(why))
  return { clock, ctx, ledger, warnings, file: ledgerFile(ctx) }
}

const attempt = (change: Partial<NewAttempt> = {}): NewAttempt => ({
  request: { asked: 'acme/small', candidates: [] },
  route: 'credits',
  models: ['acme/small'],
  free: false,
  expires: new Date('2026-11-22T12:10:00Z'),
  ...change,
})

/** A request whose worst case is exactly this much. */
const costing = (worst: string) => (left: Usd | undefined) => {
  const price = dearestPrice([{ input: '0', output: '0', request: worst }])
  return fit({ promptTokens: 1, price, asked: 256, modelCap: null }, left)
}

const bill = (cost: string) => ({ bill: { cost: usd(cost), upstream: undefined, isByok: false } })

describe('reserving', () => {
  test('worst cases are held until they are settled by the reported cost', async () => {
    const { ledger } = await world()
    const left = () => ledger.states([DAILY]).map((state) => toDecimal(state.left))[0]
    const first = ledger.reserve(attempt(), [DAILY], costing('0.06'))
    expect(first).toMatchObject({ kind: 'held', request: 1, attempt: 1, maxTokens: 256 })
    expect(left()).toBe('0.04')
    expect(ledger.reserve(attempt(), [DAILY], costing('0.06'))).toMatchObject({
      kind: 'over-budget',
      why: 'short',
      needed: usd('0.06'),
      resets: new Date('2026-11-23T00:00:00Z'),
    })
    ledger.settle(1, { status: 'ok', ...bill('0.000000020833333333333335') })
    expect(left()).toBe('0.099999979166666666666665')
    expect(ledger.reserve(attempt(), [DAILY], costing('0.06'))).toMatchObject({ kind: 'held' })
  })

  test('nothing is recorded of what is refused', async () => {
    const { ledger } = await world()
    ledger.reserve(attempt(), [DAILY], costing('5'))
    expect(
      ledger.read((db) => db.prepare('SELECT count(*) AS n FROM request').get()),
    ).toMatchObject({ n: 0 })
  })

  test('a reservation that nobody settles expires, and may still be settled late', async () => {
    const { ledger, clock } = await world()
    ledger.reserve(attempt(), [DAILY], costing('0.06'))
    clock.now = new Date('2026-11-22T12:10:00Z')
    expect(
      ledger.reserve(
        attempt({ expires: new Date('2026-11-22T13:00:00Z') }),
        [DAILY],
        costing('0.06'),
      ).kind,
    ).toBe('held')
    ledger.settle(1, { status: 'ok', ...bill('0.05') })
    expect(
      ledger.states([DAILY]).map(({ spent, held }) => [toDecimal(spent), toDecimal(held)]),
    ).toEqual([['0.05', '0.06']])
  })

  test('days and months are those of UTC, by the start of the prompt', async () => {
    const { ledger, clock } = await world()
    const limits = [DAILY, limitOf('1/month', { kind: 'all' }), limitOf('2/total', { kind: 'all' })]
    const lefts = () => ledger.states(limits).map(({ left }) => toDecimal(left))
    clock.now = new Date('2026-11-30T23:59:59Z')
    ledger.reserve(attempt({ expires: new Date('2026-12-02T00:00:00Z') }), limits, costing('0.06'))
    expect(lefts()).toEqual(['0.04', '0.94', '1.94'])
    clock.now = new Date('2026-12-01T00:00:01Z')
    ledger.settle(1, { status: 'ok', ...bill('0.03') })
    expect(lefts()).toEqual(['0.1', '1', '1.97'])
  })

  const model = limitOf('1/day', { kind: 'model', name: 'acme/small' })
  const session = limitOf('1/total', { kind: 'session', name: 'work' })
  test.each<[string, Limit, Partial<NewAttempt>, string]>([
    ['a model limit counts its variants', model, { models: ['acme/small:nitro'] }, 'over-budget'],
    [
      'a model limit counts it as a fallback',
      model,
      { models: ['acme/big', 'acme/small'] },
      'over-budget',
    ],
    ['a model limit leaves others alone', model, { models: ['acme/big'] }, 'held'],
    [
      'a session limit counts its session',
      session,
      { request: { asked: 'x', candidates: [], session: 'work' } },
      'over-budget',
    ],
    [
      'a session limit leaves others alone',
      session,
      { request: { asked: 'x', candidates: [], session: 'play' } },
      'held',
    ],
    ['a session limit leaves prompts without one alone', session, {}, 'held'],
  ])('%s', async (_, limit, change, kind) => {
    const { ledger } = await world()
    expect(ledger.reserve(attempt(change), [limit], costing('2')).kind).toBe(kind)
  })

  test('a further attempt belongs to its prompt and its session', async () => {
    const { ledger } = await world()
    ledger.reserve(
      attempt({ request: { asked: 'x', candidates: [], session: 'work' } }),
      [session],
      costing('0.4'),
    )
    expect(ledger.reserve(attempt({ request: 1 }), [session], costing('0.4'))).toMatchObject({
      request: 1,
      attempt: 2,
    })
    expect(ledger.states([session]).map(({ held }) => toDecimal(held))).toEqual(['0.8'])
  })

  test('without a budget nothing is refused, priced or not', async () => {
    const { ledger } = await world()
    const unpriced = (left: Usd | undefined) =>
      fit({ promptTokens: 1, price: undefined, asked: 9, modelCap: null }, left)
    expect(ledger.reserve(attempt(), [], unpriced).kind).toBe('held')
    expect(ledger.reserve(attempt(), [DAILY], unpriced)).toMatchObject({
      kind: 'over-budget',
      why: 'unpriced',
    })
  })
})

describe('settling', () => {
  test.each([
    [
      'the bill wins over the estimate',
      { status: 'ok', ...bill('0.01'), estimate: usd('0.02') },
      '0.01',
      'reported',
    ],
    [
      'an estimate where nothing is reported',
      { status: 'ok', estimate: usd('0.02') },
      '0.02',
      'estimate',
    ],
    [
      'a failure before any text is not charged',
      { status: 'failed', httpStatus: 429 },
      '0',
      'nothing',
    ],
    ['a cut reply may be charged in full', { status: 'cut' }, '0.06', 'worst-case'],
    ['an interrupted one too', { status: 'interrupted' }, '0.06', 'worst-case'],
  ] as const)('%s', async (_, outcome, spend, by) => {
    const { ledger } = await world()
    ledger.reserve(attempt(), [], costing('0.06'))
    const settled = ledger.settle(1, outcome)
    expect([settled.spend && toDecimal(settled.spend), settled.by]).toEqual([spend, by])
    expect(ledger.states([DAILY]).map(({ spent }) => toDecimal(spent))).toEqual([spend])
  })

  test('a late bill replaces what was there, model by model', async () => {
    const { ledger } = await world()
    const models = ['acme/small', 'acme/big']
    const limits = models.map((name) => limitOf('1/day', { kind: 'model', name }))
    ledger.reserve(attempt({ models }), limits, costing('0.06'))
    ledger.settle(1, { status: 'cut' })
    ledger.settle(1, { status: 'cut', model: 'acme/big', ...bill('0.01') })
    expect(ledger.states(limits).map(({ spent }) => toDecimal(spent))).toEqual(['0', '0.01'])
    expect(ledger.states([DAILY]).map(({ spent }) => toDecimal(spent))).toEqual(['0.01'])
  })
})

describe('free models', () => {
  test('are counted, and refused until the minute is over', async () => {
    const { ledger, clock } = await world()
    const free = () => ledger.reserve(attempt({ free: true }), [], costing('0')).kind
    expect(Array.from({ length: 20 }, free)).toEqual(Array(20).fill('held'))
    expect(ledger.reserve(attempt({ free: true }), [], costing('0'))).toEqual({
      kind: 'free-limit',
      per: 'minute',
      limit: 20,
      reported: true,
      resets: new Date('2026-11-22T12:01:00Z'),
    })
    clock.now = new Date('2026-11-22T12:01:00Z')
    expect(free()).toBe('held')
    expect(ledger.freeQuota().day).toEqual({ used: 21, limit: 50, reported: false })
    ledger.keepFreeReport({ limit: 1_000, used: 30, at: clock.now })
    expect(ledger.freeQuota().day).toEqual({ used: 30, limit: 1_000, reported: true })
  })

  test('pass where a budget has nothing left', async () => {
    const { ledger } = await world()
    ledger.reserve(attempt(), [], costing('5'))
    expect(ledger.reserve(attempt({ free: true }), [DAILY], costing('0')).kind).toBe('held')
  })
})

describe('the file', () => {
  test('belongs to its owner and outlives the process', async () => {
    const { ledger, file, ctx } = await world()
    ledger.reserve(attempt(), [], costing('0.06'))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const again = await openLedger(ctx, () => {})
    expect(again.states([DAILY]).map(({ held }) => toDecimal(held))).toEqual(['0.06'])
  })

  test('of a newer orx is left alone', async () => {
    const home = newHome()
    const { file, ledger } = await world(home)
    ledger.read((db) => db.exec('PRAGMA user_version = 99'))
    const later = await world(home)
    expect(later.warnings).toEqual([`${file} was written by a newer orx`])
    expect(later.ledger.reserve(attempt(), [DAILY], costing('0.06')).kind).toBe('held')
    expect(new Database(file).prepare('SELECT count(*) AS n FROM request').get()).toMatchObject({
      n: 0,
    })
  })

  test('that is no database is left alone, with a warning', async () => {
    const home = newHome()
    mkdirSync(join(home, 'data'))
    writeFileSync(ledgerFile({ env: { ORX_HOME: home } }), 'not a database at all '.repeat(400))
    const later = await world(home)
    expect(later.warnings).toEqual([expect.stringMatching(/not a database/)])
    expect(later.ledger.reserve(attempt(), [DAILY], costing('0.06')).kind).toBe('held')
  })
})
