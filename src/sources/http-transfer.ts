/** One exchange, as both ways to the network carry it out. */
export type Dial = {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal
}

export type Transfer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: AsyncIterable<Uint8Array>
  /** Closes the connection, whether or not the body was read. */
  readonly close: () => void
}

/** URLs of proxies by the scheme of what is asked, "" for none, and the text of NO_PROXY. */
export type Proxies = { readonly http: string; readonly https: string; readonly except: string }

/** Longest wait for a connection. */
export const CONNECT_MS = 5_000
