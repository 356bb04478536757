import type { Classification } from '../classify/classify.ts'
import type { Lane } from '../classify/task.ts'
import { OrxError } from '../errors.ts'
import { compare, toDecimal } from '../money.ts'
import { expected } from './expect.ts'
import { withFacts } from './facts.ts'
import { fieldOf, type PickWorld, type Wish } from './field.ts'
import { laneFor, stepsFrom, UNSURE } from './lane.ts'
import type { Choice, PickRequest, Weighed } from './request.ts'

/** OpenRouter takes three models at the most. */
const MOST_FALLBACKS = 2

/**
 * The model for a prompt: its lane's most useful one within every hard limit and the budget, lane by lane downwards, and
 * what stands in for it. The same request in the same world always gives the same choice.
 * @throws OrxError NOTHING_LEFT where the limits leave no model, OVER_BUDGET where what is left pays for none.
 */
export function choose(request: PickRequest, read: Classification, world: PickWorld): Choice {
  const classification = withFacts(read, request)
  const wanted = laneFor(classification)
  const wish: Wish = {
    request,
    expected: expected(request, classification.task),
    difficulty: classification.difficulty,
  }
  const reasons = [
    classification === read
      ? workReason(classification, wanted)
      : `${read.task} by its words, but on 100 pages or more, and that is research`,
  ]
  const passed: Lane[] = []
  for (const lane of stepsFrom(start(wanted, request, reasons))) {
    const field = fieldOf(lane, wish, world)
    reasons.push(...field.notes)
    const weighed = affordable(field.weighed, wish)
    const [first] = weighed
    if (!first) {
      passed.push(lane)
      continue
    }
    const others = affordable(field.others, wish)
    return {
      classification,
      wanted,
      lane,
      model: first.model,
      fallbacks: fallbacks(first, [...weighed, ...others], request),
      estimate: {
        inputTokens: wish.expected.input,
        outputTokens: wish.expected.output,
        maxTokens: request.left === undefined ? request.maxTokens : first.maxTokens,
        cost: first.cost,
        worst: first.worst,
      },
      reasons: [
        ...reasons,
        ...(passed.length > 0 ? [`${[...passed, lane].join(' → ')}: ${shortage(wish)}`] : []),
        modelReason(first, lane, world),
      ],
      weighed,
    }
  }
  throw new OrxError(
    request.left === undefined ? 'NOTHING_LEFT' : 'OVER_BUDGET',
    [
      `no model of the lanes ${passed.join(', ')} can answer this: ${shortage(wish)}`,
      ...reasons.slice(1),
    ].join('; '),
    request.left === undefined
      ? 'Loosen --needs, --max-price or --min-context.'
      : 'Raise the budget, or shorten the prompt or --max-tokens.',
  )
}

/** Where spending runs high, work that is not hard goes to a free model. */
function start(wanted: Lane, { spike }: PickRequest, reasons: string[]): Lane {
  if (!spike || wanted !== 'default') return wanted
  reasons.push('nearly all of the budget is spent, so a free model does the easy work')
  return 'free'
}

/** Those for which what is left pays the whole of the expected reply, at the worst price. */
const affordable = (list: readonly Weighed[], { request, expected }: Wish): readonly Weighed[] =>
  request.left === undefined
    ? list
    : list.filter(({ worst, maxTokens }) => worst && maxTokens >= expected.output)

/** Each of another author and another host than all before it, and not dearer than the first unless that is allowed. */
function fallbacks(
  first: Weighed,
  list: readonly Weighed[],
  { allowPricier }: PickRequest,
): readonly string[] {
  const found = [first]
  for (const each of list) {
    if (found.length > MOST_FALLBACKS) break
    const dearer = compare(each.cost, first.cost) > 0
    const alike = found.some(
      ({ author, provider }) =>
        author === each.author || (provider !== null && provider === each.provider),
    )
    if (alike || (dearer && !allowPricier)) continue
    found.push(each)
  }
  return found.slice(1).map(({ model }) => model)
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function workReason({ task, lane, confidence }: Classification, wanted: Lane): string {
  const seen = `${task}, ${percent(confidence)} sure of the lane ${lane}`
  if (wanted !== lane) return `${seen}: too little, so ${wanted}, which does all work well`
  return confidence < UNSURE ? `${seen}: a guess` : seen
}

/** Why a lane is passed by: its models exist, but what is left does not pay for them. */
const shortage = ({ request: { left }, expected }: Wish): string =>
  left === undefined
    ? 'nothing to take there'
    : `$${toDecimal(left)} is left, too little for a reply of ${expected.output} tokens`

function modelReason({ model, quality, utility }: Weighed, lane: Lane, world: PickWorld): string {
  if (utility === null && world.lists[lane]) {
    return `${model} is the first of ${world.listsOf}'s list for ${lane} that can be had`
  }
  const score = quality === null ? '' : `, score ${quality.toFixed(1)}`
  return `${model} has the best of quality${score}, price and speed for this prompt`
}
