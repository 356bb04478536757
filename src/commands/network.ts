import type { Context } from '../context.ts'
import type { Network } from '../sources/http.ts'
import type { Globals } from './globals.ts'

/** What this command line may do on the network. */
export const network = (
  { env, signal }: Context,
  { offline, proxy }: Pick<Globals, 'offline' | 'proxy'>,
): Network => ({ env, signal, offline, proxy })
