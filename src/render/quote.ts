import type { PricePoint, Rates } from '../core/catalog/price.ts'
import type { Label } from '../core/playbook/playbook.ts'
import type { Quoted, Today } from '../core/playbook/today.ts'
import { rate } from './money.ts'
import { glued } from './paragraph.ts'

/** "5.00 / 25.00"; "–" for what is not known. */
export const pair = ({ input, output }: Rates): string => `${one(input)} / ${one(output)}`

/** Pairs of a column, with the strokes under each other. */
export function pairOf(all: readonly Rates[]): (rates: Rates) => string {
  const widest = Math.max(0, ...all.map(({ output }) => one(output).length))
  return ({ input, output }) => `${one(input)} / ${one(output).padStart(widest)}`
}

const one = (text: string | undefined): string => (text === undefined ? '–' : short(rate(text)))

/** At most four decimals: a price of an averaging host can have twenty. */
const short = (text: string): string => {
  const [whole = '', fraction = ''] = text.split('.')
  return fraction.length <= 4 ? text : `${whole}.${fraction.slice(0, 4)}…`
}

/** A price as its source put it: "~0.35–0.60 / ~0.40–0.90", "3.00 / 15.00", "unpriced". */
export function quoted({ price, low, approximate, unpriced }: PricePoint): string {
  if (!price || unpriced !== undefined) return 'unpriced'
  const side = (dimension: 'input' | 'output') => {
    const range = low?.[dimension] === undefined ? '' : `${one(low[dimension])}–`
    return `${approximate ? '~' : ''}${range}${one(price[dimension])}`
  }
  return `${side('input')} / ${side('output')}`
}

/**
 * What is true today of a model that the report names, in one line: "1.25 / 10.00, unchanged"; "retired, 6.00 / 30.00 on
 * 2025-12-02; successor claude-sonnet-5.5 2.00 / 10.00".
 */
export function todayText(today: Today, name: (id: string) => string): string {
  const { status, now, said, successor, expires } = today
  const gone = expires ? `; goes on ${expires}` : ''
  switch (status) {
    case 'current':
      return `${glued(quoted(now.point))}${change(now, said)}${gone}`
    case 'renamed':
      return `now ${offer(now, name)}`
    case 'retired':
      return `retired, ${last(now)}${successor ? `; successor ${offer(successor, name)}` : ''}`
    default:
      return status satisfies never
  }
}

const change = ({ point }: Quoted, said: PricePoint | null): string => {
  if (!said?.price || !point.price) return ''
  const same = said.price.input === point.price.input && said.price.output === point.price.output
  if (same && !said.approximate && !said.low) return ', unchanged'
  const wasFree = said.price.input === '0' && said.price.output === '0'
  return wasFree && !same ? ', no longer free' : ''
}

const last = ({ point }: Quoted): string => {
  if (point.source !== 'report') return `${glued(quoted(point))} on ${point.asOf}`
  return point.price
    ? `in no capture; last price the report's ${glued(quoted(point))}`
    : 'in no capture and unpriced'
}

const offer = ({ id, point }: Quoted, name: (id: string) => string): string =>
  `${name(id)} ${glued(quoted(point))}`

export const inLanguage = (text: string | Label | undefined, language: keyof Label): string =>
  text === undefined ? '' : typeof text === 'string' ? text : text[language]
