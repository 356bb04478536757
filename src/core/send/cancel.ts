/**
 * Whether a provider stops charging when the connection is closed in the middle of a reply
 * (openrouter.ai/docs/api-reference/streaming, 2026-08-22). Undefined where nothing is said.
 */
export function stopsBilling(provider: string | undefined): boolean | undefined {
  const name = provider?.toLowerCase().replaceAll(/[^a-z0-9]/g, '') ?? ''
  if (STOP.has(name)) return true
  return GO_ON.has(name) ? false : undefined
}

const STOP: ReadonlySet<string> = new Set(
  `openai azure anthropic fireworks mancer recursal anyscale lepton octoai novita deepinfra together cohere hyperbolic
  infermatic avian xai cloudflare sfcompute nineteen liquid friendli chutes deepseek`.split(/\s+/),
)

const GO_ON: ReadonlySet<string> = new Set(
  `bedrock amazonbedrock groq modal google googleaistudio googlevertex minimax huggingface replicate perplexity mistral ai21
  featherless sambanova alibaba nebius`.split(/\s+/),
)
