import type { ModelKind } from './model.ts'

/** "anthropic" of "~anthropic/claude-opus-latest" and of "anthropic/claude-opus-5:batch". */
export const authorOf = (id: string): string => {
  const author = id.startsWith('~') ? id.slice(1) : id
  const slash = author.indexOf('/')
  return slash < 0 ? '' : author.slice(0, slash)
}

/** What follows the author: "claude-opus-5:batch". */
export const slugOf = (id: string): string => id.slice(id.indexOf('/') + 1)

/** The id without its variant: "anthropic/claude-opus-5" of "anthropic/claude-opus-5:batch". */
export const baseOf = (id: string): string => {
  const colon = id.indexOf(':')
  return colon < 0 ? id : id.slice(0, colon)
}

/** "batch" of "anthropic/claude-opus-5:batch"; null for a base model. */
export const variantOf = (id: string): string | null => {
  const colon = id.indexOf(':')
  return colon < 0 ? null : id.slice(colon + 1)
}

/** Routers have ids of OpenRouter's own, or say so in their name ("switchpoint/router", "typesafe/jev-router"). */
export function kindOf(id: string): ModelKind {
  if (id.startsWith('~')) return 'alias'
  if (id.startsWith('openrouter/') || /[/-]router$/.test(id)) return 'router'
  return id.includes(':') ? 'variant' : 'base'
}
