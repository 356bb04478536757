import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NewAttempt, NewRequest, Outcome } from '../../../src/core/ledger.ts'
import { usd } from '../../../src/core/money.ts'
import { openLedger } from '../../../src/sources/ledger/ledger.ts'
import { newHome } from '../../context.ts'

type Step = {
  readonly at: string
  readonly request: number | NewRequest
  readonly attempt?: Partial<NewAttempt>
  readonly worst?: string
  /** Absent: never settled. */
  readonly outcome?: Outcome
}

const bill = (cost: string, upstream = cost, isByok = false) => ({
  bill: { cost: usd(cost), upstream: usd(upstream), isByok },
})

const tokens = (prompt: number, completion: number, cached = 0, reasoning = 0) => ({
  tokens: { prompt, completion, cached, reasoning },
})

/** Five prompts of three days: by credits after a failed hop, by BYOK, direct, cut, free; and one whose process was killed. */
export const PAST: readonly Step[] = [
  {
    at: '2026-11-20T09:00:00Z',
    request: {
      asked: 'auto',
      lane: 'complex',
      session: 'work',
      why: 'math; the best of the lane that the budget affords',
      candidates: [
        {
          route: 'credits',
          model: 'openai/gpt-5.1',
          provider: null,
          odds: 0.98,
          estimate: '0.001185',
          chosen: true,
        },
        {
          route: 'direct',
          model: 'openai/gpt-5.1',
          provider: 'openai',
          odds: null,
          estimate: null,
          chosen: false,
          why: 'no key for openai',
        },
      ],
    },
    attempt: { models: ['openai/gpt-5.1'], provider: 'openai', estimate: usd('0.001185') },
    worst: '0.04121',
    outcome: { status: 'failed', httpStatus: 429, reason: '429, retry in 2 s' },
  },
  {
    at: '2026-11-20T09:00:02Z',
    request: 1,
    attempt: { models: ['openai/gpt-5.1'], estimate: usd('0.001185') },
    worst: '0.04121',
    outcome: {
      status: 'ok',
      httpStatus: 200,
      model: 'openai/gpt-5.1-20251113',
      provider: 'azure',
      generation: 'gen-1',
      finishReason: 'stop',
      ttftMs: 772,
      durationMs: 2861,
      ...tokens(12, 117, 0, 40),
      ...bill('0.00118500000000000000000001'),
    },
  },
  {
    at: '2026-11-21T10:00:00Z',
    request: { asked: 'deepseek-chat', candidates: [] },
    attempt: { route: 'byok', models: ['deepseek/deepseek-chat'], estimate: usd('0.0005') },
    worst: '0.004',
    outcome: {
      status: 'ok',
      httpStatus: 200,
      model: 'deepseek/deepseek-chat',
      provider: 'deepinfra',
      ttftMs: 400,
      durationMs: 1500,
      ...tokens(1_000, 200, 500),
      ...bill('0.000025', '0.0005', true),
    },
  },
  {
    at: '2026-11-22T08:00:00Z',
    request: { asked: 'gpt-5-nano', session: 'work', candidates: [] },
    attempt: { route: 'direct', models: ['openai/gpt-5-nano'], provider: 'openai' },
    worst: '0.002',
    outcome: { status: 'ok', ...tokens(2_000, 300), estimate: usd('0.00022') },
  },
  {
    at: '2026-11-22T09:00:00Z',
    request: { asked: 'openai/gpt-5.1', candidates: [] },
    attempt: { models: ['openai/gpt-5.1'] },
    worst: '0.0123',
    outcome: { status: 'cut', httpStatus: 200, reason: 'cut after 1.2 s' },
  },
  {
    at: '2026-11-22T10:00:00Z',
    request: { asked: 'acme/tiny:free', candidates: [] },
    attempt: { models: ['acme/tiny:free'], free: true, estimate: usd('0') },
    worst: '0',
    outcome: { status: 'ok', provider: 'acme', ...tokens(50, 60), ...bill('0') },
  },
  {
    at: '2026-11-22T11:59:00Z',
    request: { asked: 'openai/gpt-5.1', candidates: [] },
    attempt: { models: ['openai/gpt-5.1'], estimate: usd('0.002') },
    worst: '0.05',
  },
]

/** A home whose ledger holds `PAST`, as seen at 2026-11-22 12:00 UTC. */
export async function pastHome(config = ''): Promise<string> {
  const home = newHome()
  if (config !== '') writeFileSync(join(home, 'config.toml'), config)
  let now = new Date(0)
  const ledger = await openLedger({ env: { ORX_HOME: home }, now: () => now }, (why) => {
    throw new Error(why)
  })
  for (const { at, request, attempt, worst = '0', outcome } of PAST) {
    now = new Date(at)
    const held = ledger.reserve(
      {
        request,
        route: 'credits',
        models: [],
        free: false,
        expires: new Date('2026-11-22T12:30:00Z'),
        ...attempt,
      },
      [],
      () => ({ kind: 'fits', maxTokens: 4_096, worst: usd(worst) }),
    )
    if (held.kind === 'held' && outcome) ledger.settle(held.attempt, outcome)
  }
  return home
}
