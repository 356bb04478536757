import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { read } from './read.ts'

/** Written by DuckDB, which is not what reads it. */
async function parquet(select: string, options: string): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'orx-parquet-')), 'log.parquet')
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, ${options})`)
  return path
}

const SELECT = `SELECT 'openai/gpt-5.1' AS model, TIMESTAMP '2026-10-01 10:00:00' AS created_at, i::BIGINT AS prompt_tokens,
  2::INTEGER AS completion_tokens, CAST(0.00000125 AS DECIMAL(18, 8)) AS cost, 'r' || (i // 2) AS request_id, 'x' AS note
  FROM range(1, 5001) AS t(i)`

test.each(['COMPRESSION snappy', 'COMPRESSION zstd', 'COMPRESSION gzip, ROW_GROUP_SIZE 2048'])(
  'Parquet with %s: row groups, decimals, the last record of an id',
  async (options) => {
    const { cells, skipped, format } = await read([await parquet(SELECT, options)])
    expect({ skipped, format }).toEqual({ skipped: [], format: 'Parquet' })
    // Ids r0 (1), r1 (2, 3) … r2500 (5000): 2501 of them; of each pair the odd, later record stays: 1 + 3 + … + 4999 + 5000.
    expect(cells).toEqual([
      {
        model: 'openai/gpt-5.1',
        day: '2026-10-01',
        requests: 2501,
        input: 2500 * 2500 + 5000,
        output: 5002,
        paid: '0.00312625',
      },
    ])
  },
)

test('Parquet with --map', async () => {
  const path = await parquet("SELECT 'm' AS was, 7 AS rein", 'COMPRESSION snappy')
  const { cells } = await read([path], { map: 'model=was,input=rein' })
  expect(cells).toEqual([{ model: 'm', day: null, requests: 1, input: 7 }])
  await expect(read([path])).rejects.toThrow(
    'is of no known format: no column of models among was, rein',
  )
})
