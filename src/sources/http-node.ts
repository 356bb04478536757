import { CONNECT_MS, type Dial, type Transfer } from './http-transfer.ts'

type Open = typeof import('node:http').request

/** One of them only: TLS takes some milliseconds to load. */
const openers: Record<string, Open> = {}
const opener = async (protocol: string): Promise<Open> =>
  protocol === 'https:' ? (await import('node:https')).request : (await import('node:http')).request

/** The fast way for a cold process: Node's own client, on its keep-alive agents. No proxies. */
export async function overNode(dial: Dial): Promise<Transfer> {
  const { protocol } = dial.url
  openers[protocol] ??= await opener(protocol)
  return begun(openers[protocol], dial)
}

function begun(open: Open, { url, method, headers, body, brake }: Dial): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const request = open(url, { method, headers })
    brake.closeBy(() => request.destroy(new Error('stopped')))
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
