import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, describe, expect, test } from 'vitest'
import { add, isZero, subtract, toDecimal, type Usd, usd, ZERO } from '../../src/core/money.ts'
import { orx } from '../context.ts'
import { contract } from '../contract/usage.ts'
import { filesOf } from '../sources/logs/read.ts'
import { csvOf, requests } from './requests.ts'
import { absence, clickhouse, psql } from './servers.ts'

const MAP = 'model=model,time=ts,input=inp,output=outp,cacheRead=cr,cacheWrite=cw'
const ALL = requests(6000)
const CSV = csvOf(ALL)
const COLUMNS = 'model VARCHAR(80), ts TIMESTAMP, inp BIGINT, outp BIGINT, cr BIGINT, cw BIGINT'

let local: ReturnType<(typeof contract)['parse']>
let path = ''
beforeAll(async () => {
  ;[path = ''] = filesOf(CSV)
  const { out } = await orx(
    `usage ${path} --map ${MAP} --catalog snapshot --on-route credits --on-route byok --json`,
  )
  local = contract.parse(JSON.parse(out))
})

const statement = async (dialect: string, table: string): Promise<string> =>
  (await orx(`usage --print-sql ${dialect} --table ${table} --map ${MAP} --catalog snapshot`)).out

/** What a server answers: month, model, counts, unpriced requests, cost, credits fee, BYOK fee; empty where unknown. */
type Row = readonly [string, string, ...string[]]
const rowsOf = (tsv: string): readonly Row[] =>
  tsv
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as unknown as Row)

/** Compares every figure, to the last digit. */
function expectAgreement(rows: readonly Row[]): void {
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
  const byModel = (id: string) =>
    models.filter(([, model]) => model.toLowerCase() === id.toLowerCase())
  const found = local.byModel.map(({ model }) => [model, toDecimal(sum(byModel(model), 8))])
  expect(found).toEqual(local.byModel.map(({ model, recomputed }) => [model, recomputed ?? '0']))
  expect(toDecimal(sum(months, 8))).toBe(local.recomputed)
  const [credits, byok] = local.onOther
  expect([toDecimal(sum(months, 9)), toDecimal(sum(months, 10))]).toEqual([credits?.fee, byok?.fee])
  expect(Number(toDecimal(sum(models, 7)))).toBe(
    local.unpriced.reduce((all, each) => all + each.requests, 0),
  )
}

test('the requests reach every tier, both fees and unknown models', () => {
  expect(local.unpriced.length).toBeGreaterThan(1)
  expect(local.onOther.every(({ fee }) => usd(fee).units > 0n)).toBe(true)
  expect(isZero(subtract(usd(local.recomputed), sumOfModels()))).toBe(true)
})

const sumOfModels = (): Usd => add(...local.byModel.map(({ recomputed }) => usd(recomputed ?? '0')))

test('DuckDB agrees to the last digit', async () => {
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(`CREATE TABLE requests(${COLUMNS})`)
  await connection.run(`COPY requests FROM '${path}' (HEADER)`)
  const result = await connection.runAndReadAll(await statement('duckdb', 'requests'))
  expectAgreement(
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

  test.skipIf(noPostgres)('PostgreSQL agrees to the last digit', async () => {
    psql(`DROP TABLE IF EXISTS requests; CREATE TABLE requests(${COLUMNS});`)
    psql(`COPY requests FROM STDIN (FORMAT csv, HEADER);\n${CSV}\\.\n`)
    expectAgreement(rowsOf(psql(await statement('postgres', 'public.requests'))))
  })

  test.skipIf(noClickHouse)('ClickHouse agrees to the last digit, over two shards', async () => {
    const columns = 'model String, ts DateTime, inp Int64, outp Int64, cr Int64, cw Int64'
    for (const shard of [0, 1] as const) {
      await clickhouse('DROP TABLE IF EXISTS requests_all', shard)
      await clickhouse('DROP TABLE IF EXISTS requests', shard)
      await clickhouse(`CREATE TABLE requests (${columns}) ENGINE = Memory`, shard)
      await clickhouse(
        `CREATE TABLE requests_all AS requests ENGINE = Distributed(orx, default, requests)`,
        shard,
      )
      const half = csvOf(ALL.filter((_, at) => at % 2 === shard))
      await clickhouse(`INSERT INTO requests FORMAT CSVWithNames\n${half}`, shard)
    }
    const here = await clickhouse('SELECT count() FROM requests')
    expect(Number(here)).toBe(ALL.length / 2)
    expectAgreement(rowsOf(await clickhouse(await statement('clickhouse', 'requests_all'))))
  })
})

describe('the statement', () => {
  test.each(['duckdb', 'postgres', 'clickhouse'])(
    'for %s is one, and holds nothing typed',
    async (dialect) => {
      const sql = await statement(dialect, 'requests')
      expect(sql.includes(';')).toBe(false)
      expect(sql.length).toBeLessThan(250_000)
    },
  )

  test.each([
    ['--table', 'requests;drop'],
    ['--table', 'a.b.c.d'],
    ['--table', '"x"'],
    ['--map', 'model=x-y'],
    ['--map', 'cost=x'],
  ])('%s %s is refused', async (flag, text) => {
    const { status, out } = await orx(['usage', '--print-sql', 'duckdb', flag, text])
    expect({ status, out }).toEqual({ status: 2, out: '' })
  })
})
