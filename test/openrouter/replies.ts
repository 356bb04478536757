import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

/** One request as the stand-in received it. */
export type Received = {
  readonly method: string
  /** Path below the mount point, without the query: "/chat/completions". */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The parsed JSON body; undefined where there was none. */
  readonly body: unknown
  /** Set once the client has closed the connection before the reply ended. */
  aborted: boolean
}

/** Answers one request, well or badly. */
export type Reply = (response: ServerResponse, request: Received) => void | Promise<void>

/** A JSON body under a status. */
export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }

/** Raw bytes of any type under a status. */
export const raw =
  (status: number, body: string | Uint8Array, type = 'text/html'): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': type })
    response.end(body)
  }

/** Waits, then answers with another reply. */
export const after =
  (ms: number, reply: Reply): Reply =>
  async (response, request) => {
    await sleep(ms)
    if (!response.destroyed) await reply(response, request)
  }

/** Takes the request and closes the socket without a byte. */
export const hangUp: Reply = (response) => {
  response.destroy()
}

/** Takes the request and never answers. */
export const silence: Reply = () => {}

/** What a streamed reply does next: bytes to write, a pause, or the socket torn down. */
export type Step = string | Uint8Array | { readonly waitMs: number } | 'cut'

/** A streamed reply (server-sent events), step by step. */
export const stream =
  (steps: Iterable<Step>, headers: Readonly<Record<string, string>> = {}): Reply =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
    response.flushHeaders()
    for (const step of steps) {
      if (response.destroyed) return
      if (step === 'cut') {
        // Lets what was written reach the client first.
        await sleep(5)
        response.destroy()
        return
      }
      if (typeof step === 'object' && 'waitMs' in step) await sleep(step.waitMs)
      else if (!response.write(step)) await drained(response)
    }
    response.end()
  }

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    response.once('drain', resolve)
    response.once('close', resolve)
  })
