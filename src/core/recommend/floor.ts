import type { Score } from '../catalog/score.ts'

/** The quality that "value", "budget", "fast" and weighted picks must keep: it comes before cost. */
export type Floor = {
  readonly best: number
  readonly value: number
  /** In words, with this answer's numbers. */
  readonly rule: string
}

/** Of the best score, where scores have a true zero. */
export const FLOOR_SHARE = 0.85

/**
 * Below the best rating. Ratings (Elo) have no zero, so a share of them says nothing; 70 points behind wins 1 / (1 +
 * 10^(70/400)) = 40 % of the duels with the best.
 */
export const FLOOR_POINTS = 70

export function floorOf(best: number, unit: Score['unit']): Floor {
  if (unit === 'rating') {
    const value = best - FLOOR_POINTS
    const rule = `${shown(best)} - ${FLOOR_POINTS} points = ${shown(value)} (wins 40 % of duels with the best)`
    return { best, value, rule }
  }
  const value = best * FLOOR_SHARE
  return { best, value, rule: `${FLOOR_SHARE * 100} % of ${shown(best)} = ${shown(value)}` }
}

const shown = (value: number): string => value.toFixed(1)
