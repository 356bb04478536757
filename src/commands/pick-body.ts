import type { Choice, PickRequest } from '../core/pick/request.ts'
import type { Preferences } from '../core/policy/routing.ts'
import { openAiBody } from '../sources/chat/openai.ts'
import type { Attached } from './pick-attached.ts'
import type { PickFlags } from './pick-request.ts'

/**
 * The body of a chat completion for OpenRouter: the choice and its fallbacks, in order, the prompt with all that goes
 * along, and every hard limit that OpenRouter can keep.
 */
export function requestBody(
  { model, fallbacks, estimate }: Choice,
  { prompt }: PickRequest,
  { attachments, schema, tools }: Attached,
  flags: PickFlags,
): string {
  const body = openAiBody(
    {
      messages: [{ role: 'user', text: prompt, attachments }],
      stream: false,
      maxTokens: 0,
      ...(schema && { schema }),
      ...(tools && { tools }),
    },
    { route: 'credits', baseUrl: '', models: [model], preferences: preferencesOf(flags) },
  )
  // A list of models in the place of one, nothing about streaming, and a limit only where there is one.
  const { model: _, models: __, stream: ___, ...rest } = body as Record<string, unknown>
  return `${JSON.stringify(
    {
      models: [model, ...fallbacks].slice(0, 3),
      ...rest,
      max_tokens: estimate.maxTokens,
    },
    null,
    2,
  )}\n`
}

const preferencesOf = ({ zdr, maxPrice, schema, tools }: PickFlags): Preferences => ({
  ...(zdr && { zdr: true, dataCollection: 'deny' }),
  ...(maxPrice && { maxPrice: { prompt: maxPrice.input, completion: maxPrice.output } }),
  // A schema or tools that an endpoint ignores would give a reply that cannot be used.
  ...((schema ?? tools) !== undefined && { requireParameters: true }),
})
