const STEPS = '▁▂▃▄▅▆▇█'

/** One character a value, scaled to the largest; where there are more values than columns, neighbours are added up. */
export function sparkline(values: readonly number[], columns: number): string {
  const folded = fold(values, columns)
  const most = Math.max(...folded, 0)
  return folded
    .map((value) => STEPS[most === 0 ? 0 : Math.min(7, Math.floor((value / most) * 7.999))])
    .join('')
}

function fold(values: readonly number[], columns: number): readonly number[] {
  if (values.length <= columns) return values
  const each = Math.ceil(values.length / columns)
  return Array.from({ length: Math.ceil(values.length / each) }, (_, at) =>
    values.slice(at * each, (at + 1) * each).reduce((sum, value) => sum + value, 0),
  )
}

/** A bar of "#" for a share of 0 to 1; at least one where there is something. */
export const bar = (share: number, columns: number): string =>
  '#'.repeat(share <= 0 ? 0 : Math.max(1, Math.round(share * columns)))
