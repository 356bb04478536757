import type { Readable } from 'node:stream'

/** One exchange, as both ways to the network carry it out. */
export type Dial = {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly brake: Brake
}

export type Transfer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Readable
  /** Closes the connection, whether or not the body was read. */
  readonly close: () => void
}

/** Why we ourselves gave up. */
export type Stop = 'interrupted' | 'slow' | 'stalled'

/** Closes one exchange from outside. An AbortSignal would do, and take a twentieth of a warm request on loopback. */
export type Brake = {
  /** The first reason counts. */
  readonly pull: (why: Stop) => void
  readonly pulled: () => Stop | undefined
  /** How the exchange is closed; called at once where the brake is pulled already. */
  readonly closeBy: (close: () => void) => void
}

export function newBrake(): Brake {
  let why: Stop | undefined
  let closing = () => {}
  return {
    pull: (reason) => {
      if (why) return
      why = reason
      closing()
    },
    pulled: () => why,
    closeBy: (close) => {
      closing = close
      if (why) close()
    },
  }
}

/** URLs of proxies by the scheme of what is asked, "" for none, and the text of NO_PROXY. */
export type Proxies = { readonly http: string; readonly https: string; readonly except: string }

/** Longest wait for a connection. */
export const CONNECT_MS = 5_000
