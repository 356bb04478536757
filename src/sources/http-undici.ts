import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { CONNECT_MS, type Dial, type Proxies, type Transfer } from './http-transfer.ts'

/** One pool of connections for each set of proxies, kept for the life of the process; idle sockets do not hold it. */
const pools = new Map<string, Dispatcher>()

export function overUndici(proxies: Proxies | undefined): (dial: Dial) => Promise<Transfer> {
  const pool = poolFor(proxies)
  return async ({ url, method, headers, body, brake }) => {
    const control = new AbortController()
    brake.closeBy(() => control.abort())
    const response = await pool.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as Dispatcher.HttpMethod,
      headers: { ...headers },
      body: body ?? null,
      signal: control.signal,
      // The caller's clocks are the ones that count.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const { statusCode: status, headers: answered, body: pieces } = response
    return {
      status,
      headers: answered,
      body: pieces,
      close: () => pieces.on('error', () => {}).destroy(),
    }
  }
}

function poolFor(proxies: Proxies | undefined): Dispatcher {
  const key = JSON.stringify(proxies ?? null)
  const known = pools.get(key)
  if (known) return known
  const connect = { timeout: CONNECT_MS }
  const pool = proxies
    ? new EnvHttpProxyAgent({
        connect,
        proxyTls: connect,
        requestTls: connect,
        httpProxy: proxies.http,
        httpsProxy: proxies.https,
        noProxy: proxies.except,
      })
    : new Agent({ connect })
  pools.set(key, pool)
  return pool
}
