/**
 * Counts by size in logarithmic cells: 128 to a doubling, so a cell's middle is within 0.4 % of all it holds. Microseconds,
 * from 128 up to 35 minutes.
 */
export const CELLS = 25 * 128

/** The cell of a whole number of microseconds. The hot loop has its own copy of this line. */
export function cellOf(us: number): number {
  const value = Math.max(us, 128)
  const octave = 31 - Math.clz32(value)
  return ((octave - 7) << 7) + ((value >>> (octave - 7)) & 127)
}

/** Where a cell begins, in milliseconds. */
export const edgeMs = (cell: number): number => ((128 + (cell & 127)) * (1 << (cell >>> 7))) / 1000

/** The middle of a cell in milliseconds. */
export const middleMs = (cell: number): number =>
  cell < 128 ? edgeMs(cell) : (edgeMs(cell) + edgeMs(cell + 1)) / 2

/** The value below which a share p of all counts lies, in milliseconds; null where nothing was counted. */
export function quantileMs(counts: ArrayLike<number>, p: number): number | null {
  let total = 0
  for (let cell = 0; cell < counts.length; cell++) total += counts[cell] ?? 0
  if (total === 0) return null
  const wanted = p * total
  let sum = 0
  for (let cell = 0; cell < counts.length; cell++) {
    sum += counts[cell] ?? 0
    if (sum >= wanted) return middleMs(cell)
  }
  return middleMs(counts.length - 1)
}
