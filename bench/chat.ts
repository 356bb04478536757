import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { createParser } from 'eventsource-parser'
import type { Prompt, Target } from '../src/core/send/prompt.ts'

// Ratios of `orx chat` to the least that the same work takes, on loopback, interleaved. Run `npm run build` first, then
// `npx tsx bench/chat.ts`. Absolute times do not travel; ratios do.

const here = fileURLToPath(new URL('.', import.meta.url))
/** Bundled as for the program itself: a loader of TypeScript would be measured otherwise. */
async function bundled(): Promise<typeof import('../src/sources/chat/attempt.ts')> {
  const outdir = mkdtempSync(join(tmpdir(), 'orx-bench-'))
  const entryPoints = [join(here, '../src/sources/chat/attempt.ts')]
  await build({
    entryPoints,
    outdir,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    supported: { 'dynamic-import': false },
    outExtension: { '.js': '.cjs' },
  })
  return import(join(outdir, 'attempt.cjs'))
}

const { attempt } = await bundled()
const signal = new AbortController().signal
const network = { env: {}, offline: false, signal }

async function startServer() {
  const child = spawn('npx', ['tsx', join(here, 'chat/server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const port = await new Promise<string>((resolve) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => child.pid !== undefined && process.kill(-child.pid),
  }
}

const promptOf = (text: string): Prompt => ({
  messages: [{ role: 'user', text }],
  stream: true,
  maxTokens: 4096,
})

/** Milliseconds to the first text, and to the end, by orx. */
async function byOrx(url: string, text: string) {
  const target: Target = {
    route: 'credits',
    baseUrl: url,
    models: ['deepseek/deepseek-chat'],
    preferences: {},
  }
  const start = performance.now()
  let first = 0
  let events = 0
  const limits = { timeoutMs: 60_000, signal }
  const world = { network, now: () => new Date() }
  await attempt(world, target, promptOf(text), 'sk-or-v1-bench', limits, ({ kind }) => {
    if (kind !== 'text') return
    if (first === 0) first = performance.now() - start
    events += 1
  })
  return { first, all: performance.now() - start, events }
}

/** The same by node:http, eventsource-parser and JSON.parse. */
function byHttp(
  url: string,
  text: string,
): Promise<{ first: number; all: number; events: number }> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let first = 0
    let events = 0
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') return
        if (!JSON.parse(data).choices[0]?.delta.content) return
        if (first === 0) first = performance.now() - start
        events += 1
      },
    })
    const call = httpRequest(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sk-or-v1-bench' },
    })
    call.on('error', reject)
    call.on('response', (response) => {
      const decoder = new TextDecoder()
      response.on('data', (piece) => parser.feed(decoder.decode(piece, { stream: true })))
      response.on('end', () => resolve({ first, all: performance.now() - start, events }))
    })
    call.end(JSON.stringify({ stream: true, messages: [{ role: 'user', content: text }] }))
  })
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function interleaved(rounds: number, runs: readonly (() => Promise<number> | number)[]) {
  const times = runs.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [at, run] of runs.entries()) times[at]?.push(await run())
  }
  return times.map(median)
}

const { NODE_EXTRA_CA_CERTS: _, ...clean } = process.env

function cold(url: string, args: readonly string[], home: string): number {
  const env = {
    ...clean,
    OPENROUTER_BASE_URL: url,
    OPENROUTER_API_KEY: 'sk-or-v1-bench',
    ORX_HOME: home,
  }
  const start = performance.now()
  const { stdout, stderr } = spawnSync(process.execPath, args, { env, input: '' })
  if (!String(stdout).startsWith('Hello world')) throw new Error(`${args}: ${stdout}${stderr}`)
  return performance.now() - start
}

function report(name: string, ours: number, theirs: number, target: string, unit = 'ms') {
  const ratio = (ours / theirs).toFixed(2)
  console.log(
    `${name.padEnd(44)} ${ours.toFixed(2)} / ${theirs.toFixed(2)} ${unit} = ${ratio}  (${target})`,
  )
}

const server = await startServer()
try {
  const { url } = server
  for (let warm = 0; warm < 300; warm++) {
    await byOrx(url, 'x')
    await byHttp(url, 'x')
  }
  const [orxFirst = 0, httpFirst = 1] = await interleaved(400, [
    async () => (await byOrx(url, 'x')).first,
    async () => (await byHttp(url, 'x')).first,
  ])
  report('warm, first text: orx / node:http', orxFirst, httpFirst, 'at most 1.3')

  const [orxMany = 1, httpMany = 1] = await interleaved(7, [
    async () => (await byOrx(url, 'many chunks')).all,
    async () => (await byHttp(url, 'many chunks')).all,
  ])
  report(
    '100k chunks a ms: orx / node:http + parser',
    1e5 / orxMany,
    1e5 / httpMany,
    'at least 0.8',
    'chunks',
  )

  const home = mkdtempSync(join(tmpdir(), 'orx-bench-'))
  const orx = [join(here, '../bin/orx.js'), 'chat', '-q', '-m', 'deepseek-chat', 'Hello']
  const [orxCold = 0, httpCold = 1, sdkCold = 1, bare = 1] = await interleaved(15, [
    () => cold(url, orx, home),
    () => cold(url, [join(here, 'chat/minimal.mjs')], home),
    () => cold(url, [join(here, 'chat/openai.mjs')], home),
    () => cold(url, ['-e', 'process.stdout.write("Hello world")'], home),
  ])
  report('cold process: orx chat / minimal node:http', orxCold, httpCold, 'at most 2')
  report('cold process: orx chat / openai SDK script', orxCold, sdkCold, 'at most 0.35')
  console.log(`bare node ${bare.toFixed(1)} ms; Node ${process.version}`)
} finally {
  server.stop()
}
