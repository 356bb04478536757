import { between, choose, type Random } from './random.ts'

/** Material that people paste below an order, made up: its kind says nothing about the task by itself. */
export type Paste = (random: Random, slot: (name: string) => string) => string

const IDENT =
  'user order total items price cart node left right count data result value index name config token score matrix file path queue cache balance date client row key'.split(
    ' ',
  )
const VERB =
  'get load parse find build update check merge count filter sort save send compute validate reverse'.split(
    ' ',
  )

const ident = (random: Random) => choose(random, IDENT)
const call = (random: Random) => `${choose(random, VERB)}_${ident(random)}`
const camel = (random: Random) => {
  const word = ident(random)
  return `${choose(random, VERB)}${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function code(random: Random): string {
  const [a, b, f, g] = [ident(random), ident(random), call(random), camel(random)]
  const n = between(random, 0, 99)
  const body = choose(random, [
    `def ${f}(${a}, ${b}=None):\n    for i in range(len(${a})):\n        if ${a}[i] > ${n}:\n            return ${a}[i]\n    return ${b}`,
    `function ${g}(${a}) {\n  const ${b} = ${a}.map(x => x.id)\n  return ${b}.filter(Boolean)\n}`,
    `public int ${g}(List<String> ${a}) {\n    int ${b} = 0;\n    for (String s : ${a}) { ${b} += s.length(); }\n    return ${b};\n}`,
    `SELECT ${a}, COUNT(*) FROM ${b}s WHERE ${a} > ${n} GROUP BY ${a} ORDER BY 2 DESC;`,
    `#include <stdio.h>\nint main() {\n  int ${a}[${n}];\n  for (int i = 0; i <= ${n}; i++) ${a}[i] = i;\n  printf("%d", ${a}[0]);\n}`,
    `const [${a}, set${b}] = useState([])\nuseEffect(() => {\n  fetch('/api/${b}').then(r => r.json()).then(set${b})\n})`,
    `x = [1, 2, 3]\ny = x\ny.append(${n})\nprint(x)`,
    `class ${g}:\n    def __init__(self, ${a}):\n        self.${a} = ${a}\n\n    def ${f}(self):\n        return self.${b}`,
    `fn ${f}(${a}: &str) -> Option<u32> {\n    let ${b} = ${a}.trim();\n    ${b}.parse().ok()\n}`,
    `for i in *.txt; do mv "$i" "\${i%.txt}.md"; done`,
    `import pandas as pd\ndf = pd.read_csv("${a}.csv")\ndf.groupby("${b}")["${a}"].mean().plot()`,
    `<div class="${a}"><button onclick="${g}()">${b}</button></div>\n<style>.${a} { float: left; margin: ${n}px }</style>`,
    `while (${a} != null) {\n  ${a} = ${a}.next;\n}`,
    `func ${g}(${a} []int) int {\n\tsum := 0\n\tfor _, v := range ${a} {\n\t\tsum += v\n\t}\n\treturn sum\n}`,
  ])
  return choose(random, [body, `\`\`\`\n${body}\n\`\`\``, `\n${body}\n`])
}

function docstring(random: Random): string {
  const [a, f] = [ident(random), call(random)]
  const text = choose(random, [
    'Return the sum of all even numbers at odd positions.',
    'Check whether the two words have the same letters.',
    'Given a list of intervals, merge those that overlap and return them sorted.',
    'You are given a string of brackets; return True if every opening one is closed.',
    'Find how many times a given substring occurs in the string, overlapping cases too.',
    'A number is lucky if its digits sum to a prime. Return the lucky numbers up to n.',
    'Create a function that takes a month and a year and returns the number of days.',
    'Return the list with the largest element moved to the front; keep the order of the rest.',
    'Convert a positive integer to its roman numeral in lower case.',
    'Round the volume of a sphere with this radius to the nearest integer.',
    'The brazilian factorial is the product of all factorials up to n.',
  ])
  return choose(random, [
    `def ${f}(${a}):\n    """ ${text}\n    >>> ${f}([1, 2, 3])\n    4\n    >>> ${f}([])\n    0\n    """\n`,
    `from typing import List\n\n\ndef ${f}(${a}: List[int], n: int) -> int:\n    """\n    ${text}\n    Example:\n    ${f}([4, 8], 2) ➞ 12\n    """`,
    `/**\n * ${text}\n */\nfunction ${camel(random)}(${a}) {\n  // your code here\n}`,
    `def ${f}(${a}, k):\n    '''\n    ${text}\n\n    Constraints:\n        1 <= len(${a}) <= 1000\n    '''`,
  ])
}

function trace(random: Random): string {
  const [a, g] = [ident(random), camel(random)]
  const n = between(random, 2, 400)
  return choose(random, [
    `Traceback (most recent call last):\n  File "${a}.py", line ${n}, in <module>\n    ${call(random)}()\nKeyError: '${a}'`,
    `TypeError: Cannot read properties of undefined (reading '${a}')\n    at ${g} (src/${a}.ts:${n}:12)`,
    `Exception in thread "main" java.lang.NullPointerException\n\tat com.app.${g}(Main.java:${n})`,
    `npm ERR! code ERESOLVE\nnpm ERR! unable to resolve dependency tree`,
    `error[E0382]: borrow of moved value: \`${a}\`\n --> src/main.rs:${n}:5`,
    `psql: error: relation "${a}s" does not exist`,
    `Uncaught ReferenceError: ${a} is not defined`,
    `ModuleNotFoundError: No module named '${a}'`,
    `fatal: refusing to merge unrelated histories`,
    `panic: runtime error: index out of range [${n}] with length ${n - 1}`,
  ])
}

function log(random: Random): string {
  const line = () => {
    const time = `2026-0${between(random, 1, 9)}-1${between(random, 0, 9)} 0${between(random, 0, 9)}:1${between(random, 0, 9)}:42`
    return choose(random, [
      `${time} ERROR [${ident(random)}-service] timeout after ${between(random, 100, 9000)}ms`,
      `${time} WARN auth failed for user ${ident(random)}${between(random, 1, 99)}`,
      `${time} INFO GET /api/${ident(random)} 200 ${between(random, 1, 90)}ms`,
      `192.168.0.${between(random, 1, 255)} - - "POST /${ident(random)}" 500`,
    ])
  }
  return Array.from({ length: between(random, 3, 9) }, line).join('\n')
}

const diff = (random: Random): string => {
  const [a, f] = [ident(random), camel(random)]
  return `diff --git a/src/${a}.ts b/src/${a}.ts\n@@ -12,7 +12,7 @@\n-  return ${f}(${a})\n+  return await ${f}(${a} ?? [])`
}

const json = (random: Random): string =>
  `{"${ident(random)}": ${between(random, 1, 999)}, "${ident(random)}": "abc", "${ident(random)}s": [{"id": 1, "${ident(random)}": true}]}`

function table(random: Random): string {
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May']
  return choose(random, [
    `| month | sales |\n|---|---|\n${month.map((m) => `| ${m} | ${between(random, 10, 900)} |`).join('\n')}`,
    `name,age,city\nAnna,${between(random, 20, 60)},Berlin\nSomchai,${between(random, 20, 60)},Bangkok`,
    `product\tprice\tqty\ntea\t${between(random, 1, 9)}.50\t${between(random, 1, 90)}\ncoffee\t4.00\t${between(random, 1, 90)}`,
  ])
}

const SENTENCE = [
  'The city council approved a new park on the east side after two years of debate.',
  'Shares of {c} rose {n} percent on Tuesday after the company reported better results than expected.',
  'Dr. {p} Lee, who led the study, said the findings should be read with care.',
  'We met on {d} in {place} and agreed that {p} will send the budget by Friday.',
  'The committee found that {topic} had been poorly understood for decades.',
  'Please ship {n} units to 14 Rose Street, {place}, before {d}.',
  'The team fixed a bug in the login function and deployed the new version.',
  'Heavy rain closed three roads, and {n} families were moved to a school.',
  'Interest in {topic} has grown quickly, especially among younger people.',
  'The tenant shall pay the rent on the first day of each month, without notice.',
  'Once upon a time a fox lived at the edge of a village where nobody smiled.',
  'According to the report, {n} people were hired in {place} since {d}.',
  'Our refund policy lets customers return items within {n} days if unused.',
  'In the proof we assume the contrary and arrive at a contradiction.',
  'She opened the window, and the smell of the sea filled the small room.',
  'The patient takes metformin 500 mg twice a day and reports mild dizziness.',
  'Critics say the plan costs too much; supporters point to the jobs it brings.',
  'The server was down for {n} minutes because a disk was full.',
  'Founded in 19{y} by {p} Brown, {c} makes parts for electric buses.',
  'The algorithm compares each pair of records and keeps the best match.',
  'Students complained that the exam had nothing to do with the lectures.',
  'He argued that no government can borrow forever without paying the price.',
  'Total: {n}.00 dollars, invoice no. 4{y}17, due {d}, contact billing@example.com.',
]

const SENTENCE_TH = [
  'คณะกรรมการอนุมัติงบประมาณ {n} ล้านบาทสำหรับสร้างสวนสาธารณะแห่งใหม่',
  'เมื่อวันที่ {n} มีนาคม ชาวบ้านกว่า {y} คนเข้าร่วมงานประเพณีที่วัดใหญ่',
  'นางสาว{p}กล่าวว่าผลการศึกษานี้ควรตีความอย่างระมัดระวัง',
  'ราคาน้ำมันปรับขึ้น {n} สตางค์ต่อลิตร มีผลพรุ่งนี้',
  'ลูกค้าขอเปลี่ยนที่อยู่จัดส่งเป็น 88/{n} ถนนพหลโยธิน โทร 081-234-5678',
  'ทีมงานแก้ปัญหาระบบล่มเรียบร้อยแล้วและจะแจ้งสาเหตุให้ทราบ',
  'กาลครั้งหนึ่งนานมาแล้วมีกระต่ายตัวหนึ่งอาศัยอยู่ริมป่า',
  'ผู้เช่าต้องชำระค่าเช่าภายในวันที่ 5 ของทุกเดือน',
  'ของดีมากค่ะ ส่งไว แต่กล่องบุบนิดหน่อย',
  'ฝนตกหนักทำให้ถนนสามสายถูกปิด นักเรียนต้องหยุดเรียน {n} วัน',
  'การท่องเที่ยวฟื้นตัวดีขึ้นโดยเฉพาะในจังหวัดภาคใต้',
  'บริษัทเปิดรับสมัครพนักงาน {n} ตำแหน่ง เงินเดือน {y},000 บาท',
  'อาจารย์บอกว่าข้อสอบครั้งนี้ไม่ยากอย่างที่คิด',
]

const LINE = [
  'terrible service, never again',
  'Love it!! arrived two days early',
  'My card was charged twice, please fix this ASAP',
  'the app crashes when i open settings',
  'Can you tell me your opening hours?',
  'It is ok for the price i guess',
  'You won a free iPhone, click here now',
  'Please cancel my subscription',
  'Government announces new tax on sugar',
  'i cant login since the update',
  'The food was cold but the staff were lovely',
  'Me and him goes to the market yesterday',
  'Senior accountant, Berlin, 60k',
  'She dont like the rain but she love snow',
  'order #{n}: 2x green tea, 1x mug, {place}',
  'Wow what a surprise, the train is late again',
  'I has been working here since 5 years',
]

function fill(template: string, random: Random, slot: (name: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => {
    if (key === 'n') return String(between(random, 2, 95))
    if (key === 'y') return String(between(random, 11, 99))
    if (key === 'd') return `${choose(random, ['March', 'June', '12 May', 'October', '3 January'])}`
    if (key === 'p') return slot('name')
    if (key === 'c') return choose(random, ['Acme Corp', 'Nordwind', 'Siam Motors', 'Bluebird Ltd'])
    return slot(key)
  })
}

const some = (
  list: readonly string[],
  low: number,
  high: number,
  gap: string,
  [random, slot]: Parameters<Paste>,
): string =>
  Array.from({ length: between(random, low, high) }, () =>
    fill(choose(random, list), random, slot),
  ).join(gap)

const quoted = (random: Random, text: string): string =>
  choose(random, [text, text, `"${text}"`, `\n\n${text}`, `\n---\n${text}\n---`])

export const PASTES: Readonly<Record<string, Paste>> = {
  code,
  docstring,
  trace,
  log,
  diff,
  json,
  table,
  article: (...p) => quoted(p[0], some(SENTENCE, 3, p[0]() < 0.2 ? 40 : 9, ' ', p)),
  text: (...p) =>
    p[0]() < 0.2
      ? choose(p[0], [code, log, table])(p[0])
      : quoted(p[0], some(SENTENCE, 1, 6, ' ', p)),
  line: (...p) => quoted(p[0], some([...LINE, ...SENTENCE], 1, 1, ' ', p)),
  lines: (...p) => `\n${some(LINE, 2, 7, choose(p[0], ['\n', '\n- ', '\n1. ']), p)}`,
  email: (...p) =>
    `Hi ${p[1]('name')},\n\n${some(SENTENCE, 1, 4, ' ', p)}\n\nBest regards,\n${p[1]('name')}`,
  chat: (...p) => {
    const [a, b] = [p[1]('name'), p[1]('name')]
    return [a, b, a, b]
      .map((who) => `${who}: ${some([...LINE, ...SENTENCE], 1, 1, '', p)}`)
      .join('\n')
  },
  tharticle: (...p) => quoted(p[0], some(SENTENCE_TH, 3, p[0]() < 0.2 ? 25 : 8, ' ', p)),
  thtext: (...p) => quoted(p[0], some(SENTENCE_TH, 1, 4, ' ', p)),
  thlines: (...p) => `\n${some(SENTENCE_TH, 2, 5, '\n', p)}`,
}
