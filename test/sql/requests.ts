/** Numbers from 0 to 1 that are the same in every run: a linear congruence (Numerical Recipes). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

/** Ids, dated slugs, providers' own ids and names nobody knows; tiers by size, hours of the day, many decimals. */
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
]

export type Request = {
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

export const csvOf = (all: readonly Request[]): string =>
  `model,ts,inp,outp,cr,cw\n${all
    .map(({ model, time, input, output, cacheRead, cacheWrite }) =>
      [model, time, input, output, cacheRead, cacheWrite].join(','),
    )
    .join('\n')}\n`
