import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NEEDS } from '../../../src/core/catalog/needs.ts'
import { findTask, unknownTask } from '../../../src/core/recommend/task.ts'
import { loadTasks } from '../../../src/sources/playbook.ts'
import { PACKAGE_DIR } from '../../context.ts'

const tasks = loadTasks({ packageDir: PACKAGE_DIR })

describe('finding a task', () => {
  test.each([
    ['coding', 'coding'],
    ['code', 'coding'],
    ['Software Engineering', 'coding'],
    ['math', 'math'],
    ['พิสูจน์คณิตศาสตร์', 'math'],
    ['คณิต', 'math'],
    ['อยากพิสูจน์ทฤษฎีบท', 'math'],
    ['rag', 'rag'],
    ['chatbot', 'chatbot'],
    ['AI Chat ลึก', 'deep-chat'],
    ['รายงาน Canvas', 'canvas-report'],
    ['วิเคราะห์ไฟล์', 'file-analysis'],
    ['บล็อกโพสต์', 'blog-post'],
    ['เรียบเรียงเนื้อหา', 'editing'],
    ['Documentation', 'documentation'],
    ['จำลอง Python', 'simulation'],
    ['Full Research Paper', 'research-paper'],
    ['ภาพ/วิดีโอ/เสียง', 'media'],
    ['วิดีโอ', 'media'],
    ['write a blog post about gardens', 'blog-post'],
    ['refactoring of old modules', 'coding'],
    ['legal', 'reasoning'],
    ['enterprise', 'enterprise'],
    ['สตาร์ทอัพ', 'startup'],
    ['platform', 'platform'],
    ['general', 'default'],
    ['mathematica', 'math'],
  ])('%s → %s', (text, id) => expect(findTask(tasks, text)?.id).toBe(id))

  test.each(['', 'xyzzy', 'the', '!!!'])('%j is no task', (text) =>
    expect(findTask(tasks, text)).toBeUndefined(),
  )

  test('what no task fits gets the nearest names', () => {
    expect(unknownTask(tasks, 'codng').remedy).toMatch(/coding/)
    expect(unknownTask(tasks, 'xyzzy').remedy).toMatch(/--list/)
  })
})

describe('data/tasks.json', () => {
  test('has the ten tasks of the table, the four use cases, and the four others', () => {
    const of = (source: string) => tasks.filter((task) => task.source === source).length
    expect(of('matching table')).toBe(10)
    expect(of('strategic recommendations')).toBe(4)
    expect(tasks.map(({ id }) => id).slice(14)).toEqual([
      'platform',
      'enterprise',
      'startup',
      'default',
    ])
  })
  test('no name means two tasks', () => {
    const names = tasks.flatMap(({ id, label, labelTh, aliases }) => [
      ...new Set([id, label, labelTh, ...aliases].map((name) => name.toLowerCase())),
    ])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
  test.each(tasks)('$id is complete', (task) => {
    expect(task.needs.every((need) => NEEDS.includes(need))).toBe(true)
    expect(task.volume.input * task.volume.output * task.volume.requests).toBeGreaterThan(0)
    expect(task.aliases.length).toBeGreaterThan(2)
    expect(findTask(tasks, task.labelTh)?.id).toBe(task.id)
  })
  test('every metric has scores', () => {
    const quality = JSON.parse(readFileSync(`${PACKAGE_DIR}/data/quality.json`, 'utf8'))
    const metrics = new Set(quality.metrics.map(({ metric }: { metric: string }) => metric))
    expect(tasks.filter(({ metric }) => !metrics.has(metric))).toEqual([])
  })
})
