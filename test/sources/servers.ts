import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** A real server on 127.0.0.1 for one test. */
export async function serve(listener: RequestListener): Promise<string> {
  return listen(createServer(listener))
}

/** A real proxy that tunnels; `seen` collects what it was asked to reach and by whom. */
export async function proxy(refuse?: number) {
  const seen: { target: string; authorization: string | undefined }[] = []
  const server = createServer((_, response) => response.writeHead(400).end())
  server.on('connect', (request, client, head) => {
    const target = request.url ?? ''
    seen.push({ target, authorization: request.headers['proxy-authorization'] })
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const [host, port] = target.split(':')
    const upstream = connect(Number(port), host ?? '', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    for (const socket of [upstream, client]) socket.on('error', () => client.destroy())
  })
  return { url: await listen(server), seen }
}

/** A port where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  const { port } = new URL(await listen(server))
  await new Promise((done) => server.close(done))
  return Number(port)
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
