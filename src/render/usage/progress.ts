import { grouped } from '../money.ts'

export type Step = {
  readonly bytes: number
  /** Null where the length is not known. */
  readonly totalBytes: number | null
  readonly rows: number
  readonly elapsedMs: number
}

/** "[#####     ] 41 %  3,410,000 rows  1.8M rows/s  4 s left", to be written over itself. */
export function progressLine({ bytes, totalBytes, rows, elapsedMs }: Step): string {
  const perSecond = elapsedMs > 0 ? (rows / elapsedMs) * 1000 : 0
  const speed =
    perSecond >= 1e6
      ? `${(perSecond / 1e6).toFixed(1)}M rows/s`
      : `${grouped(String(Math.round(perSecond)))} rows/s`
  const counts = `${grouped(String(rows))} rows  ${speed}`
  if (!totalBytes) return counts
  const share = Math.min(1, bytes / totalBytes)
  const left = share > 0 ? Math.ceil(((elapsedMs / share) * (1 - share)) / 1000) : 0
  const bar = '#'.repeat(Math.round(share * 20)).padEnd(20)
  return `[${bar}] ${Math.round(share * 100)} %  ${counts}  ${left} s left`
}
