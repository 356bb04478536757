import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { classify } from '../src/core/classify/classify.ts'
import type { Weights } from '../src/core/classify/model.ts'
import { augmented, balanced, ownPrompts } from './router/corpus.ts'
import {
  bySource,
  calibrationError,
  f1,
  judge,
  macroAccuracy,
  macroF1,
  share,
} from './router/measures.ts'
import { type Example, train } from './router/train.ts'

const folder = process.argv[2]
const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l))
const dev: Example[] = folder
  ? lines(join(folder, 'tasks_dev.jsonl')).map((r) => ({
      prompt: r.prompt,
      task: r.task,
      source: r.src,
      weight: 1,
    }))
  : []
const unique = [...new Map(dev.map((e) => [e.prompt, e])).values()]
const own = ownPrompts()
console.log('own', own.length, 'dev', unique.length)
const t0 = Date.now()
const sources = [...bySource(unique).keys()]
const prep = (list: readonly Example[]) => balanced(augmented(list), 150)
const mode = process.argv[3] ?? 'all'
const show = (name: string, j: ReturnType<typeof judge>) =>
  console.log(
    name.padEnd(16),
    share(j).toFixed(3),
    'f1',
    macroF1(j).toFixed(3),
    'ece',
    calibrationError(j).toFixed(3),
    'n',
    j.length,
  )
const w0: Weights = train(own, [])
console.log('own only', Date.now() - t0)
const j0 = judge(unique, w0)
for (const [s, j] of bySource(j0)) show(s, j)
console.log('own only macro', macroAccuracy(j0).toFixed(3))
const hand = (() => {
  try {
    return lines('/tmp/hand.jsonl')
  } catch {
    return []
  }
})()
if (mode !== 'quick') {
  const all: ReturnType<typeof judge>[number][] = []
  for (const s of sources) {
    const w = train([...own, ...prep(unique.filter((e) => e.source !== s))], [])
    const j = judge(
      unique.filter((e) => e.source === s),
      w,
    )
    show('-' + s, j)
    all.push(...j)
    const wrong = j.filter((x) => !x.right)
    for (let i = 0; i < 6 && process.argv[4]; i++) {
      const x = wrong[Math.floor((i * wrong.length) / 6)]
      if (x)
        console.log(
          '   ',
          x.task,
          '->',
          x.said,
          x.confidence.toFixed(2),
          x.prompt.slice(0, 150).replace(/\n/g, '⏎'),
        )
    }
  }
  console.log(
    'LOSO macro',
    macroAccuracy(all).toFixed(3),
    'f1',
    macroF1(all).toFixed(3),
    'code f1',
    f1(all, 'code').toFixed(3),
    'ece',
    calibrationError(all).toFixed(3),
  )
}
// own templates held out
const heldOut = ownPrompts((t) => t % 5 === 2)
const wT = train([...ownPrompts((t) => t % 5 !== 2), ...prep(unique)], [])
const jt = judge(heldOut, wT)
for (const [s, j] of bySource(jt)) show('tmpl ' + s, j)
const conf: Record<string, number> = {}
for (const x of jt)
  if (!x.right) conf[x.task + '->' + x.said] = (conf[x.task + '->' + x.said] ?? 0) + 1
console.log(
  Object.entries(conf)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14)
    .map((x) => x.join(' '))
    .join(', '),
)
if (process.argv[4]) {
  const wrong = jt.filter((x) => !x.right && x.confidence > 0.5)
  for (let i = 0; i < 30; i++) {
    const x = wrong[Math.floor((i * wrong.length) / 30)]
    if (x)
      console.log(
        '   ',
        x.task,
        '->',
        x.said,
        x.confidence.toFixed(2),
        x.prompt.slice(0, 150).replace(/\n/g, '⏎'),
      )
  }
}
console.log((Date.now() - t0) / 1000, 's', classify('hello', w0).task, hand.length)
