import type { DirectOffer } from '../../catalog/direct.ts'
import type { Catalog, Model } from '../../catalog/model.ts'
import { baseOf, variantOf } from '../../catalog/names.ts'
import { exactNames, ROUTING_ONLY } from '../join.ts'
import { type Dialect, literal } from './dialect.ts'

/** Names of models in a log, by the number of the model; what `joiner` knows, written out. */
export type Names = {
  readonly models: readonly Model[]
  /** One row a name, in lower case; a user's alias behind a plus, since it holds only as it stands. */
  readonly names: readonly (readonly [string, number])[]
  /** Number of a base model, name of its variant, number of that. */
  readonly variants: readonly (readonly [number, string, number])[]
}

/** @param aliases the user's own names; they come before every other */
export function namesOf(
  catalog: Catalog,
  offers: readonly DirectOffer[],
  aliases: ReadonlyMap<string, Model>,
): Names {
  const known = exactNames(catalog, offers)
  const used = [
    ...known,
    ...[...aliases].map(([alias, model]) => [`+${alias.toLowerCase()}`, model] as const),
  ].filter(([text]) => isPlain(text))
  const models = [...new Set(used.map(([, model]) => model))]
  const numberOf = new Map(models.map((model, at) => [model, at + 1]))
  const number = (model: Model): number => numberOf.get(model) ?? 0
  const byId = new Map(models.map((model) => [model.id.toLowerCase(), model]))
  return {
    models,
    names: used.map(([text, model]) => [text, number(model)]),
    variants: used.flatMap(([text, model]) => {
      const variant = variantOf(text)
      const base = byId.get(baseOf(text))
      return variant && base ? [[number(base), variant, number(model)] as const] : []
    }),
  }
}

const isPlain = (text: string): boolean => /^[\w~:./@+ -]+$/u.test(text)

/** The plainer and plainer ways to write a name: those of `joiner`, in its order. */
function spellings({ without }: Dialect, name: string): readonly string[] {
  const bare = without(name, '^(openrouter|litellm)/')
  const tail = without(bare, '^.*/')
  const ofCloud = without(
    tail,
    '^([a-z]{2,6}[.])?(anthropic|meta|mistral|amazon|cohere|deepseek)[.]',
  )
  const undated = without(
    ofCloud,
    '[-@]([0-9]{8}|[0-9]{4}-[0-9][0-9]-[0-9][0-9])(-v[0-9]+(:[0-9]+)?)?$',
  )
  const dashes = ['.', '_'].reduce((text, mark) => `REPLACE(${text}, '${mark}', '-')`, undated)
  return [name, bare, tail, ofCloud, undated, without(dashes, '-latest$')]
}

const SAME_PRICE = ['', ...ROUTING_ONLY].map(literal).join(', ')

/**
 * DuckDB and PostgreSQL: `joined` has each name of `cells` that is known with its model's number, and whether it is a free
 * variant that has no row of its own.
 */
export function joinedClauses(dialect: Dialect, { variants }: Names): string {
  const tries = spellings(dialect, 'name').map(
    (text, rank) => `SELECT orx_name, variant, far + ${rank} AS rank, ${text} AS name FROM written`,
  )
  const colon = "POSITION(':' IN orx_name)"
  return `variants(number, variant, own) AS (VALUES
${variants.map(([base, variant, own]) => `(${base},${literal(variant)},${own})`).join(',')}
), written AS (
  SELECT DISTINCT orx_name, 0 AS far, '' AS variant, orx_name AS name FROM cells
  UNION ALL SELECT DISTINCT orx_name, 10, SUBSTR(orx_name, ${colon} + 1), SUBSTR(orx_name, 1, ${colon} - 1)
  FROM cells WHERE ${colon} > 0
), tries AS (
  SELECT orx_name, variant, -1 AS rank, '+' || name AS name FROM written WHERE far = 0
  UNION ALL ${tries.join('\n  UNION ALL ')}
), found AS (
  SELECT DISTINCT ON (orx_name) orx_name, variant, number FROM tries JOIN names USING (name) ORDER BY orx_name, rank
), joined AS (
  SELECT orx_name, COALESCE(own, found.number) AS number, CASE WHEN own IS NULL AND found.variant = 'free' THEN 1 ELSE 0 END AS free
  FROM found LEFT JOIN variants ON variants.number = found.number AND variants.variant = found.variant
  WHERE own IS NOT NULL OR found.variant IN (${SAME_PRICE}, 'free')
)`
}

/** ClickHouse: the cells with `number`, 0 where a name is unknown, and `free`, without a join. */
export function joinedCells(dialect: Dialect, { names, variants }: Names, cells: string): string {
  const own = spellings(dialect, 'orx_name')
  const base = spellings(dialect, 'orx_base')
  const tries = ["concat('+', orx_name)", ...own, ...base]
  return `SELECT *, if(orx_own > 0, orx_own, if(orx_variant IN (${SAME_PRICE}, 'free'), orx_first, 0)) AS number,
    if(orx_own = 0 AND orx_variant = 'free', 1, 0) AS free
  FROM (
    SELECT *, toInt32(transform(concat(toString(orx_first), ':', orx_variant), [
${wrapped(variants.map(([number, variant]) => literal(`${number}:${variant}`)))}], [${variants.map(([, , each]) => each).join(',')}], 0)) AS orx_own
    FROM (
      SELECT *, arrayFirstIndex(found -> found > 0, orx_found) AS orx_at, toInt32(orx_found[greatest(orx_at, 1)]) AS orx_first,
        if(orx_at > ${1 + own.length}, substring(orx_name, position(orx_name, ':') + 1), '') AS orx_variant
      FROM (
        SELECT *, arrayMap(name -> transform(name, [
${wrapped(names.map(([text]) => literal(text)))}], [${names.map(([, number]) => number).join(',')}], 0), [${tries.join(',\n          ')}]) AS orx_found
        FROM (
          SELECT *, if(position(orx_name, ':') > 0, substring(orx_name, 1, position(orx_name, ':') - 1), '') AS orx_base
          FROM (${cells})
        )
      )
    )
  )`
}

/** Several to a line, so that the statement can still be looked at. */
export function wrapped(texts: readonly string[]): string {
  const out: string[] = []
  let line = ''
  for (const text of texts) {
    if (line.length + text.length > 150) {
      out.push(line)
      line = ''
    }
    line += `${text},`
  }
  return [...out, line].join('\n').replace(/,$/, '')
}
