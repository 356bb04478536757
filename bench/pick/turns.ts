import { readFileSync } from 'node:fs'
import { apgr } from '../../scripts/router/measures.ts'
import { classify } from '../../src/core/classify/classify.ts'
import type { Weights } from '../../src/core/classify/model.ts'

/**
 * Points of ten by which a judge is assumed to like a strong model's answers more, by kind of question. Ours: nobody
 * judged these questions. Only the order is known, from published comparisons on other questions (arXiv 2306.05685).
 */
const GAIN: Readonly<Record<string, number>> = {
  math: 2.5,
  reasoning: 2.5,
  coding: 2.5,
  extraction: 1,
  writing: 0.5,
  roleplay: 0.5,
  stem: 0.25,
  humanities: 0.25,
}

const HARD = ['math', 'reasoning', 'coding']

/** Questions of two turns, written for this check and never trained on. */
export function turns(weights: Weights): string {
  const rows = readFileSync(new URL('turns.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const colon = line.indexOf(': ')
      const kind = line.slice(0, colon)
      const prompt = line.slice(colon + 2).replace(' || ', '\n\n')
      return {
        kind,
        difficulty: classify(prompt, weights).difficulty,
        weak: 0,
        strong: GAIN[kind] ?? 0,
      }
    })
  const best = apgr(rows.map((row) => ({ ...row, difficulty: row.strong })))
  const hard = rows.filter(({ kind }) => HARD.includes(kind))
  const easy = rows.filter(({ kind }) => !HARD.includes(kind))
  const right = hard.flatMap((one) =>
    easy.filter((other) => one.difficulty > other.difficulty),
  ).length
  return [
    `APGR, ${rows.length} two-turn questions of ours with assumed gains: ${apgr(rows).toFixed(3)} of at most ${best.toFixed(3)}`,
    `  a hard kind before an easy one: ${((100 * right) / (hard.length * easy.length)).toFixed(1)} % of pairs`,
  ].join('\n')
}
