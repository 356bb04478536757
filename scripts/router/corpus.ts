import { TASKS } from '../../src/core/classify/task.ts'
import { expand, type Template, templates } from './grammar.ts'
import { reworded, typos } from './perturb.ts'
import { between, type Random, seeded } from './random.ts'
import type { Example } from './train.ts'

/** Prompts of each task and language; a language's own share, since its templates are fewer or more telling. */
const FILES = [
  { name: 'en', each: 950 },
  { name: 'th', each: 330 },
  { name: 'multi', each: 240 },
] as const

/** The project's own training prompts, always the same for one seed. `keep` chooses templates by number. */
export function ownPrompts(
  keep: (template: number) => boolean = () => true,
  seed = 11,
): readonly Example[] {
  const random = seeded(seed)
  const found = new Map<string, Example>()
  for (const { name, each } of FILES) {
    const all = templates(name).filter((_, at) => keep(at))
    for (const task of TASKS) {
      const own = all.filter((template) => template.task === task)
      if (own.length === 0) continue
      for (let n = 0; n < each; n++) {
        const template = own[n % own.length]
        if (template) add(found, template, `own-${name}`, random)
      }
    }
  }
  return [...found.values()]
}

function add(
  found: Map<string, Example>,
  { task, text }: Template,
  source: string,
  random: Random,
) {
  let prompt = expand(text, random)
  const luck = random()
  if (luck < 0.3) prompt = reworded(prompt, random)
  if (random() < 0.2) prompt = typos(prompt, random, 0.25)
  if (random() < 0.25) prompt = prompt.toLowerCase().slice(0, between(random, 2000, 6000))
  if (prompt) found.set(prompt, { prompt, task, source, weight: 1 })
}

/** Every prompt once more with typing errors or in other words, for prompts that come as they are. */
export function augmented(examples: readonly Example[], seed = 5): readonly Example[] {
  const random = seeded(seed)
  return examples.flatMap((example) => {
    const copy =
      random() < 0.5 ? reworded(example.prompt, random) : typos(example.prompt, random, 0.2)
    return random() < 0.4 ? [example, { ...example, prompt: copy }] : [example]
  })
}

/** Weights by source: a source of n prompts counts as `most` at most. */
export function balanced(examples: readonly Example[], most: number): readonly Example[] {
  const sizes = new Map<string, number>()
  for (const { source, task } of examples) {
    const key = `${source} ${task}`
    sizes.set(key, (sizes.get(key) ?? 0) + 1)
  }
  return examples.map((example) => {
    const size = sizes.get(`${example.source} ${example.task}`) ?? 1
    return { ...example, weight: example.weight * Math.min(1, most / size) }
  })
}
