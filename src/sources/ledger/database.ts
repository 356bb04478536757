import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type Libsql from 'libsql'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

export type Database = InstanceType<typeof Libsql>
export type Constructor = typeof Libsql

/** How long one statement waits for another process before SQLite gives up. */
const BUSY_MS = 5_000
/**
 * Two processes that create a file at once can meet "database is locked" at once, in spite of that wait: so opening is tried
 * again for as long. Against somebody who never lets go it ends after two waits.
 */
const OPEN_MS = 5_000

/** Why there is no ledger, in words for a warning. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable'
}

/** The native module; its absence on some platform must not keep orx from working. */
export async function sqlite(): Promise<Constructor> {
  try {
    return (await import('./libsql.ts')).Database
  } catch (cause) {
    throw new LedgerUnavailable('SQLite has no build for this platform', { cause })
  }
}

/** Opens a ledger file, creating it (0600, in a folder 0700) and its tables if need be. Safe for any number of processes. */
export function openFile(Constructor: Constructor, file: string): Database {
  create(file)
  const start = performance.now()
  for (let tries = 1; ; tries++) {
    let database: Database | undefined
    try {
      database = new Constructor(file, { timeout: BUSY_MS })
      prepare(database, file)
      return database
    } catch (error) {
      database?.close()
      if (!isBusy(error) || performance.now() - start > OPEN_MS) throw error
      sleep(5 + 5 * (tries % 7))
    }
  }
}

function create(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(file, 'wx', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * WAL lets readers and one writer work at once and survives a kill at any moment. FULL also survives a power cut: what was
 * acknowledged is on the disk. It costs one sync a commit, two commits a prompt.
 */
function prepare(database: Database, file: string): void {
  const [mode] = database.pragma('journal_mode = WAL') as readonly { journal_mode: string }[]
  if (mode?.journal_mode !== 'wal') throw new LedgerUnavailable(`${file} does not take a WAL`)
  database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  const version = versionOf(database)
  if (version > SCHEMA_VERSION) {
    throw new LedgerUnavailable(`${file} was written by a newer orx`)
  }
  if (version === 0) {
    inTransaction(database, () => {
      // Asked again under the write lock: another process may have made the tables meanwhile.
      if (versionOf(database) === 0) makeTables(database)
    })
  }
}

export const versionOf = (database: Database): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version

export function makeTables(database: Database): void {
  database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION}`)
}

/** Runs `work` alone among all writers of all processes; all of it is kept, or nothing. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk has already rolled back by itself.
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** SQLite's primary result code (sqlite.org/rescode.html); undefined for any other error. The package names few of the extended ones. */
const resultOf = (error: unknown): number | undefined =>
  error instanceof Error && 'rawCode' in error && typeof error.rawCode === 'number'
    ? error.rawCode & 0xff
    : undefined

const BUSY = [5, 6]

/** PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOLFS, AUTH, NOTADB. */
const UNUSABLE = [3, ...BUSY, 8, 10, 11, 13, 14, 15, 22, 23, 26]

const isBusy = (error: unknown): boolean => BUSY.includes(resultOf(error) ?? 0)

/** Faults of the place, not of orx: a full disk, a read-only folder, a file that is no database. */
export const isUnusable = (error: unknown): boolean =>
  error instanceof LedgerUnavailable ||
  UNUSABLE.includes(resultOf(error) ?? 0) ||
  // What the system refused: no permission, no space, a file where a folder should be.
  (error instanceof Error && 'syscall' in error)

/** Blocks the process, as SQLite's own busy wait does: the package is synchronous. */
const sleep = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
