import type { Source } from './bytes.ts'
import type { Scan } from './csv.ts'
import { SLACK } from './rows.ts'

const BODY = 1 << 20
const FIRST_ROOM = 1 << 16
/** Longest record that is read; a longer one is skipped and counted. */
const LONGEST = 32 << 20
const NEWLINE = 10

const blank = (room: number): Buffer => Buffer.allocUnsafe(room + BODY + SLACK)

const fill = (source: Source, buffer: Buffer, room: number): Promise<number> =>
  source.read(buffer.subarray(0, room + BODY), room)

/**
 * Reads a source from end to end and hands blocks to a scanner. The next block is read while this one is scanned; what is
 * left of an incomplete record is moved in front of the next block, so that records never span two.
 * @param tooLong called for a record beyond 32 MB, of which the rest of the line is passed over
 * @param tick called after every block, may throw to stop
 */
export async function pump(
  source: Source,
  scan: Scan,
  tooLong: () => void,
  tick: () => void,
): Promise<void> {
  let room = FIRST_ROOM
  let [now, next] = [blank(room), blank(room)]
  let from = room
  let to = room + (await fill(source, now, room))
  let skipping = false
  for (let ended = to === room; ; ) {
    const ahead = ended ? Promise.resolve(0) : fill(source, next, room)
    // An early failure must not count as unhandled while this block is scanned; it is thrown below.
    ahead.catch(() => {})
    if (skipping) {
      const newline = now.indexOf(NEWLINE, from)
      if (newline >= 0 && newline < to) {
        skipping = false
        from = newline + 1
      } else from = to
    }
    from = scan(now, from, to, ended)
    tick()
    if (ended) return
    const came = await ahead
    ended = came === 0
    let left = to - from
    if (left > LONGEST) {
      tooLong()
      skipping = true
      left = 0
    }
    if (left > room) {
      // The rare long record: both buffers get more room in front, and the block that came is moved.
      const wider = Math.max(room * 2, left)
      const moved = blank(wider)
      next.copy(moved, wider, room, room + came)
      now.copy(moved, wider - left, from, to)
      now = moved
      next = blank(wider)
      room = wider
    } else {
      now.copy(next, room - left, from, to)
      ;[now, next] = [next, now]
    }
    from = room - left
    to = room + came
  }
}
