import { describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/fees.ts'

describe('orx fees', () => {
  test.each([
    ['fees', 'fees.txt'],
    ['fees --format csv', 'fees.csv'],
    ['fees --format md', 'fees.md'],
    ['fees --buy 25', 'fees-buy.txt'],
    ['fees --cash 100 --deducted', 'fees-deducted.txt'],
    ['fees --buy 100 --plan business', 'fees-business.txt'],
    ['fees --help', 'fees-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await orx(line)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test.each([
    ['fees --buy 5', '5.8'],
    ['fees --buy 10', '10.8'],
    ['fees --buy 25', '26.38'],
    ['fees --buy 100', '105.5'],
    ['fees --buy 100 --pay crypto', '105'],
    ['fees --cash 100', '100'],
  ])('%s --json: cash %s', async (line, cash) => {
    const { out } = await orx(`${line} --json`)
    expect(contract.parse(JSON.parse(out)).purchase?.cash).toBe(cash)
  })

  test.each([
    ['fees --cash 100', '94.79'],
    ['fees --cash 100 --deducted', '94.5'],
  ])('%s --json: credits %s', async (line, credits) => {
    expect(JSON.parse((await orx(`${line} --json`)).out).purchase.credits).toBe(credits)
  })

  test.each([
    ['fees --fees 1999-01', 2, 'there is no fee schedule "1999-01"'],
    ['fees --buy 5 --plan enterprise', 8, 'negotiated'],
    ['fees --buy 5 --plan business --pay crypto', 8, 'not known'],
    ['fees --buy 5 --plan business --fees 2025-11', 2, 'knows no business plan'],
    ['fees --buy 5 --cash 5', 2, 'exclude each other'],
    ['fees --deducted', 2, '--deducted needs --cash'],
    ['fees --buy five', 2, '"five" is not understood'],
  ])('%s exits %i: %s', async (line, code, message) => {
    const { status, out, err } = await orx(line)
    expect({ status, out }).toEqual({ status: code, out: '' })
    expect(err).toContain(message)
  })
})
