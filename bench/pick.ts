/**
 * How well prompts are sorted, and how fast: `npx tsx bench/pick.ts [FOLDER]`. FOLDER holds captures of other people's
 * prompts (see scripts/train-router.ts); without it only our own hand-written sets are judged. Their
 * prompts are never trained on, but the templates that are were written by people who had seen the first of them.
 * Cross-source figures come from models that have not seen the source; in-source ones from the model that ships.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { captured, type Duel, duels, gainsOf, isHeldOut } from '../scripts/router/captures.ts'
import { ownPrompts } from '../scripts/router/corpus.ts'
import { evenCalibration, folds, judgeFolds, prepared } from '../scripts/router/cross.ts'
import {
  apgr,
  bySource,
  calibrationError,
  f1,
  type Judged,
  judge,
  type Labelled,
  macroAccuracy,
  macroF1,
  share,
} from '../scripts/router/measures.ts'
import { reworded, typos } from '../scripts/router/perturb.ts'
import { seeded } from '../scripts/router/random.ts'
import { train } from '../scripts/router/train.ts'
import { classify } from '../src/core/classify/classify.ts'
import type { Weights } from '../src/core/classify/model.ts'
import type { Task } from '../src/core/classify/task.ts'
import { loadRouter } from '../src/sources/router.ts'
import { turns } from './pick/turns.ts'

const [folder] = process.argv.slice(2)
const shipped = loadRouter({ packageDir: new URL('..', import.meta.url).pathname })
const THAI = /[\u0e00-\u0e7f]/

function handWritten(): readonly Labelled[] {
  let source = ''
  return readFileSync(new URL('pick/prompts.txt', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) source = `hand-${line.slice(2)}`
      const colon = line.indexOf(': ')
      if (line.startsWith('# ') || colon < 0) return []
      return [{ task: line.slice(0, colon) as Task, prompt: line.slice(colon + 2), source }]
    })
}

function report(title: string, judged: readonly Judged[]): void {
  console.log(`\n${title}`)
  for (const [source, list] of bySource(judged)) {
    console.log(`  ${source.padEnd(18)} ${share(list).toFixed(3)}  of ${list.length}`)
  }
  console.log(`  lane accuracy, macro over sources  ${macroAccuracy(judged).toFixed(3)}`)
  console.log(`  macro-F1 over the lanes            ${macroF1(judged).toFixed(3)}`)
  console.log(`  code F1                            ${f1(judged, 'code').toFixed(3)}`)
  const thai = judged.filter(({ prompt }) => THAI.test(prompt))
  console.log(`  Thai prompts                       ${share(thai).toFixed(3)}  of ${thai.length}`)
  console.log(
    `  calibration error, pooled / even   ${calibrationError(judged).toFixed(3)} / ${evenCalibration(judged).toFixed(3)}`,
  )
}

/** Share of prompts whose lane stays when they are mistyped or reworded. */
function stability(prompts: readonly Labelled[]): void {
  const random = seeded(3)
  const same = (change: (prompt: string) => string) =>
    prompts.filter(
      ({ prompt }) => classify(prompt, shipped).lane === classify(change(prompt), shipped).lane,
    ).length / prompts.length
  console.log(
    `\nsame lane, 15 % of words mistyped  ${same((p) => typos(p, random, 0.15)).toFixed(3)}`,
  )
  console.log(`same lane, reworded                ${same((p) => reworded(p, random)).toFixed(3)}`)
}

function matrix(questions: readonly Duel[], weights: Weights): string {
  const rows = questions.map(({ prompt, weak, strong }) => ({
    difficulty: classify(prompt, weights).difficulty,
    weak: Number(weak),
    strong: Number(strong),
  }))
  return apgr(rows).toFixed(3)
}

function speed(): void {
  const prompt = 'Customers leave at the second step of our cart and we do not know why. '
    .repeat(40)
    .slice(0, 2048)
  const thai = 'ร้านของเรามีลูกค้าวันละห้าร้อยคน อยากรู้ว่าควรทำอย่างไรให้ขายดีขึ้น '.repeat(40).slice(0, 700)
  for (const [name, text] of [
    ['English', prompt],
    ['Thai', thai],
  ] as const) {
    for (let n = 0; n < 3000; n++) classify(text, shipped)
    const times = Array.from({ length: 5000 }, () => {
      const start = process.hrtime.bigint()
      classify(text, shipped)
      return Number(process.hrtime.bigint() - start) / 1000
    }).sort((a, b) => a - b)
    const at = (p: number) => (times[Math.floor(p * times.length)] ?? 0).toFixed(0)
    console.log(`2 KB of ${name}: p50 ${at(0.5)} µs, p99 ${at(0.99)} µs`)
  }
}

/** Median of interleaved cold starts of the built program. */
function coldStart(): void {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const commands = [['--version'], ['pick', '--catalog', 'snapshot', 'hello']]
  const times: number[][] = commands.map(() => [])
  for (let n = 0; n < 15; n++) {
    for (const [at, command] of commands.entries()) {
      const start = process.hrtime.bigint()
      spawnSync(process.execPath, ['bin/orx.js', ...command], { env })
      times[at]?.push(Number(process.hrtime.bigint() - start) / 1e6)
    }
  }
  const [version = 1, pick = 0] = times.map((list) => list.sort((a, b) => a - b)[7] ?? 0)
  console.log(
    `cold orx pick over orx --version: ${(pick / version).toFixed(2)} (${version.toFixed(0)} ms)`,
  )
}

const hand = handWritten()
report(
  'hand-written: not in the training prompts, but its authors wrote those too (the model that ships)',
  judge(hand, shipped),
)
if (folder) {
  const others = captured(folder)
  report('cross-source', judgeFolds(folds(ownPrompts(), others), shipped.temperature))
  report('in-source (the model that ships)', judge(others, shipped))
  stability([...hand, ...others.filter((_, at) => at % 10 === 0)])
  const all = duels(folder)
  const learnt = {
    ...train(prepared(others), gainsOf(all.filter((each) => !isHeldOut(each)))),
    temperature: shipped.temperature,
  }
  console.log(
    `APGR, held-out half of the two-model matrix: ${matrix(all.filter(isHeldOut), learnt)}`,
  )
  console.log(
    `the same by the model that ships (in-source): ${matrix(all.filter(isHeldOut), shipped)}`,
  )
} else stability(hand)
console.log(turns(shipped))
speed()
coldStart()
