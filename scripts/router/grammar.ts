import { readFileSync } from 'node:fs'
import type { Task } from '../../src/core/classify/task.ts'
import { exam, examThai } from './exams.ts'
import { PASTES } from './pastes.ts'
import { puzzle } from './puzzles.ts'
import { choose, type Random } from './random.ts'
import { causation, legalCase, medicalCase, scienceExam, wordProblem } from './stories.ts'

export type Template = { readonly task: Task; readonly text: string }

const read = (name: string): readonly string[] =>
  readFileSync(new URL(`prompts/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)

/** The lines of one file; `# task` heads a part. */
export function templates(name: string): readonly Template[] {
  let task: Task = 'chat'
  const found: Template[] = []
  for (const line of read(name)) {
    if (line.startsWith('# ')) task = line.slice(2) as Task
    else found.push({ task, text: line })
  }
  return found
}

const SLOTS: ReadonlyMap<string, readonly string[]> = new Map(
  read('slots').map((line) => {
    const colon = line.indexOf(':')
    return [
      line.slice(1, colon),
      line
        .slice(colon + 1)
        .split(' | ')
        .map((word) => word.trim()),
    ]
  }),
)

const GENERATORS: Readonly<Record<string, (random: Random) => string>> = {
  puzzle,
  mc: exam,
  thmc: examThai,
  word: wordProblem,
  legal: legalCase,
  medical: medicalCase,
  cause: causation,
  science: scienceExam,
}

/** Fills one template: `[a|b]` is one of them, `{name}` a word of that list, `{paste:kind}` made-up material. */
export function expand(template: string, random: Random): string {
  const slot = (name: string): string => {
    const list = SLOTS.get(name)
    if (list) return choose(random, list)
    const generator = GENERATORS[name]
    if (generator) return generator(random)
    if (name === 'options')
      return `A. ${slot('topic')} B. ${slot('topic')} C. ${slot('topic')} D. ${slot('topic')}`
    throw new Error(`no list is called ${name}`)
  }
  let text = template
  while (ALTERNATIVES.test(text)) {
    text = text.replace(ALTERNATIVES, (_, inner: string) => choose(random, inner.split('|')))
  }
  return text
    .replace(/\{(?:paste:)?(\w+)\}/g, (whole, name: string) => {
      const paste = whole.startsWith('{paste:') ? PASTES[name] : undefined
      return paste ? paste(random, slot) : slot(name)
    })
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** The innermost brackets that hold a choice; brackets of formulas hold none. */
const ALTERNATIVES = /\[([^[\]]*\|[^[\]]*)\]/
