import type { Context } from '../context.ts'
import type { Scene } from '../core/simulate/scene.ts'
import { type Served, serveRuns } from '../sources/simulation.ts'

export type Serving = (scene: Scene) => Promise<Served>

/** Progress shows only where a run takes longer than this. */
const PATIENCE_MS = 1000

/** Serves scenes with progress on a terminal. */
export function server(ctx: Context, jobs: number | undefined, quiet: boolean): Serving {
  return async (scene) => {
    const total = scene.runs * scene.requests
    const begun = ctx.now().getTime()
    let served = 0
    let shown = -1
    const progress = (more: number) => {
      served += more
      const percent = Math.floor((100 * served) / total)
      if (quiet || !ctx.tty.err || percent === shown) return
      if (ctx.now().getTime() - begun < PATIENCE_MS) return
      shown = percent
      ctx.err(`\r simulating … ${percent} %`)
    }
    const { packageDir, signal } = ctx
    const result = await serveRuns(scene, { packageDir, signal, jobs, progress })
    if (shown >= 0) ctx.err('\r\u001b[K')
    return result
  }
}
