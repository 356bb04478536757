/** "41.9 %"; a dash where it is unknown. More decimals where an incomplete share would read 100, or a present one 0. */
export function percent(share: number | null, places: number): string {
  if (share === null) return '–'
  const value = share * 100
  for (let digits = places; digits < places + 4; digits++) {
    const text = value.toFixed(digits)
    const misleads = share > 0 && share < 1 && (Number(text) === 0 || Number(text) === 100)
    if (!misleads) return `${text} %`
  }
  return `${value.toFixed(places)} %`
}

/** "0.82 s" or "12.3 s"; a dash where it is unknown. */
export function ms(value: number | null): string {
  if (value === null) return '–'
  const seconds = value / 1000
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`
}

/** "30 days", "36 h", "45 min", "10 s". */
export function duration(value: number): string {
  const units = [
    [86_400e3, 'day', 'days'],
    [3600e3, 'h', 'h'],
    [60e3, 'min', 'min'],
    [1000, 's', 's'],
  ] as const
  const [size, one, many] = units.find(([unit]) => value >= unit && value % (unit / 10) === 0) ?? [
    1,
    'ms',
    'ms',
  ]
  const count = value / size
  return `${count} ${count === 1 ? one : many}`
}
