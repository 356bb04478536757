import type { OwnProvider } from './config.ts'

/** How a provider is reached without OpenRouter in between. Compiled from the providers' documentation, 2026-11. */
export type Provider = {
  /** OpenRouter's slug. */
  readonly slug: string
  readonly name: string
  readonly baseUrl: string
  /** Environment variables that may hold the key, the usual one first. */
  readonly env: readonly string[]
  readonly shape: 'openai' | 'anthropic'
  /** The field that caps the reply. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens'
  /** Whether `stream_options.include_usage` may be sent; Mistral answers 422 to it and sends usage anyway. */
  readonly includeUsage: boolean
  /** Mistral answers 422 to `seed` (docs.mistral.ai/api, 2026-11). */
  readonly seedField: 'seed' | 'random_seed'
  /** How it is told a schema. DeepSeek knows only `json_object` (api-docs.deepseek.com/guides/json_mode, 2026-11). */
  readonly schemaFormat: 'json_schema' | 'json_object'
}

const openAiShaped = (
  slug: string,
  name: string,
  baseUrl: string,
  env: readonly string[],
  quirks: Partial<Provider> = {},
): Provider => ({
  slug,
  name,
  baseUrl,
  env,
  shape: 'openai',
  maxTokensField: 'max_tokens',
  includeUsage: true,
  seedField: 'seed',
  schemaFormat: 'json_schema',
  ...quirks,
})

export const PROVIDERS: readonly Provider[] = [
  openAiShaped('openai', 'OpenAI', 'https://api.openai.com/v1', ['OPENAI_API_KEY'], {
    maxTokensField: 'max_completion_tokens',
  }),
  openAiShaped('anthropic', 'Anthropic', 'https://api.anthropic.com/v1', ['ANTHROPIC_API_KEY'], {
    shape: 'anthropic',
  }),
  openAiShaped(
    'google-ai-studio',
    'Google',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    ['GEMINI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  ),
  openAiShaped('mistral', 'Mistral', 'https://api.mistral.ai/v1', ['MISTRAL_API_KEY'], {
    includeUsage: false,
    seedField: 'random_seed',
  }),
  openAiShaped('deepseek', 'DeepSeek', 'https://api.deepseek.com', ['DEEPSEEK_API_KEY'], {
    schemaFormat: 'json_object',
  }),
  openAiShaped('xai', 'xAI', 'https://api.x.ai/v1', ['XAI_API_KEY']),
  openAiShaped('groq', 'Groq', 'https://api.groq.com/openai/v1', ['GROQ_API_KEY']),
  openAiShaped('together', 'Together', 'https://api.together.xyz/v1', [
    'TOGETHER_API_KEY',
    'TOGETHER_AI_API_KEY',
  ]),
  openAiShaped('fireworks', 'Fireworks', 'https://api.fireworks.ai/inference/v1', [
    'FIREWORKS_API_KEY',
  ]),
  openAiShaped('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1', ['CEREBRAS_API_KEY']),
]

/** "OpenAI" for "openai"; the slug itself where it is not one of PROVIDERS. */
export const providerName = (slug: string): string =>
  PROVIDERS.find((each) => each.slug === slug)?.name ?? slug

/** The built-in providers with the user's own laid over them: another base URL for a known one, or a server of one's own. */
export function providersWith(own: Readonly<Record<string, OwnProvider>>): readonly Provider[] {
  const changed = PROVIDERS.map((each) => overlaid(each, own[each.slug]))
  const known = new Set(PROVIDERS.map(({ slug }) => slug))
  const further = Object.entries(own).filter(([slug]) => !known.has(slug))
  return [
    ...changed,
    ...further.map(([slug, { baseUrl, env, name }]) =>
      openAiShaped(slug, name ?? slug, baseUrl, env === undefined ? [] : [env]),
    ),
  ]
}

const overlaid = (provider: Provider, own: OwnProvider | undefined): Provider =>
  own
    ? {
        ...provider,
        baseUrl: own.baseUrl,
        name: own.name ?? provider.name,
        env: own.env === undefined ? provider.env : [own.env],
      }
    : provider
