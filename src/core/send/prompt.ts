import type { Preferences } from '../policy/routing.ts'

/** A part of a message that is not text. */
export type Attachment = {
  readonly kind: 'image' | 'file' | 'audio'
  /** Bare file name, or the last part of a URL. */
  readonly name: string
  /** As found in the content, e.g. "image/png". */
  readonly type: string
  readonly base64: string
  /** Absolute path or URL that it was read from. */
  readonly from: string
}

/** Size of its content. */
export const bytesOf = ({ base64 }: Attachment): number =>
  (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)

export type Message = {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
  readonly attachments?: readonly Attachment[]
}

export type Effort = 'low' | 'medium' | 'high'

/** Everything about a prompt that does not depend on who gets it. */
export type Prompt = {
  readonly messages: readonly Message[]
  readonly stream: boolean
  /** Most tokens of the reply, reasoning included. */
  readonly maxTokens: number
  readonly temperature?: number
  readonly topP?: number
  readonly seed?: number
  readonly stop?: readonly string[]
  readonly reasoning?: Effort
  /** A JSON Schema that the reply must fit. */
  readonly schema?: { readonly name: string; readonly schema: object }
  /** In OpenAI's shape: `{type: 'function', function: {name, description, parameters}}`. */
  readonly tools?: readonly object[]
  /** Further fields, sent as they are (`--param`). */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** Where a prompt goes: through OpenRouter to up to three models, or to one provider itself. */
export type Target =
  | {
      readonly route: 'credits' | 'byok'
      readonly baseUrl: string
      /** One to three ids, tried by OpenRouter in this order. */
      readonly models: readonly [string, ...string[]]
      readonly preferences: Preferences
      readonly session?: string
    }
  | {
      readonly route: 'direct'
      readonly baseUrl: string
      /** Slug of the provider, for its habits and its name. */
      readonly provider: string
      readonly shape: 'openai' | 'anthropic'
      readonly maxTokensField: 'max_tokens' | 'max_completion_tokens'
      readonly includeUsage: boolean
      readonly seedField: 'seed' | 'random_seed'
      readonly schemaFormat: 'json_schema' | 'json_object'
      /** The provider's own id. */
      readonly id: string
      /** The OpenRouter model that it is; its own id where none is known. */
      readonly model: string
    }
