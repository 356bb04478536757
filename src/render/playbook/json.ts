import type { PlaybookRow, PlaybookTable } from '../../core/playbook/playbook.ts'
import { unglued } from '../paragraph.ts'
import { inLanguage } from '../quote.ts'
import { quotedJson, saidJson } from '../quote-json.ts'
import { labelOf, type PlaybookView, todayOfRow } from './view.ts'

/** `orx playbook --json`: prices are US$ per 1M tokens as decimal strings. */
export const playbookJson = (view: PlaybookView): object => ({
  schema: 'orx.playbook/1',
  asOf: view.playbook.asOf,
  catalog: view.catalog,
  fees: view.fees,
  sections: view.sections.map(({ id, title, tables }) => ({
    id,
    title: title.en,
    titleTh: title.th,
    tables: tables.map((table) => tableJson(view, table)),
  })),
})

const tableJson = (view: PlaybookView, { id, title, rows, notes = [] }: PlaybookTable): object => ({
  id,
  title: title.en,
  titleTh: title.th,
  rows: rows.map((row) => rowJson(view, row)),
  notes,
})

function rowJson(view: PlaybookView, row: PlaybookRow): object {
  const { models = [], roles, cells = {}, task } = row
  return {
    label: labelOf({ ...view, language: 'en' }, row) || null,
    labelTh: labelOf({ ...view, language: 'th' }, row) || null,
    task: task ?? null,
    models: models.map((id, at) => {
      const became = view.becameOf(id)
      return {
        role: roles?.[at] ?? null,
        name: view.playbook.names[id] ?? id,
        model: id,
        said: saidJson(became.said),
        status: became.status,
        now: quotedJson(became.now),
        successor: became.successor ? quotedJson(became.successor) : null,
      }
    }),
    cells: Object.fromEntries(
      Object.entries(cells).map(([key, cell]) => [key, inLanguage(cell, 'en')]),
    ),
    today: models.length > 0 ? null : unglued(todayOfRow(view, row, false)) || null,
    todayAsOf: row.source ?? null,
  }
}
