import { expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/catalog-diff.ts'
import { filesOf } from '../sources/logs/read.ts'

// z-ai/glm-5.3 has captures of August and November; gpt-5.1 costs 1.25 in both.
const LOG = `model,created_at,input_tokens,output_tokens
z-ai/glm-5.3,2026-11-01,1000000,1000000
openai/gpt-5.1,2026-11-01,1000000,0
acme/unheard-of,2026-11-01,1000000,0
`

test('where no model has a price in both', async () => {
  const [file = ''] = filesOf('model,input_tokens,output_tokens\nacme/unheard-of,1,1\n')
  const { out } = await orx(`catalog diff 2026-08-22 snapshot --usage ${file}`)
  expect(out).toMatch(/^None of your models is priced in both\nnot counted: acme\/unheard-of\n/)
})

test('orx catalog diff --usage: the changes in the user’s own money', async () => {
  const [file = ''] = filesOf(LOG)
  const line = `catalog diff 2026-08-22 snapshot --usage ${file}`
  const { status, out } = await orx(`${line} --json`)
  expect(status).toBe(0)
  const { usage, repriced } = contract.parse(JSON.parse(out))
  const glm = repriced.find(({ model }) => model === 'z-ai/glm-5.3')
  // One million tokens each way: the cost is the sum of the two prices.
  const sum = (quote: { input: string | null; output: string | null } | undefined) =>
    Number(quote?.input) + Number(quote?.output)
  expect(usage?.changed.map(({ model }) => model)).toEqual(['z-ai/glm-5.3'])
  expect(Number(usage?.changed[0]?.from)).toBeCloseTo(sum(glm?.from), 9)
  expect(Number(usage?.changed[0]?.to)).toBeCloseTo(sum(glm?.to), 9)
  expect({ same: usage?.same, unpriced: usage?.unpriced }).toEqual({
    same: 1,
    unpriced: ['acme/unheard-of'],
  })
  expect((await orx(line)).out).toContain('1 of your 2 models changed')
})
