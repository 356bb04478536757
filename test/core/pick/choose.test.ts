import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openPicker, type Picker } from '../../../src/commands/pick-world.ts'
import { authorOf } from '../../../src/core/catalog/names.ts'
import { meets, NEEDS, type Need } from '../../../src/core/catalog/needs.ts'
import { priceOfModel } from '../../../src/core/catalog/points.ts'
import { OrxError } from '../../../src/core/errors.ts'
import { compare, toNumber, type Usd, usd } from '../../../src/core/money.ts'
import type { Choice, PickRequest } from '../../../src/core/pick/request.ts'
import { world } from '../../context.ts'

let picker: Picker
beforeAll(async () => {
  picker = await openPicker(world().context, { catalog: 'snapshot' })
})

const PROMPTS = [
  'hello',
  'prove that the square root of 2 is irrational',
  'fix this function: def f(x): retrun x',
  'summarize this 400-page report',
  'ออกแบบระบบจองคิวโรงพยาบาล',
  'คืออะไร '.repeat(500),
]

const dollars = fc.integer({ min: 1, max: 30_000 }).map((units) => usd(`${units}e-5`))
const requests: fc.Arbitrary<PickRequest> = fc.record(
  {
    prompt: fc.constantFrom(...PROMPTS),
    needs: fc.uniqueArray(fc.constantFrom<Need>(...NEEDS), { maxLength: 2 }),
    maxTokens: fc.integer({ min: 1, max: 20_000 }),
    minContext: fc.constantFrom(8_000, 200_000, 1_000_000),
    maxPrice: fc.constantFrom(
      { input: usd('1'), output: usd('5') },
      { input: usd('0.1'), output: usd('0.5') },
    ),
    left: dollars,
    spike: fc.boolean(),
    priority: fc.constantFrom('quality', 'balanced', 'speed', 'cost'),
    allowPricier: fc.boolean(),
  },
  { requiredKeys: ['prompt'] },
)

/** Undefined where there is an error, which must be one that tells what to do. */
function picked(request: PickRequest): Choice | undefined {
  try {
    return picker.pick(request)
  } catch (error) {
    expect(error).toBeInstanceOf(OrxError)
    expect(['NOTHING_LEFT', 'OVER_BUDGET']).toContain((error as OrxError).code)
    return undefined
  }
}

const modelOf = (id: string) => {
  const model = picker.world.catalog.models.find((each) => each.id === id)
  if (!model) throw new Error(`not in the catalogue: ${id}`)
  return model
}

/** At most every byte of the prompt is a token, with room for the template; the dearest rate of the model. */
function worstOf(id: string, { prompt }: PickRequest, reply: number): number {
  const price = priceOfModel(modelOf(id))
  const rates = [price, ...(price?.overrides ?? [])]
  const dearest = (key: 'input' | 'output') =>
    Math.max(...rates.map((each) => Number(each?.[key] ?? 0)))
  return (dearest('input') * (Buffer.byteLength(prompt) + 136) + dearest('output') * reply) / 1e6
}

describe('laws', () => {
  test('no model outside the hard limits, none over the budget, no fallback dearer or alike', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const choice = picked(request)
        if (!choice) return
        for (const id of [choice.model, ...choice.fallbacks]) {
          const model = modelOf(id)
          expect(model.status).toBe('current')
          for (const need of request.needs ?? []) expect(meets(model, need)).toBe(true)
          expect(model.context).toBeGreaterThanOrEqual(request.minContext ?? 0)
          expect(model.maxOutput || Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
            request.maxTokens ?? 0,
          )
          const { input = '', output = '' } = priceOfModel(model) ?? {}
          const { maxPrice = { input: usd(input), output: usd(output) } } = request
          expect(compare(usd(input), maxPrice.input)).toBeLessThanOrEqual(0)
          expect(compare(usd(output), maxPrice.output)).toBeLessThanOrEqual(0)
        }
        const authors = [choice.model, ...choice.fallbacks].map(authorOf)
        expect(new Set(authors).size).toBe(authors.length)
        withinBudget(choice, request)
      }),
      { numRuns: 150 },
    )
  })

  test('the same request has the same choice', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(picked(request)).toEqual(picked(request))
      }),
      { numRuns: 30 },
    )
  })

  test('fallbacks cost no more than the first choice, unless that is allowed', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const choice = picked({ ...request, allowPricier: false })
        if (!choice) return
        const cost = (id: string): Usd | undefined => {
          const price = priceOfModel(modelOf(id))
          return price?.overrides
            ? undefined
            : price?.output === undefined
              ? undefined
              : usd(price.output)
        }
        const { inputTokens, outputTokens } = choice.estimate
        for (const id of choice.fallbacks) {
          const price = priceOfModel(modelOf(id))
          const own = cost(id)
          if (!own || !price?.input) continue
          const expectedCost =
            (Number(price.input) * inputTokens + toNumber(own) * outputTokens) / 1e6
          expect(expectedCost).toBeLessThanOrEqual(toNumber(choice.estimate.cost) * 1.0001)
        }
      }),
      { numRuns: 60 },
    )
  })
})

function withinBudget({ model, estimate }: Choice, request: PickRequest) {
  if (!request.left) return
  expect(estimate.maxTokens).toBeDefined()
  expect(worstOf(model, request, estimate.maxTokens ?? 0)).toBeLessThanOrEqual(
    toNumber(request.left) * 1.0001,
  )
}

test('what is left decides the lane, downwards', () => {
  const lanes = ['0.1', '0.0005', '0.00001'].map(
    (left) => picked({ prompt: 'design a payment system', left: usd(left) })?.lane,
  )
  expect(lanes).toEqual(['complex', 'default', 'free'])
})

test('a spike of spending sends easy work to a free model, and hard work where it belongs', () => {
  expect(picked({ prompt: 'hello', spike: true })?.lane).toBe('free')
  expect(picked({ prompt: PROMPTS[1] ?? '', spike: true })?.lane).toBe('complex')
})

test('long material needs room', () => {
  const choice = picked({ prompt: 'hello', besides: ['word '.repeat(400_000)] })
  expect(modelOf(choice?.model ?? '').context).toBeGreaterThan(400_000)
})

test('priority is the dial', () => {
  const prompt = 'explain the causes of the First World War'
  const cost = (priority: 'quality' | 'cost') =>
    toNumber(picked({ prompt, priority })?.estimate.cost ?? usd('0'))
  expect(cost('quality')).toBeGreaterThan(cost('cost'))
})
