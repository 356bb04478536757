import { describe, expect, test } from 'vitest'
import { columnsOf } from '../../src/render/width.ts'
import { newHome, orx } from '../context.ts'

const LINES = [
  '',
  '--help',
  'recommend coding',
  'recommend coding --explain',
  'recommend --list',
  'recommend พิสูจน์คณิตศาสตร์ --lang th',
  'recommend platform',
  'models',
  'models claude',
  'models show gpt-5.1',
  'models show claude-3.5-sonnet',
  'models show deepseek-chat',
  'models compare gpt-5.1 claude-sonnet-5 deepseek-chat',
  'cost --in 100M --out 20M',
  'cost --in 100M --out 20M -m claude-3.5-sonnet',
  'cost --in 100M --out 20M -m claude-3.5-sonnet --explain',
  'cost --in 100M --out 20M -m gpt-5.1 --months 12 --growth 5%',
  'cost --in 1k --out 1k -m anthropic/claude-sonnet-4.5 --requests 10 --cached 60%',
  'fees',
  'fees --buy 25',
  'keys',
  'status',
  'budget',
  'config',
  'catalog',
  'catalog diff report snapshot',
  'catalog diff 2025-12-02 2026-11-10 -q',
  'catalog diff 2025-12-02 2026-11-10 -q --only new',
  'usage',
  'usage test/fixtures/generations.csv --on deepseek-chat --on-route credits',
  'catalog diff 2025-12-02 2026-11-10 -q --usage test/fixtures/generations.csv',
  'playbook',
  'playbook --lang th',
  'pick hi',
  'pick แก้โค้ดนี้ให้หน่อย',
  'pick hi --explain',
  'simulate deepseek-chat --requests 10k --runs 2',
] as const

const env = { ORX_HOME: newHome() }

/** Laid out for 80 columns. */
const ROOMY: ReadonlySet<string> = new Set(['', '--help', 'keys', 'pick hi --explain'])

describe.each([60, 80, 100, 140])('at %i columns', (width) => {
  test.each(LINES.filter((line) => width >= 80 || !ROOMY.has(line)))(
    'orx %s fits',
    async (line) => {
      const { status, out } = await orx(line, { width, env })
      expect(status).toBe(0)
      const wide = out.split('\n').filter((each) => columnsOf(each) > width)
      expect(wide).toEqual([])
    },
  )
})
