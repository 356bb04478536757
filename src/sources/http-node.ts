import { CONNECT_MS, type Dial, type Transfer } from './http-transfer.ts'

/** The fast way for a cold process: Node's own client, on its keep-alive agents. No proxies. */
export async function overNode({ url, method, headers, body, signal }: Dial): Promise<Transfer> {
  // One of them only: TLS takes some milliseconds to load.
  const { request: open } =
    url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = open(url, {
      method,
      headers: { ...headers, ...length },
      signal,
    })
    request.once('socket', (socket) => {
      if (!socket.connecting) return
      const late = () => request.destroy(Object.assign(new Error('connect'), { code: 'ETIMEDOUT' }))
      const timer = setTimeout(late, CONNECT_MS)
      const done = () => clearTimeout(timer)
      socket.once('connect', done).once('close', done)
    })
    request.once('error', reject)
    request.once('response', (response) => {
      // After the headers the body's reader gets the error; without a listener Node would throw it.
      request.on('error', () => {})
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: response,
        close: () => response.destroy(),
      })
    })
    request.end(body)
  })
}
