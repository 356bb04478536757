import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod'

/** One capture file: its date is in its name. */
export type CaptureFile = { readonly path: string; readonly name: string; readonly asOf: string }

/** Files of a folder whose name matches, oldest first; `(?<date>…)` in the pattern is not needed, any date in the name counts. */
export function captureFiles(folder: string, pattern: RegExp): readonly CaptureFile[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => {
      const asOf = /\d{4}-\d\d-\d\d/.exec(name)?.[0]
      if (!asOf) throw new Error(`${name} has no date in its name`)
      return { path: join(folder, name), name, asOf }
    })
    .sort((a, b) => (a.asOf + a.name < b.asOf + b.name ? -1 : 1))
}

/** @throws Error that names the file and the first thing that does not fit */
export function readCapture<T extends z.ZodType>(file: CaptureFile, schema: T): z.infer<T> {
  const checked = schema.safeParse(JSON.parse(readFileSync(file.path, 'utf8')))
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new Error(`${file.name}: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** What was merged, dropped or odd, under headings; printed after a build. */
export type Report = {
  readonly note: (heading: string, row: string) => void
  readonly lines: () => readonly string[]
}

export function newReport(): Report {
  const rows = new Map<string, string[]>()
  return {
    note: (heading, row) => {
      rows.set(heading, [...(rows.get(heading) ?? []), row])
    },
    lines: () =>
      [...rows].flatMap(([heading, each]) => [
        '',
        `${heading}: ${each.length}`,
        ...each.map((row) => `  ${row}`),
      ]),
  }
}

/** One JSON value a line inside brackets: small files that still diff row by row. */
export const jsonLines = (rows: readonly unknown[]): string =>
  rows.map((row) => JSON.stringify(row)).join(',\n')

/** Places lists in a table and says where each one is. */
export function newLists() {
  const texts: string[] = []
  return {
    place: (list: readonly string[]): number => {
      const text = JSON.stringify(list)
      const at = texts.indexOf(text)
      return at < 0 ? texts.push(text) - 1 : at
    },
    text: (): string => texts.join(',\n'),
  }
}
