import { OrxError } from '../errors.ts'
import type { Modality, Model } from './model.ts'

/** What a model may be asked to be able to do; one vocabulary for `--needs` in every command. */
export const NEEDS = ['vision', 'audio', 'video', 'files', 'tools', 'json', 'reasoning'] as const

export type Need = (typeof NEEDS)[number]

const INPUT_FOR: Partial<Record<Need, Modality>> = {
  vision: 'image',
  audio: 'audio',
  video: 'video',
  files: 'file',
}

const PARAMETERS_FOR: Partial<Record<Need, readonly string[]>> = {
  tools: ['tools'],
  json: ['structured_outputs', 'response_format'],
  reasoning: ['reasoning'],
}

/** Null where the catalogue does not know: an unknown ability is neither promised nor denied. */
export function meets(
  {
    inputs,
    parameters,
    partialParameters,
  }: Pick<Model, 'inputs' | 'parameters' | 'partialParameters'>,
  need: Need,
): boolean | null {
  const input = INPUT_FOR[need]
  if (input) return inputs?.includes(input) ?? null
  const wanted = PARAMETERS_FOR[need] ?? []
  const listed = parameters?.some((each) => wanted.includes(each)) ?? null
  return partialParameters && !listed ? null : listed
}

/** "vision,tools" as typed after `--needs`. @throws OrxError BAD_ARGUMENT */
export function parseNeeds(text: string): readonly Need[] {
  const typed = text.split(',').map((each) => each.trim().toLowerCase())
  return [...new Set(typed.filter(Boolean))].map((each) => {
    const need = NEEDS.find((known) => known === each)
    if (need) return need
    throw new OrxError(
      'BAD_ARGUMENT',
      `--needs: "${each}" is not known`,
      `Give some of ${NEEDS.join(',')}.`,
    )
  })
}
