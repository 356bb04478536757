const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const LEVELS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A horizontal bar, in eighths of a column; `share` of `columns`. Anything above nothing shows. */
export function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * columns * 8)
  if (eighths === 0) return share > 0 ? '▏' : ''
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

/** One character for a share of a cell: nothing is a dot, all of it a full block. */
export const level = (share: number): string =>
  share <= 0 ? '·' : (LEVELS[Math.max(1, Math.round(Math.min(share, 1) * 8))] ?? '█')
