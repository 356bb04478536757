import { expect, test } from 'vitest'
import { orx } from './context.ts'

test.each([
  ['cots', 'there is no command "cots"', 'Did you mean `orx cost`?'],
  ['cost --inn 3', "unknown option '--inn' (Did you mean --in?)", 'Run `orx cost --help`.'],
  ['--offline cost --bad', "unknown option '--bad'", 'Run `orx cost --help`.'],
  // Words of a prompt are no commands.
  ['chat --bad models', "unknown option '--bad'", 'Run `orx chat --help`.'],
])('orx %s', async (line, message, remedy) => {
  const { status, err } = await orx(line)
  expect({ status, err }).toEqual({ status: 2, err: `error: ${message}\n  ${remedy}\n` })
})
