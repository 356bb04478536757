import type { Classification } from '../classify/classify.ts'
import { worthOf } from '../classify/difficulty.ts'
import { estimateTokens } from '../classify/size.ts'
import type { PickRequest } from './request.ts'

/** A hundred pages are some 70,000 tokens. */
const LONG = 70_000

/**
 * What the request itself shows goes before what its words suggest: work on long material is research, however short the
 * prompt. Its other facts (attachments, tools, a schema) are hard limits on the model, not on the lane.
 */
export function withFacts(
  classification: Classification,
  { prompt, attached }: PickRequest,
): Classification {
  const tokens = estimateTokens(prompt) + (attached?.expected ?? 0)
  if (tokens < LONG || classification.lane === 'research') return classification
  return {
    ...classification,
    task: 'research',
    lane: 'research',
    confidence: 1,
    difficulty: Math.max(classification.difficulty, worthOf('research')),
  }
}
