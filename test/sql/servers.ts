import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'

/** What `.ci/services` starts. */
const POSTGRES = ['-h', '127.0.0.1', '-p', '54329', '-U', 'orx', '-d', 'postgres', '-X', '-q']
const SHARDS = ['http://127.0.0.1:18123/', 'http://127.0.0.1:18124/'] as const

export const psql = (input: string): string =>
  execFileSync('psql', [...POSTGRES, '-At', '-F', '\t', '-v', 'ON_ERROR_STOP=1'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'pipe'],
  })

/** @param shard 0 or 1 */
export async function clickhouse(query: string, shard: 0 | 1 = 0): Promise<string> {
  const response = await fetch(SHARDS[shard], { method: 'POST', body: query })
  const text = await response.text()
  if (!response.ok) throw new Error(text.slice(0, 600))
  return text
}

/**
 * Why a server cannot be used, or undefined. In CI it has to be there: then this fails instead of skipping.
 */
export async function absence(name: string, try_: () => unknown): Promise<string | undefined> {
  try {
    await try_()
    return undefined
  } catch (error) {
    const why = `${name} is not running here (start it with .ci/services): ${String(error).slice(0, 80)}`
    if (process.env['CI']) throw new Error(why)
    appendFileSync(process.stderr.fd, `skipped: ${why}\n`)
    return why
  }
}
