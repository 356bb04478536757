import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { add, isZero, subtract, toDecimal, usd, ZERO } from '../../src/core/money.ts'
import { exactNames } from '../../src/core/usage/join.ts'
import { loadCatalog, loadDirect } from '../../src/sources/catalog.ts'
import { orx, world } from '../context.ts'
import { contract } from '../contract/usage.ts'
import { filesOf } from '../sources/logs/read.ts'
import { ALIAS, csvOf, type Request, replayed, requests, respelled } from './requests.ts'
import { absence, clickhouse, psql } from './servers.ts'

const MAP = 'model=model,time=ts,input=inp,output=outp,cacheRead=cr,cacheWrite=cw'
const WITH_IDS = `id=call,${MAP}`
const COLUMNS =
  'call VARCHAR(20), model VARCHAR(120), ts TIMESTAMP, inp BIGINT, outp BIGINT, cr BIGINT, cw BIGINT'
const ALL = requests(6000)
const { context } = world()
writeFileSync(join(context.env['ORX_HOME'] ?? '', 'config.toml'), ALIAS)
const catalog = await loadCatalog(context, 'snapshot')
const NAMES = [...exactNames(catalog, await loadDirect(context)).keys()]

type Log = { readonly rows: readonly Request[]; readonly map: string }
const LOGS = {
  'one row a request': { rows: ALL, map: MAP },
  'ids that come again': { rows: replayed(ALL), map: WITH_IDS },
  'every name in other spellings': { rows: respelled(NAMES), map: MAP },
} as const satisfies Record<string, Log>
const CASES = Object.entries(LOGS).map(([name, log]) => [name, log] as const)

type Local = ReturnType<(typeof contract)['parse']>
const locally = async ({ rows, map }: Log): Promise<Local> => {
  const [path = ''] = filesOf(csvOf(rows))
  const line = `usage ${path} --map ${map} --catalog snapshot --on-route credits --on-route byok --json`
  return contract.parse(JSON.parse((await orx(line, { env: context.env })).out))
}

const statement = async (dialect: string, table: string, map: string): Promise<string> => {
  const line = `usage --print-sql ${dialect} --table ${table} --map ${map} --catalog snapshot`
  return (await orx(line, { env: context.env })).out
}

/** What a server answers: month, model, counts, unpriced requests, cost, credits fee, BYOK fee; empty where unknown. */
type Row = readonly [string, string, ...string[]]
const rowsOf = (tsv: string): readonly Row[] =>
  tsv
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as unknown as Row)

/** Compares every figure, to the last digit. */
async function expectAgreement(log: Log, rows: readonly Row[]): Promise<void> {
  const local = await locally(log)
  const models = rows.filter(([, model]) => model !== '')
  const months = rows.filter(([, model]) => model === '')
  const sum = (each: readonly Row[], column: number) =>
    add(...each.map((row) => (row[column] ? usd(row[column]) : ZERO)))
  const total = (column: number) => Number(toDecimal(sum(models, column)))
  expect({
    requests: total(2),
    input: total(3),
    output: total(4),
    cacheRead: total(5),
    cacheWrite: total(6),
  }).toMatchObject({
    requests: local.requests,
    input: local.tokens.input,
    output: local.tokens.output,
    cacheRead: local.tokens.cacheRead,
    cacheWrite: local.tokens.cacheWrite,
  })
  const byModel = new Map<string, Row[]>()
  for (const row of models) {
    const key = row[1].toLowerCase()
    byModel.set(key, [...(byModel.get(key) ?? []), row])
  }
  const found = local.byModel.map(({ model }) => {
    const its = byModel.get(model.toLowerCase()) ?? []
    return [model, toDecimal(sum(its, 2)), toDecimal(sum(its, 8))]
  })
  expect(found).toEqual(
    local.byModel.map(({ model, requests: count, recomputed }) => [
      model,
      String(count),
      recomputed ?? '0',
    ]),
  )
  expect(toDecimal(sum(months, 8))).toBe(local.recomputed)
  const [credits, byok] = local.onOther
  expect([toDecimal(sum(months, 9)), toDecimal(sum(months, 10))]).toEqual([credits?.fee, byok?.fee])
  expect(Number(toDecimal(sum(models, 7)))).toBe(
    local.unpriced.reduce((all, each) => all + each.requests, 0),
  )
}

test('the requests reach every tier, both fees and unknown models', async () => {
  const local = await locally(LOGS['one row a request'])
  expect(local.unpriced.length).toBeGreaterThan(1)
  expect(local.onOther.every(({ fee }) => usd(fee).units > 0n)).toBe(true)
  const models = add(...local.byModel.map(({ recomputed }) => usd(recomputed ?? '0')))
  expect(isZero(subtract(usd(local.recomputed), models))).toBe(true)
})

test('the ids come again, and the last record of each is what counts', async () => {
  const { rows } = LOGS['ids that come again']
  const local = await locally(LOGS['ids that come again'])
  expect(rows.length).toBeGreaterThan(ALL.length * 1.3)
  expect(local.requests).toBe(ALL.length)
  expect(local.recomputed).toBe((await locally(LOGS['one row a request'])).recomputed)
})

test.each(CASES)('DuckDB agrees to the last digit: %s', async (_, log) => {
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(`CREATE TABLE requests(${COLUMNS})`)
  const [path] = filesOf(csvOf(log.rows))
  await connection.run(`COPY requests FROM '${path}' (HEADER)`)
  const result = await connection.runAndReadAll(await statement('duckdb', 'requests', log.map))
  await expectAgreement(
    log,
    result
      .getRows()
      .map((row) => row.map((cell) => (cell === null ? '' : String(cell))) as unknown as Row),
  )
})

describe('a real server', async () => {
  const noPostgres = await absence('PostgreSQL', () => psql('SELECT 1'))
  const noClickHouse = await absence('ClickHouse', async () => {
    await clickhouse('SELECT 1')
    await clickhouse('SELECT 1', 1)
  })

  test.skipIf(noPostgres).each(CASES)('PostgreSQL agrees to the last digit: %s', async (_, log) => {
    psql(`DROP TABLE IF EXISTS requests; CREATE TABLE requests(${COLUMNS});`)
    psql(`COPY requests FROM STDIN (FORMAT csv, HEADER);\n${csvOf(log.rows)}\\.\n`)
    await expectAgreement(
      log,
      rowsOf(psql(await statement('postgres', 'public.requests', log.map))),
    )
  })

  // Records of one id lie on both shards.
  test.skipIf(noClickHouse).each(CASES)(
    'ClickHouse agrees to the last digit, over two shards: %s',
    async (_, log) => {
      const columns =
        'call String, model String, ts DateTime, inp Int64, outp Int64, cr Int64, cw Int64'
      for (const shard of [0, 1] as const) {
        await clickhouse('DROP TABLE IF EXISTS requests_all', shard)
        await clickhouse('DROP TABLE IF EXISTS requests', shard)
        await clickhouse(`CREATE TABLE requests (${columns}) ENGINE = Memory`, shard)
        await clickhouse(
          `CREATE TABLE requests_all AS requests ENGINE = Distributed(orx, default, requests)`,
          shard,
        )
        const half = csvOf(log.rows.filter((_row, at) => at % 2 === shard))
        await clickhouse(`INSERT INTO requests FORMAT CSVWithNames\n${half}`, shard)
      }
      const here = await clickhouse('SELECT count() FROM requests')
      expect(Number(here)).toBe(Math.ceil(log.rows.length / 2))
      await expectAgreement(
        log,
        rowsOf(await clickhouse(await statement('clickhouse', 'requests_all', log.map))),
      )
    },
  )
})

describe('the statement', () => {
  test.each(['duckdb', 'postgres', 'clickhouse'])(
    'for %s is one, and holds nothing typed',
    async (dialect) => {
      const sql = await statement(dialect, 'requests', WITH_IDS)
      expect(sql.includes(';')).toBe(false)
      expect(sql.length).toBeLessThan(250_000)
    },
  )

  test.each([
    ['--table', 'requests;drop'],
    ['--table', 'a.b.c.d'],
    ['--table', '"x"'],
    ['--map', 'model=x-y'],
    ['--map', 'id=x;y'],
    ['--map', 'cost=x'],
  ])('%s %s is refused', async (flag, text) => {
    const { status, out } = await orx(['usage', '--print-sql', 'duckdb', flag, text])
    expect({ status, out }).toEqual({ status: 2, out: '' })
  })
})
