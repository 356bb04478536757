import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Gain } from './ridge.ts'
import type { Example } from './train.ts'

/** One question that a weak and a strong model answered. */
export type Duel = {
  readonly id: string
  readonly domain: string
  readonly prompt: string
  readonly weak: boolean
  readonly strong: boolean
}

const rows = (folder: string, file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Prompts of others, read from a folder outside the project; each once. */
export function captured(folder: string): readonly Example[] {
  const examples: Example[] = rows(folder, 'tasks_dev.jsonl').map((row) => ({
    prompt: row.prompt,
    task: row.task,
    source: row.src,
    weight: 1,
  }))
  return [...new Map(examples.map((example) => [example.prompt, example])).values()]
}

export const duels = (folder: string): readonly Duel[] =>
  rows(folder, 'routellm_matrix_dev.jsonl').map((row) => ({
    id: row.id,
    domain: row.domain,
    prompt: row.prompt,
    weak: row.mixtral_ok,
    strong: row.gpt4_ok,
  }))

/** The half of the questions by which nothing is trained while it judges: by the second digit of the id. */
export const isHeldOut = ({ id }: Duel): boolean => Number.parseInt(id.slice(1, 2), 16) % 2 === 0

/** How much of a question's target is the mean of its field: one answer alone says little. */
const SHRINK = 0.6

/** What the strong model gained on each question, drawn towards the mean of its field. */
export function gainsOf(list: readonly Duel[]): readonly Gain[] {
  const fields = new Map<string, { sum: number; n: number }>()
  const gain = ({ weak, strong }: Duel) => Number(strong) - Number(weak)
  for (const duel of list) {
    const field = fields.get(duel.domain) ?? { sum: 0, n: 0 }
    fields.set(duel.domain, { sum: field.sum + gain(duel), n: field.n + 1 })
  }
  return list.map((duel) => {
    const { sum, n } = fields.get(duel.domain) ?? { sum: 0, n: 1 }
    return { prompt: duel.prompt, gain: (1 - SHRINK) * gain(duel) + (SHRINK * sum) / n }
  })
}
