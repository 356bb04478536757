import { describe, expect, test } from 'vitest'
import { classify } from '../../../src/core/classify/classify.ts'
import { laneOf, type Task } from '../../../src/core/classify/task.ts'
import { loadRouter } from '../../../src/sources/router.ts'
import { PACKAGE_DIR } from '../../context.ts'

const weights = loadRouter({ packageDir: PACKAGE_DIR })

/** Prompts as people type them, by task; none is a training prompt. */
const PROMPTS: Readonly<Partial<Record<Task, readonly string[]>>> = {
  code: [
    'fix my python for loop',
    'why is my docker container exiting with code 137',
    'css center div plz',
    'regex for thai phone numbers',
    'git undo last commit but keep changes',
    'what does this do: arr.reduce((a,b)=>a+b,0)',
    'SELECT u.id FROM users u LEFT JOIN orders o ON o.uid=u.id WHERE o.id IS NULL -- why so slow?',
    'excel formula to count unique names in column B',
    'Traceback (most recent call last): File "app.py", line 3, in <module> import flask ModuleNotFoundError: No module named \'flask\'',
    'write unit tests for a shopping cart class',
    'แก้โค้ด python ให้หน่อย loop ไม่ยอมหยุด',
    'เขียน sql ดึงยอดขายรายเดือน',
    'npm install แล้ว error ENOENT ทำไงดี',
    'ทำไม react component render ซ้ำ',
    'corrige este bucle en javascript, no termina nunca',
    '这段代码报错了怎么办',
  ],
  math: [
    "what's 15% tip on 84.50",
    'integrate x^2 e^x dx',
    'A train leaves at 3 pm at 80 km/h, another at 4 pm at 110 km/h. When does the second catch up?',
    'prove there are infinitely many primes',
    'หา ห.ร.ม. ของ 24 กับ 36',
    'ซื้อของ 350 บาท ลด 20% ต้องจ่ายเท่าไหร่',
    'จงหาอนุพันธ์ของ x^3 + 2x',
    'x^2 - 4 = 0 を解いて',
  ],
  reason: [
    'All bloops are razzies and all razzies are lazzies. Are all bloops lazzies?',
    'You have 12 coins and one is fake. Find it in three weighings.',
    'My tenant sublet the flat without asking. Can I terminate the lease, and why?',
    'ถ้าแมวทุกตัวเป็นสัตว์ แล้วสัตว์ทุกตัวเป็นแมวหรือไม่ เพราะอะไร',
  ],
  design: [
    'design a rate limiting system for 10 million users',
    'plan the go to market for our new yoga app',
    'should we move from a monolith to microservices? 12 engineers, 3 products',
    'วางแผนการตลาดร้านกาแฟเปิดใหม่',
    'ออกแบบ database สำหรับระบบจองโรงแรม รองรับหลายสาขา',
  ],
  research: [
    '100-page contract: any risks?',
    'read the whole repo and tell me where the security holes are',
    'literature review on microplastics in drinking water with citations',
    'compare these 40 papers on sleep and memory',
    'สัญญา 120 หน้า มีความเสี่ยงอะไรบ้าง',
    'ทบทวนวรรณกรรมเรื่องการเรียนออนไลน์ พร้อมแหล่งอ้างอิง',
  ],
  summarize: [
    'tldr of this email: Hi all, the meeting moves to Friday, please bring the Q3 numbers. Best, Ann',
    'summarize the plot of Hamlet in two sentences',
    'สรุปประชุมเมื่อวานให้หน่อย: ทีมขายยอดตก ต้องเร่งโปรโมชัน คุณเอรับผิดชอบ',
  ],
  translate: [
    'how do you say good luck in thai',
    'translate to french: where is the train station',
    'แปลอีเมลนี้เป็นอังกฤษ',
    'แปลเป็นไทยหน่อย: The shipment was delayed due to customs.',
    'traduce al inglés: nos vemos mañana',
  ],
  write: [
    'write an email to my boss asking for two days off',
    'you are a pirate. tell me a bedtime story',
    'make this sound more polite: send me the file now',
    '10 name ideas for a coffee shop',
    'เขียนอีเมลลางานถึงหัวหน้า',
    'คิดแคปชั่นไอจีร้านขนมให้หน่อย',
    '写一封请假邮件',
  ],
  extract: [
    'pull all email addresses out of this: bob@x.com, ann (ann@y.org), nothing else',
    'is this review positive or negative: "meh, expected more"',
    'ดึงชื่อกับเบอร์โทรจากข้อความนี้ สมชาย 081-234-5678 มานี 02-111-2222',
  ],
  knowledge: [
    'who was the first president of finland',
    'why do cats purr',
    'difference between weather and climate',
    'what is photosynthesis, for a 10 year old',
    'กรุงศรีอยุธยาแตกปีไหน',
    'วิตามินซีช่วยอะไร',
    'Was ist der Unterschied zwischen Wetter und Klima?',
    'почему небо голубое',
  ],
  chat: [
    "hey, how's it going",
    'i feel a bit down today',
    'lol ok thanks',
    'สวัสดีค่ะ กินข้าวยัง',
    'เหนื่อยจังวันนี้',
  ],
}

const rows = Object.entries(PROMPTS).flatMap(([task, prompts]) =>
  prompts.map((prompt) => [task as Task, prompt] as const),
)

describe('telling prompts', () => {
  test.each(rows)('%s: %s', (task, prompt) => {
    expect(classify(prompt, weights)).toMatchObject({ task, lane: laneOf(task) })
  })
})
