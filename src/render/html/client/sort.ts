/// <reference lib="dom" />

/** Makes a table sort by the column whose heading is pressed: numbers from the largest, texts from A; again turns round. */
export function sortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])]
  const body = table.tBodies[0]
  for (const [column, head] of heads.entries()) {
    head.querySelector('button')?.addEventListener('click', () => {
      const numeric = head.classList.contains('n')
      const before = head.getAttribute('aria-sort')
      const first = numeric ? 'descending' : 'ascending'
      const order = before === first ? (numeric ? 'ascending' : 'descending') : first
      for (const each of heads) each.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', order)
      const sign = order === 'ascending' ? 1 : -1
      const rows = [...(body?.rows ?? [])].sort((a, b) => sign * between(a, b, column, numeric))
      body?.append(...rows)
    })
  }
}

function between(
  a: HTMLTableRowElement,
  b: HTMLTableRowElement,
  column: number,
  numeric: boolean,
): number {
  const [left, right] = [a.cells[column], b.cells[column]]
  if (!numeric) return (left?.textContent ?? '').localeCompare(right?.textContent ?? '')
  return Number(left?.dataset['value'] || '-1') - Number(right?.dataset['value'] || '-1')
}
