import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import type { PickRequest } from '../core/pick/request.ts'
import type { Globals } from './globals.ts'
import { openAttached } from './pick-attached.ts'
import { type PickFlags, requestOf } from './pick-request.ts'
import { openPicker, type Picker } from './pick-world.ts'

/**
 * Reads JSON lines with a `prompt` and writes each again, with what was picked, in the same order and at once. Other fields
 * pass through. A bad line is named on stderr and skipped.
 * @throws OrxError BAD_ROWS at the end where any line was bad, FILE_NOT_FOUND
 */
export async function pickBatch(
  ctx: Context,
  file: string,
  flags: PickFlags,
  options: Globals,
): Promise<void> {
  const picker = await openPicker(ctx, options, flags)
  const along = await openAttached(ctx, flags, options)
  const request = await requestOf(ctx, '', flags, along, picker.world)
  let line = 0
  let bad = 0
  for await (const text of linesOf(ctx, file)) {
    line += 1
    if (text.trim() === '') continue
    try {
      ctx.out(`${JSON.stringify(answered(text, picker, request))}\n`)
    } catch (error) {
      if (!(error instanceof OrxError)) throw error
      bad += 1
      ctx.err(`line ${line}: ${error.message}\n`)
    }
    if (ctx.signal.aborted) throw new OrxError('INTERRUPTED', 'interrupted', 'Run it again.')
  }
  if (bad === 0) return
  throw new OrxError(
    'BAD_ROWS',
    `${bad} of ${line} lines could not be picked for`,
    'Each line must be a JSON object with "prompt", a text.',
  )
}

function answered(text: string, picker: Picker, request: PickRequest): object {
  const row = rowOf(text)
  const { classification, lane, model } = picker.pick({ ...request, prompt: row.prompt })
  const { task, confidence, difficulty } = classification
  return {
    ...row,
    task,
    lane,
    confidence: rounded(confidence),
    difficulty: rounded(difficulty),
    model,
  }
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000

function rowOf(text: string): { readonly prompt: string } {
  const row = parsed(text)
  if (typeof row === 'object' && row !== null && 'prompt' in row) {
    const { prompt } = row
    if (typeof prompt === 'string') return { ...row, prompt }
  }
  throw new OrxError('BAD_INPUT', 'no text under "prompt"', 'Give {"prompt": "…"}.')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OrxError('BAD_INPUT', 'not JSON', 'Give {"prompt": "…"}.')
  }
}

async function* linesOf(ctx: Context, file: string): AsyncGenerator<string> {
  const input = file === '-' ? ctx.stdin.stream : createReadStream(file, 'utf8')
  try {
    // A byte order mark may stand before the first line.
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      yield text.replace(/^\ufeff/, '')
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === undefined) throw cause
    throw new OrxError('FILE_NOT_FOUND', `${file} cannot be read (${code})`, 'Check the path.', {
      cause,
    })
  }
}
