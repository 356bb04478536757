import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/config.ts'
import { contract as pathContract } from '../contract/config-path.ts'

function home(text?: string): { env: { ORX_HOME: string }; file: string } {
  const folder = newHome()
  const file = join(folder, 'config.toml')
  mkdirSync(folder, { recursive: true })
  if (text !== undefined) writeFileSync(file, text)
  return { env: { ORX_HOME: folder }, file }
}

describe('orx config', () => {
  test('path names a file under ORX_HOME', async () => {
    const { env, file } = home()
    expect(await orx('config path', { env })).toEqual({ status: 0, out: `${file}\n`, err: '' })
    const { out } = await orx('config path --json', { env })
    expect(pathContract.parse(JSON.parse(out)).file).toBe(file)
  })

  test('set keeps comments and other settings, and the file is private', async () => {
    const { env, file } = home(
      '# mine\n[alias]\nslow = "openai/o3-pro" # why\n\n[discount]\nopenai = 0.1\n',
    )
    await orx('config set alias.fast openai/gpt-5-nano', { env })
    await orx('config set discount.openai 20%', { env })
    await orx('config set price.openai/gpt-5.1.input 1.10', { env })
    await orx('config set lanes.code a/b,c/d', { env })
    expect(readFileSync(file, 'utf8')).toBe(
      [
        '# mine',
        '[alias]',
        'fast = "openai/gpt-5-nano"',
        'slow = "openai/o3-pro" # why',
        '',
        '[discount]',
        'openai = "20%"',
        '',
        '[price."openai/gpt-5.1"]',
        'input = "1.10"',
        '',
        '[lanes]',
        'code = ["a/b", "c/d"]',
        '',
      ].join('\n'),
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await orx('config get discount.openai', { env })).out).toBe('0.2\n')
    expect((await orx('config get', { env })).out).toContain('lanes.code = a/b,c/d\n')
    const { settings } = contract.parse(JSON.parse((await orx('config --json', { env })).out))
    expect(settings['lanes.code']).toBe('a/b,c/d')
  })

  test.each([
    ['config set nonsense.x 1', 'nonsense'],
    ['config set discount.openai 120%', 'discount.openai'],
    ['config set price.openai/gpt-5.1.inputt 1', 'price'],
    ['config set alias x', 'names no setting'],
    ['config get alias.none', 'is not set'],
  ])('%s is refused and changes nothing', async (line, message) => {
    const { env, file } = home('[alias]\na = "b"\n')
    const { status, err } = await orx(line, { env })
    expect(status).toBe(2)
    expect(err).toContain(message)
    expect(readFileSync(file, 'utf8')).toBe('[alias]\na = "b"\n')
  })

  test.each([
    ['[alias\n', 'config.toml:1:'],
    ['[discount]\nopenai = "lots"\n', 'discount.openai: a share such as'],
  ])('a broken file is named: %j', async (text, message) => {
    const { env } = home(text)
    const { status, err } = await orx('config get', { env })
    expect(status).toBe(2)
    expect(err).toContain(message)
  })
})
