import { escaped } from './text.ts'

/** `value` is what is sorted by and what a program may read: exact, while the text may be rounded. */
export type Cell = { readonly text: string; readonly value?: string }

/** A table whose headings are buttons that sort it. */
export function table(
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const numeric = columns.map((_, at) => rows.some((row) => row[at]?.value !== undefined))
  const head = columns
    .map(
      (name, at) =>
        `<th scope="col"${numeric[at] ? ' class="n"' : ''}><button type="button">${escaped(name)}</button></th>`,
    )
    .join('')
  const cell = ({ text, value }: Cell, at: number) =>
    `<td${numeric[at] ? ' class="n"' : ''}${value === undefined ? '' : ` data-value="${escaped(value)}"`}>${escaped(text)}</td>`
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')
  return `<section id="${id}"><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div></section>`
}
