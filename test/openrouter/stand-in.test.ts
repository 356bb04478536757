import { afterAll, beforeAll, expect, test } from 'vitest'
import { hangUp, json } from './replies.ts'
import { refusedUrl, type StandIn, startStandIn } from './server.ts'

let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())

test.each(['/models', '/providers', '/models/openai/gpt-5.1/endpoints'])(
  '%s answers 304 to its own ETag',
  async (path) => {
    const first = await fetch(standIn.url + path)
    expect(first.status).toBe(200)
    const etag = first.headers.get('etag') ?? ''
    const second = await fetch(standIn.url + path, { headers: { 'if-none-match': etag } })
    expect(second.status).toBe(304)
  },
)

test('scripted replies come first, in order, and only once', async () => {
  standIn.script('/providers', json(503, { error: { code: 503, message: 'overloaded' } }), hangUp)
  expect((await fetch(`${standIn.url}/providers`)).status).toBe(503)
  await expect(fetch(`${standIn.url}/providers`)).rejects.toThrow()
  expect((await fetch(`${standIn.url}/providers`)).status).toBe(200)
})

test('a refused URL refuses', async () => {
  await expect(fetch(await refusedUrl())).rejects.toThrow()
})
