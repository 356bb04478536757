import { beforeAll, describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/receipt.ts'
import { pastHome } from '../sources/ledger/past.ts'

let env = { ORX_HOME: '' }
beforeAll(async () => {
  env = { ORX_HOME: await pastHome() }
})

describe('orx receipt', () => {
  test.each([
    ['receipt 1', 'receipt.txt'],
    ['receipt 2', 'receipt-byok.txt'],
    ['receipt 3', 'receipt-direct.txt'],
    ['receipt 4', 'receipt-cut.txt'],
    ['receipt', 'receipt-open.txt'],
    ['receipt 1 --format csv', 'receipt.csv'],
    ['receipt 1 --format md', 'receipt.md'],
    ['receipt --help', 'receipt-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await orx(line, { env })
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test('--json: the estimate against the bill, hop by hop', async () => {
    const { out } = await orx('receipt 1 --json', { env })
    const receipt = contract.parse(JSON.parse(out))
    expect(receipt).toMatchObject({
      id: 1,
      session: 'work',
      lane: 'complex',
      estimate: '0.001185',
      spend: '0.00118500000000000000000001',
      settledBy: 'reported',
      prompt: null,
    })
    expect(
      receipt.attempts.map(({ status, spend, settledBy }) => [status, spend, settledBy]),
    ).toEqual([
      ['failed', '0', 'nothing'],
      ['ok', '0.00118500000000000000000001', 'reported'],
    ])
  })

  test.each([
    [2, '0.000525', 'reported'],
    [3, '0.00022', 'estimate'],
    [4, '0.0123', 'worst-case'],
    [5, '0', 'reported'],
    [6, null, null],
  ])('%i spent %s by %s', async (id, spend, settledBy) => {
    const { out } = await orx(`receipt ${id} --json`, { env })
    expect(contract.parse(JSON.parse(out))).toMatchObject({ spend, settledBy })
  })

  test('--on reprices the same tokens at the price of the catalogue', async () => {
    const { out } = await orx(
      'receipt 2 --on openai/gpt-5.1 --on gpt-5-nano --json --catalog report',
      { env },
    )
    expect(contract.parse(JSON.parse(out)).on.map(({ model }) => model)).toEqual([
      'openai/gpt-5.1',
      'openai/gpt-5-nano',
    ])
  })

  test.each([
    ['receipt 99', 3, 'there is no receipt 99'],
    ['receipt x', 2, 'the receipt'],
    ['receipt 1 --on no-such-model', 3, 'no-such-model'],
  ])('%s exits %i: %s', async (line, code, message) => {
    const { status, out, err } = await orx(line, { env })
    expect({ status, out }).toEqual({ status: code, out: '' })
    expect(err).toContain(message)
  })

  test('a prompt whose process died is lost once its reservation has expired', async () => {
    const now = () => new Date('2026-11-22T12:30:00Z')
    const { out } = await orx('receipt --json', { env, now })
    expect(contract.parse(JSON.parse(out))).toMatchObject({
      spend: null,
      settledBy: 'unknown',
      attempts: [{ status: 'lost' }],
    })
  })

  test('before the first prompt', async () => {
    expect(await orx('receipt')).toMatchObject({ status: 3, out: '' })
  })
})
