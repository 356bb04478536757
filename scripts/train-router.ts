/**
 * Trains the prompt classifier and writes data/router.bin: `npx tsx scripts/train-router.ts [FOLDER]`.
 * FOLDER holds captures of other people's prompts (tasks_dev.jsonl, routellm_matrix_dev.jsonl), which stay out of the
 * project; without it only our own prompts are used, and exam questions get no measure of difficulty.
 * The same inputs always give the same bytes. Takes some three minutes on one core.
 */
import { writeFileSync } from 'node:fs'
import type { Weights } from '../src/core/classify/model.ts'
import { captured, duels, gainsOf } from './router/captures.ts'
import { ownPrompts } from './router/corpus.ts'
import { evenCalibration, fitTemperature, folds, judgeFolds, prepared } from './router/cross.ts'
import { bySource, f1, judge, macroAccuracy, macroF1, share } from './router/measures.ts'
import { train } from './router/train.ts'

const [folder] = process.argv.slice(2)
const own = ownPrompts()
const others = folder ? captured(folder) : []
console.log(`${own.length} prompts of our own, ${others.length} of others`)

const unseen = folds(own, others)
const temperature = fitTemperature(unseen)
const judged = judgeFolds(unseen, temperature)
console.log('\ncross-source: each source judged by a model that never saw it')
for (const [source, list] of bySource(judged)) {
  console.log(`  ${source.padEnd(16)} ${share(list).toFixed(3)}  of ${list.length}`)
}
console.log(
  `  macro ${macroAccuracy(judged).toFixed(3)}, F1 ${macroF1(judged).toFixed(3)}, code F1 ${f1(judged, 'code').toFixed(3)}, calibration error ${evenCalibration(judged).toFixed(3)} at temperature ${temperature}`,
)

const weights: Weights = {
  ...train([...own, ...prepared(others)], folder ? gainsOf(duels(folder)) : []),
  temperature,
}
if (folder) console.log(`\nin-source ${macroAccuracy(judge(others, weights)).toFixed(3)}`)
const { table, ...rest } = weights
const bytes = Buffer.concat([
  Buffer.from(`${JSON.stringify(rest)}\n`),
  Buffer.from(table.buffer, table.byteOffset, table.byteLength),
])
writeFileSync(new URL('../data/router.bin', import.meta.url), bytes)
console.log(`data/router.bin: ${bytes.length} bytes`)
