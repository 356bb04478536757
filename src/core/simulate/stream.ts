import { mersenne } from 'pure-rand/generator/mersenne'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** 32 random bits a call, as a signed integer. */
export type Stream = { next(): number }

/**
 * A random stream of its own for every purpose: the same name gives the same numbers in every policy that is compared, on
 * every worker and in every version of Node. xoroshiro128+ is the fastest generator of the library, but nearby seeds start
 * alike in it; so its state comes out of a Mersenne Twister (docs/decisions/0031).
 */
export function stream(seed: number, run: number, name: string): Stream {
  const seeder = mersenne(hash(`${seed}/${run}/${name}`))
  return xoroshiro128plusFromState([seeder.next(), seeder.next(), seeder.next(), seeder.next() | 1])
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  return value
}

/** Uniform in (0, 1), never an end. */
export const uniform = (from: Stream): number => ((from.next() >>> 0) + 0.5) / 4294967296
