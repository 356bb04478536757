import { expect, test } from 'vitest'
import { orx } from '../context.ts'

test.each([
  ['write a python function that parses a csv file and sums a column', 'coding'],
  ['prove that there are infinitely many prime numbers please', 'math'],
  ['summarize this 400 page report with sources for the board', 'research-paper'],
  ['ช่วยเขียนโค้ด python ดึงข้อมูลจากเว็บให้หน่อย', 'coding'],
])('%s → %s', async (text, task) => {
  const { status, out } = await orx(['recommend', '--catalog', 'snapshot', '--json', text])
  expect(status).toBe(0)
  expect(JSON.parse(out).task).toMatchObject({ id: task })
})
