import { OrxError } from '../../core/errors.ts'
import type { DeliveryWorld } from './delivery.ts'

/** Waits before another try. @throws OrxError INTERRUPTED */
export function pause(ms: number, { signal, network }: DeliveryWorld): Promise<void> {
  return new Promise((resolve, reject) => {
    const signals = [signal, network.signal]
    const end = (finish: () => void) => () => {
      clearTimeout(timer)
      for (const each of signals) each.removeEventListener('abort', stopped)
      finish()
    }
    const stopped = end(() =>
      reject(new OrxError('INTERRUPTED', 'interrupted', 'Run the command again.')),
    )
    const timer = setTimeout(end(resolve), ms)
    for (const each of signals) {
      if (each.aborted) stopped()
      else each.addEventListener('abort', stopped, { once: true })
    }
  })
}
