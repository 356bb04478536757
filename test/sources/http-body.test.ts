import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readBody } from '../../src/sources/http-body.ts'
import { newBrake } from '../../src/sources/http-transfer.ts'

test('a body that broke before it was read is an error, not a wait', async () => {
  const body = Readable.from(['x']).destroy()
  await new Promise((resolve) => body.once('close', resolve))
  const limits = {
    origin: { url: new URL('http://127.0.0.1/v1'), proxies: undefined },
    idleMs: 60_000,
    maxBytes: 1,
    brake: newBrake(),
    close: () => {},
    release: () => {},
  }
  await expect(readBody(body, limits, () => true)).rejects.toMatchObject({
    code: 'UPSTREAM_FAILED',
    message: 'the connection to 127.0.0.1 broke off in the middle of /v1',
  })
})
