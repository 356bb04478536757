import type { Choice, PickRequest } from '../core/pick/request.ts'

/** The body of a chat completion for OpenRouter: the choice and its fallbacks, in order, and the prompt. */
export const requestBody = (
  { model, fallbacks, estimate: { maxTokens } }: Choice,
  { prompt }: PickRequest,
): string =>
  `${JSON.stringify(
    {
      models: [model, ...fallbacks].slice(0, 3),
      messages: [{ role: 'user', content: prompt }],
      ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    },
    null,
    2,
  )}\n`
