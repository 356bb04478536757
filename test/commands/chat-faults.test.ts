import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANSWER } from '../openrouter/completion.ts'
import { FAULTS, type FaultName } from '../openrouter/faults.ts'
import { type StandIn, startStandIn } from '../openrouter/server.ts'
import { chatWorld, KEYS } from './chat-world.ts'

// Every fault of the stand-in × streamed or whole × route: the right exit status, nothing lost or printed twice, the
// ledger right to the last digit, and no key in any output.

const TEXT = ANSWER.join('')
const HALF = ANSWER.slice(0, 2).join('')

/** What must come of a fault that strikes once, and then again at every try. */
type Fate =
  /** The reply comes all the same, from the first request. */
  | { readonly kind: 'fine' }
  /** Another try succeeds; should none, this is the exit status. */
  | { readonly kind: 'transient'; readonly status: number }
  /** Nothing is tried again. */
  | { readonly kind: 'final'; readonly status: number }
  /** Some text, exit 7, and no second request. */
  | { readonly kind: 'cut' }

const fine: Fate = { kind: 'fine' }
const cut: Fate = { kind: 'cut' }
const transient = (status = 5): Fate => ({ kind: 'transient', status })
const final = (status: number): Fate => ({ kind: 'final', status })

/** [streamed, whole]; one where both are the same. */
const FATES: Record<FaultName, Fate | readonly [Fate, Fate]> = {
  comments: fine,
  'slow first token': fine,
  bytewise: fine,
  crlf: fine,
  'several data lines': fine,
  'usage with a choice': fine,
  'no done': fine,
  'no usage': fine,
  'empty finish reason': fine,
  'finish length': fine,
  'control sequences': fine,
  'slow headers': fine,
  'error chunk': cut,
  'error without choices': cut,
  'error with a text code': cut,
  'error in the choice': cut,
  'bare error': cut,
  'cut after': [cut, transient()],
  'end after': [cut, fine],
  'cut before': transient(),
  'hang up': transient(),
  'error first': transient(),
  '200 error': transient(),
  'empty body': transient(),
  garbage: transient(),
  html: transient(),
  'gigantic frame': [transient(), fine],
  silence: transient(),
  '400': final(2),
  '401': final(4),
  '402': transient(6),
  '403': final(5),
  '404': final(3),
  '408': transient(),
  '413': final(2),
  '422': final(2),
  '429': transient(),
  '429 retry-after': transient(),
  '429 much later': final(5),
  '500': transient(),
  '502': transient(),
  '503': transient(),
  '504': transient(),
  '524': transient(),
  '529': transient(),
}

const ROUTES = [
  {
    route: 'credits',
    path: '/chat',
    held: 'OPENROUTER_API_KEY',
    model: 'deepseek-chat',
    billing: 'credits',
    // 12 x 0.32 + 7 x 0.89 dollars per million.
    cost: '0.00001007',
  },
  {
    route: 'byok',
    path: '/chat',
    held: 'OPENROUTER_API_KEY',
    model: 'deepseek-chat',
    billing: 'byok-past-allowance',
    // The provider's 0.00001007 and 5 % of it for OpenRouter.
    cost: '0.0000105735',
  },
  {
    route: 'direct',
    path: '/openai',
    held: 'OPENAI_API_KEY',
    model: 'gpt-5.1',
    billing: 'none',
    // 12 x 1.25 + 7 x 10 dollars per million.
    cost: '0.000085',
  },
] as const

/** A row of the ledger, as far as money goes. */
type Row = {
  readonly status: string
  readonly spend: string
  readonly settled_by: string
  readonly prompt_tokens: number | null
  readonly completion_tokens: number | null
}

const FAILED: Row = {
  status: 'failed',
  spend: '0',
  settled_by: 'nothing',
  prompt_tokens: null,
  completion_tokens: null,
}

/** The row of a reply whose sender counted its tokens. */
const counted = ({ route, cost }: Case, status: 'ok' | 'cut'): Row => ({
  status,
  spend: cost,
  settled_by: route === 'direct' ? 'estimate' : 'reported',
  prompt_tokens: 12,
  completion_tokens: 7,
})

/** The row of a reply that ended without a count: OpenRouter is asked for the bill, a provider has none to give. */
const uncounted = ({ route }: Case, status: 'ok' | 'cut'): Row =>
  route === 'direct'
    ? {
        status,
        // At most 1 + 8 + 128 tokens in and 4,096 out: 137 x 1.25 + 4096 x 10 dollars per million.
        spend: '0.04113125',
        settled_by: 'worst-case',
        prompt_tokens: null,
        completion_tokens: null,
      }
    : {
        status,
        spend: '0.00001007',
        settled_by: 'reported',
        prompt_tokens: 12,
        completion_tokens: 7,
      }

/** All attempts, and what the budget counts as spent: both to the last digit. */
const ledgerOf = (home: string) => {
  const file = join(home, 'data', 'ledger.sqlite')
  const database = new Database(file)
  const rows = database
    .prepare(
      'SELECT status, spend, settled_by, prompt_tokens, completion_tokens FROM attempt ORDER BY id',
    )
    .all() as Row[]
  const spent = database.prepare("SELECT amount FROM spent WHERE scope = 'all'").all() as {
    readonly amount: string
  }[]
  database.close()
  const bytes = readFileSync(file, 'latin1')
  for (const key of Object.values(KEYS)) expect(bytes).not.toContain(key)
  return { rows, spent: spent[0]?.amount ?? '0' }
}

let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
  standIn.account.generationMisses = 0
})
afterAll(() => standIn.close())

const CASES = ROUTES.flatMap((route) =>
  [true, false].flatMap((streamed) =>
    (Object.entries(FATES) as [FaultName, Fate | readonly [Fate, Fate]][]).map(
      ([fault, fates]) => ({
        ...route,
        fault,
        streamed,
        mode: streamed ? 'streamed' : 'whole',
        fate: 'kind' in fates ? fates : fates[streamed ? 0 : 1],
      }),
    ),
  ),
)

test('every fault of the stand-in has its fate', () =>
  expect(Object.keys(FATES).sort()).toEqual(Object.keys(FAULTS).sort()))

type Case = (typeof CASES)[number]

async function run(each: Case, faults: readonly FaultName[], flags: readonly string[] = []) {
  const { route, path, held, model, streamed, fault } = each
  const before = standIn.requests.length
  standIn.forget()
  if (each.billing !== 'none') standIn.chat.billing = each.billing
  standIn.fail(faults, path)
  const { chat, home } = chatWorld(standIn, [held])
  // The two that never end by themselves are given up soon; with the others the deadline has no part.
  const patience = fault === 'silence' ? ['--timeout', '250ms'] : []
  const line = [
    '-m',
    model,
    '--route',
    route,
    ...(streamed ? [] : ['--no-stream']),
    ...patience,
    ...flags,
    'x',
  ]
  const result = await chat(line)
  const requests = standIn.requests.slice(before).filter(({ method }) => method === 'POST').length
  for (const key of Object.values(KEYS)) {
    expect(result.out).not.toContain(key)
    expect(result.err).not.toContain(key)
  }
  return { ...result, requests, ...ledgerOf(home) }
}

const of = (...kinds: readonly Fate['kind'][]) =>
  CASES.filter(({ fate }) => kinds.includes(fate.kind))

const OTHER_TEXT: Partial<Record<FaultName, string>> = { 'control sequences': 'plain red   end' }

describe('a fault that is none', () => {
  test.each(of('fine'))('$route $mode $fault', async (each) => {
    const { status, out, requests, rows, spent } = await run(each, [each.fault])
    expect({ status, out, requests }).toEqual({
      status: 0,
      out: `${OTHER_TEXT[each.fault] ?? TEXT}\n`,
      requests: 1,
    })
    const row = each.streamed && each.fault === 'no usage' ? uncounted : counted
    expect({ rows, spent }).toEqual({ rows: [row(each, 'ok')], spent: row(each, 'ok').spend })
  })
})

describe('a cut reply is marked, kept, and not asked for again', () => {
  test.each(of('cut'))('$route $mode $fault', async (each) => {
    const { status, out, err, requests, rows, spent } = await run(each, [each.fault])
    expect({ status, out, requests }).toEqual({ status: 7, out: `${HALF}\n`, requests: 1 })
    expect(err).toContain('the reply was cut off')
    const row = (each.streamed ? uncounted : counted)(each, 'cut')
    expect({ rows, spent }).toEqual({ rows: [row], spent: row.spend })
  })
  test.each(of('cut').filter(({ streamed }) => streamed))(
    '$route $mode $fault: but it is with --retry-mid-stream, and nothing is printed twice',
    async (each) => {
      const { status, out, requests, rows } = await run(each, [each.fault], ['--retry-mid-stream'])
      expect({ status, out, requests }).toEqual({ status: 0, out: `${TEXT}\n`, requests: 2 })
      expect(rows).toEqual([uncounted(each, 'cut'), counted(each, 'ok')])
    },
  )
})

/** Those that ask for a second of patience, or take their time, are tried on one route only. */
const SLOW: readonly FaultName[] = ['429 retry-after', '503', 'gigantic frame']
const swift = ({ fault, route }: Case) => route === 'credits' || !SLOW.includes(fault)

describe('a fault that passes is tried again', () => {
  const cases = of('transient')
    .filter(({ fault }) => fault !== 'silence')
    .filter(swift)
  test.each(cases)('$route $mode $fault', async (each) => {
    const { status, out, requests, rows, spent } = await run(each, [each.fault])
    expect({ status, out, requests }).toEqual({ status: 0, out: `${TEXT}\n`, requests: 2 })
    expect({ rows, spent }).toEqual({ rows: [FAILED, counted(each, 'ok')], spent: each.cost })
  })
})

describe('a fault that stays ends with its status', () => {
  const cases = of('transient').filter(({ fault }) => !SLOW.includes(fault))
  test.each(cases)('$route $mode $fault', async (each) => {
    const { status, out, rows, spent } = await run(each, Array<FaultName>(3).fill(each.fault))
    const expected = each.fate.kind === 'transient' ? each.fate.status : 0
    expect({ status, out }).toEqual({ status: expected, out: '' })
    expect(rows.length).toBeGreaterThan(0)
    expect({ rows, spent }).toEqual({ rows: rows.map(() => FAILED), spent: '0' })
  })
})

describe('a fault that cannot pass is not tried again', () => {
  test.each(of('final'))('$route $mode $fault', async (each) => {
    const { status, out, requests, rows, spent } = await run(each, [each.fault])
    const expected = each.fate.kind === 'final' ? each.fate.status : 0
    expect({ status, out, requests }).toEqual({ status: expected, out: '', requests: 1 })
    expect({ rows, spent }).toEqual({ rows: [FAILED], spent: '0' })
  })
})
