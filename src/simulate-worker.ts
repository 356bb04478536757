import { parentPort, workerData } from 'node:worker_threads'
import { prepare, startRun } from './core/simulate/run.ts'
import type { Scene } from './core/simulate/scene.ts'
import type { Report } from './sources/simulation.ts'

// A worker of `orx simulate --jobs`: takes run numbers, gives tallies. What a run counts depends on its number and the seed
// alone, so it does not matter who serves it. Every step sends the counts so far, lest an interruption lose them.

const STEP = 1 << 20

const prepared = prepare(workerData as Scene)
parentPort?.on('message', (run: number) => {
  const { tally, advance } = startRun(prepared, run)
  for (let over = false; !over; ) {
    const before = tally.requests
    over = advance(STEP)
    const report: Report = { run, tally, served: tally.requests - before, over }
    parentPort?.postMessage(report)
  }
})
