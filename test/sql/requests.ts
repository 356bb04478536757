/** Numbers from 0 to 1 that are the same in every run: a linear congruence (Numerical Recipes). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** What a user calls a model of the list below. */
export const ALIAS = '[alias]\nworkhorse = "google/gemini-2.5-flash"\n'

/** Ids, dated slugs, names as clouds write them, variants, an alias and names nobody knows; tiers by size, hours of the day, many decimals. */
const MODELS = [
  'openai/gpt-5.1',
  'openai/gpt-5.1-20251113',
  'gpt-5.1',
  'anthropic/claude-sonnet-4.5',
  'anthropic/claude-4.5-sonnet-20250929',
  'claude-opus-4-5',
  'Google/Gemini-2.5-Pro',
  'deepseek/deepseek-chat',
  'deepseek/deepseek-v4.1-flash',
  'z-ai/glm-5.3',
  'qwen/qwen3-max',
  'x-ai/grok-4',
  'openrouter/auto',
  'acme/unheard-of',
  'openrouter/openai/gpt-5.1:nitro',
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'vertex_ai/claude-opus-4-5@20251101',
  'litellm/deepseek/deepseek-chat:free',
  'openai/gpt-5.1:unheard-of',
  'workhorse',
]

export type Request = {
  readonly id?: string
  readonly model: string
  readonly time: string
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

export function requests(count: number): readonly Request[] {
  const random = numbers(20261122)
  const sizes = [32_000, 128_000, 200_000, 272_000]
  return Array.from({ length: count }, (_, at) => {
    const border = sizes[Math.floor(random() * sizes.length)] ?? 0
    // A third lies exactly at a border of a tier or one token to either side of it.
    const input =
      at % 3 === 0 ? border - 1 + Math.floor(random() * 3) : Math.floor(random() ** 3 * 900_000)
    const minute = Math.floor(random() * 360 * 24 * 60)
    const time = new Date(Date.UTC(2025, 10, 20) + minute * 60_000)
    const cacheRead = at % 4 === 0 ? Math.floor(input * random()) : 0
    return {
      model: MODELS[Math.floor(random() * MODELS.length)] ?? '',
      time: time.toISOString().slice(0, 19).replace('T', ' '),
      input,
      // Some rows of whole batches, so that a month passes the allowance for own keys.
      output: at % 500 === 0 ? 900_000_000 : Math.floor(random() * 4000),
      cacheRead,
      cacheWrite: at % 5 === 0 ? Math.floor((input - cacheRead) * random()) : 0,
    }
  })
}

/**
 * The same with ids, as logs repeat them: some partial first, some whole twice, some under another name before, some within
 * one second, a few a month later; every seventh without an id. The records of an id come in the order of their times.
 */
export function replayed(all: readonly Request[]): readonly Request[] {
  return all.flatMap((request, at) => {
    if (at % 7 === 0) return [request]
    const last = { ...request, id: `gen-${at}` }
    const partial = { ...last, output: Math.floor(last.output / 3) }
    const earlier = (seconds: number) =>
      new Date(Date.parse(`${last.time}Z`) - seconds * 1000)
        .toISOString()
        .slice(0, 19)
        .replace('T', ' ')
    if (at % 5 === 0) return [{ ...partial, time: earlier(30) }, last]
    if (at % 5 === 1) return [last, last]
    if (at % 5 === 2)
      return [{ ...partial, time: earlier(1), model: 'openai/o3-pro' }, partial, last]
    if (at % 50 === 3) return [{ ...last, time: earlier(2_600_000), output: 4_000_000 }, last]
    return [last]
  })
}

/** Every name with a prefix, a date, a variant and the like before or behind it, one request each. */
export function respelled(names: readonly string[]): readonly Request[] {
  const spelled = names.flatMap((name, at) => {
    const all = [
      name,
      `openrouter/${name}`,
      `azure/eu/${name}`,
      `litellm/${name}`,
      `us.anthropic.${name}`,
      `${name}-20250929`,
      `${name}@20250929`,
      `${name}-2025-09-29-v1:0`,
      `${name}-latest`,
      name.replaceAll('-', '_'),
      `${name}:nitro`,
      `${name}:free`,
      `azure/${name}:batch`,
      `${name}:unheard-of`,
      `un${name}`,
    ]
    return [0, 4, 7, 11].map((step) => all[(at + step) % all.length] ?? name)
  })
  const sizes = { input: 1000, output: 300, cacheRead: 100, cacheWrite: 0 }
  return [...new Set(spelled)].map((model) => ({ model, time: '2026-10-05 10:00:00', ...sizes }))
}

export const csvOf = (all: readonly Request[]): string =>
  `call,model,ts,inp,outp,cr,cw\n${all
    .map(({ id = '', model, time, input, output, cacheRead, cacheWrite }) =>
      [id, model, time, input, output, cacheRead, cacheWrite].join(','),
    )
    .join('\n')}\n`
