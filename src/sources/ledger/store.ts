import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Constructor,
  type Database,
  inTransaction,
  isUnusable,
  makeTables,
  openFile,
  sqlite,
  versionOf,
} from './database.ts'
import { SCHEMA_VERSION } from './schema.ts'

/** Reads and writes of the ledger, wherever it now lives. */
export type Store = {
  readonly read: <T>(work: (database: Database) => T) => T
  /** One transaction. `work` may run twice: again in memory where the file cannot take it. */
  readonly write: <T>(work: (database: Database) => T) => T
  readonly close: () => void
}

/**
 * Opens the ledger file. Where that is impossible, now or later (full disk, read-only home, a damaged file), the ledger goes on
 * in memory, so that a prompt is answered all the same, and `warn` is told once why nothing is kept.
 * @throws LedgerUnavailable where SQLite itself is missing.
 */
export async function openStore(file: string, warn: (why: string) => void): Promise<Store> {
  const Constructor = await sqlite()
  let database: Database | undefined
  let onDisk = false

  const toMemory = (error: unknown): Database => {
    if (!isUnusable(error)) throw error
    warn(reasonOf(error, file))
    const memory = new Constructor(':memory:')
    makeTables(memory)
    if (database) copyCurrent(database, memory)
    else fromUnwritable(Constructor, file, memory)
    database?.close()
    onDisk = false
    return memory
  }

  try {
    database = openFile(Constructor, file)
    onDisk = true
  } catch (error) {
    database = toMemory(error)
  }
  let current = database

  const guarded = <T>(run: (database: Database) => T): T => {
    try {
      return run(current)
    } catch (error) {
      if (!onDisk) throw error
      current = toMemory(error)
      return run(current)
    }
  }
  return {
    read: guarded,
    write: (work) => guarded((each) => inTransaction(each, () => work(each))),
    close: () => current.close(),
  }
}

function reasonOf(error: unknown, file: string): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.includes(file) ? text : `${file}: ${text}`
}

/**
 * The sums of a file that can be read but not opened: SQLite wants to write beside it. A copy in the temporary folder can be,
 * and is gone at once. What cannot be read or is not of this version is passed over.
 */
function fromUnwritable(Constructor: Constructor, file: string, to: Database): void {
  let folder: string | undefined
  let copy: Database | undefined
  try {
    folder = mkdtempSync(join(tmpdir(), 'orx-ledger-'))
    const beside = join(folder, 'ledger.sqlite')
    copyFileSync(file, beside)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${beside}-wal`)
    copy = new Constructor(beside)
    if (versionOf(copy) === SCHEMA_VERSION) copyCurrent(copy, to)
  } catch (error) {
    if (!isUnusable(error)) throw error
  } finally {
    copy?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** What budgets and free limits need to know: sums, facts, open reservations and the free prompts of two days. */
const CURRENT: Readonly<Record<string, string>> = {
  spent: 'TRUE',
  fact: 'TRUE',
  request: `id IN (SELECT request FROM attempt WHERE status = 'open' OR free = 1)`,
  attempt: `status = 'open' OR free = 1`,
}

/** As far as the file can still be read; a budget that starts from nothing is better than no answer. */
function copyCurrent(from: Database, to: Database): void {
  try {
    for (const [table, condition] of Object.entries(CURRENT)) {
      for (const row of from.prepare(`SELECT * FROM ${table} WHERE ${condition}`).all()) {
        const columns = Object.keys(row as object)
        const places = columns.map(() => '?').join(', ')
        to.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(
          ...Object.values(row as object),
        )
      }
    }
  } catch (error) {
    if (!isUnusable(error)) throw error
  }
}
