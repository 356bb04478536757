/** Edit distance in which a swap of neighbours counts as one step. */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1)
      row.push(best)
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

/** The candidates most like `text`, best first, without those that are nothing like it. */
export function nearest(text: string, candidates: Iterable<string>, count = 3): readonly string[] {
  const typed = text.toLowerCase()
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, score: likeness(typed, candidate.toLowerCase()) }))
    .filter(({ score }) => score <= 0.6)
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

/** 0 = equal, 1 = nothing in common. A model's slug may be typed without its author. */
function likeness(typed: string, candidate: string): number {
  const parts = [candidate, candidate.slice(candidate.indexOf('/') + 1)]
  return Math.min(
    ...parts.map((part) => {
      const score = distance(typed, part) / Math.max(typed.length, part.length, 1)
      return part.includes(typed) || typed.includes(part) ? score / 2 : score
    }),
  )
}
