import type { Context } from '../context.ts'
import { type Sheet, sheetCsv, sheetMarkdown } from '../render/sheet.ts'
import type { Format } from './globals.ts'

/** One answer in every format; only the one asked for is made. */
export type Answer = {
  /** The object of `--json`; its first key is `schema`. */
  readonly json: () => object
  /** For a terminal, fitted to `ctx.width`. */
  readonly text: () => string
  /** The rows of CSV and Markdown. */
  readonly sheet: () => Sheet
}

export const print = (ctx: Pick<Context, 'out'>, format: Format, answer: Answer): void =>
  ctx.out(rendered(format, answer))

function rendered(format: Format, answer: Answer): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(answer.json(), null, 2)}\n`
    case 'csv':
      return sheetCsv(answer.sheet())
    case 'md':
      return sheetMarkdown(answer.sheet())
    case 'table':
      return answer.text()
    default:
      return format satisfies never
  }
}
