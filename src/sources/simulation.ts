import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Context } from '../context.ts'
import type { OutageTable } from '../core/simulate/outages.ts'
import { prepare, startRun, type Tally } from '../core/simulate/run.ts'
import type { Scene } from '../core/simulate/scene.ts'

export const loadOutages = (ctx: Pick<Context, 'packageDir'>): OutageTable =>
  JSON.parse(readFileSync(join(ctx.packageDir, 'data', 'outages.json'), 'utf8')) as OutageTable

export type Served = {
  /** Finished runs in their order; where none was finished, those that were under way. */
  readonly tallies: readonly Tally[]
  /** Interrupted before all runs were over. */
  readonly partial: boolean
}

type Options = Pick<Context, 'packageDir' | 'signal'> & {
  /** Undefined: as many as pay for their start. */
  readonly jobs: number | undefined
  /** Called with the requests served since the last call. */
  readonly progress: (served: number) => void
}

/** Requests that one thread serves in a quarter of a second; below it more threads gain nothing. */
const ENOUGH = 5e6

/** Serves all runs of a scene, here or in worker threads; the counts are the same. An aborted signal ends it early. */
export async function serveRuns(scene: Scene, options: Options): Promise<Served> {
  const wanted = options.jobs ?? (scene.runs * scene.requests < ENOUGH ? 1 : availableParallelism())
  const jobs = Math.min(wanted, scene.runs)
  return jobs > 1 ? serveInWorkers(scene, jobs, options) : serveHere(scene, options)
}

/** Small enough that Ctrl-C is heard soon, large enough to cost nothing. */
const STEP = 1 << 19

async function serveHere(scene: Scene, { signal, progress }: Options): Promise<Served> {
  const prepared = prepare(scene)
  const tallies: Tally[] = []
  for (let run = 0; run < scene.runs; run++) {
    const { tally, advance } = startRun(prepared, run)
    for (let over = false; !over; ) {
      const before = tally.requests
      over = advance(STEP)
      progress(tally.requests - before)
      if (!over) await turn()
      if (signal.aborted && !over) {
        return { tallies: tallies.length > 0 ? tallies : [tally], partial: true }
      }
    }
    tallies.push(tally)
    await turn()
    if (signal.aborted && tallies.length < scene.runs) return { tallies, partial: true }
  }
  return { tallies, partial: false }
}

/** Lets signals and timers in. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What a worker says after each step. */
export type Report = {
  readonly run: number
  /** Of the whole run so far. */
  readonly tally: Tally
  readonly served: number
  readonly over: boolean
}

function serveInWorkers(
  scene: Scene,
  jobs: number,
  { packageDir, signal, progress }: Options,
): Promise<Served> {
  const reports: (Report | undefined)[] = []
  const known = () => reports.filter((report) => report !== undefined)
  const finished = () => known().filter(({ over }) => over)
  let next = 0
  const workers = Array.from(
    { length: jobs },
    () =>
      new Worker(join(packageDir, 'dist', 'chunks', 'simulate-worker.cjs'), { workerData: scene }),
  )
  return new Promise<Served>((resolve, reject) => {
    const stop = () => {
      const best = finished().length > 0 ? finished() : known()
      resolve({
        tallies: best.map(({ tally }) => tally),
        partial: finished().length < scene.runs,
      })
    }
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    for (const worker of workers) {
      const give = () => {
        if (next < scene.runs) worker.postMessage(next++)
      }
      worker.on('error', reject)
      worker.on('message', (report: Report) => {
        reports[report.run] = report
        progress(report.served)
        if (!report.over) return
        if (finished().length === scene.runs) stop()
        else give()
      })
      give()
    }
  }).finally(() => Promise.all(workers.map((worker) => worker.terminate())))
}
