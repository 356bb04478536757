import type { Label, Language } from '../core/playbook/playbook.ts'

/** Headings and labels in both languages: `--lang th` changes these and nothing else. */
const WORDS = {
  best: { en: 'best', th: 'ดีที่สุด' },
  value: { en: 'value', th: 'คุ้มค่า' },
  fast: { en: 'fast', th: 'เร็ว' },
  budget: { en: 'budget', th: 'ประหยัด' },
  free: { en: 'free', th: 'ฟรี' },
  choice: { en: 'choice', th: 'ตามน้ำหนัก' },
  primary: { en: 'primary', th: 'หลัก' },
  first: { en: 'first', th: 'อันดับ 1' },
  second: { en: 'second', th: 'อันดับ 2' },
  third: { en: 'third', th: 'อันดับ 3' },
  default: { en: 'default', th: 'ค่าเริ่มต้น' },
  today: { en: 'today', th: 'วันนี้' },
  report: { en: 'the 2025 report', th: 'รายงานปี 2025' },
  score: { en: 'score', th: 'คะแนน' },
  price: { en: 'in / out per 1M', th: 'เข้า / ออก ต่อ 1M' },
  wait: { en: '500 tok', th: '500 โทเคน' },
  said: { en: 'it said', th: 'รายงานบอก' },
  task: { en: 'task', th: 'งาน' },
  label: { en: 'what it is', th: 'ลักษณะงาน' },
  aliases: { en: 'also', th: 'คำอื่น' },
  source: { en: 'from', th: 'ที่มา' },
} as const satisfies Record<string, Label>

export type Word = keyof typeof WORDS

export const word = (key: Word, language: Language): string => WORDS[key][language]

/** A role of the report's or orx's own; an unknown one stays as it is. */
export const roleWord = (role: string, language: Language): string =>
  Object.hasOwn(WORDS, role) ? WORDS[role as Word][language] : role
