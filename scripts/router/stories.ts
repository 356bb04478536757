import { between, choose, type Random, shuffled } from './random.ts'

const NAMES =
  'Anna Ben Carla Dmitri Elif Farid Grace Hugo Ines Jamal Kavya Lucas Mina Noor Oscar Petra Quinn Rosa Sven Tara Uma Viktor Wendy Yusuf Zoe Nok Ploy'.split(
    ' ',
  )
const GOODS =
  'apples|stickers|marbles|books|cookies|roses|pencils|tickets|shirts|eggs|fish|bottles of juice|toy cars|candles|bracelets|bricks|pizzas|cupcakes|seashells|balloons|crayons|chairs'.split(
    '|',
  )
const PLACES =
  'a bakery|a farm|a toy shop|a school fair|the zoo|a garden|a parking lot|the library|a factory|a summer camp|a swimming pool|a bus|the market|an orchard|a hotel|a movie theater'.split(
    '|',
  )
const PEOPLE =
  'students|workers|guests|players|children|passengers|nurses|campers|visitors|employees'.split('|')

const n = (random: Random) => between(random, 2, 90)

const STEPS: readonly ((random: Random, a: string, b: string, goods: string) => string)[] = [
  (r, a, _b, g) => `${a} has ${n(r)} ${g}.`,
  (r, a, b, g) => `${a} gives ${n(r)} ${g} to ${b}.`,
  (r, a, b) =>
    `${b} has ${choose(r, ['twice', 'half', 'three times', `${n(r)} more than`, `${n(r)} fewer than`])} ${choose(r, ['as many as ', ''])}${a}.`,
  (r, a, _b, g) =>
    `${a} sells ${choose(r, ['a third', 'half', `${n(r)}%`, `${n(r)}`])} of the ${g} for $${n(r)} each.`,
  (r) =>
    `On ${choose(r, ['Monday', 'Tuesday', 'the first day', 'the second week'])} the price goes up by ${n(r)}%.`,
  (r, a) =>
    `${a} works ${between(r, 2, 12)} hours a day, ${between(r, 2, 7)} days a week, at $${n(r)} an hour.`,
  (r, a) =>
    `It takes ${a} ${n(r)} minutes to ${choose(r, ['walk to school', 'paint one wall', 'wash a car', 'bake a tray', 'read a chapter'])}.`,
  (r, _a, _b, g) =>
    `Each box holds ${n(r)} ${g} and costs $${n(r)}.${choose(r, ['', ` There are ${n(r)} boxes.`])}`,
  (r) =>
    `There are ${n(r)} ${choose(r, PEOPLE)} at ${choose(r, PLACES)}, and ${choose(r, ['1/4', '2/3', '20%', 'half', `${n(r)}`])} of them ${choose(r, ['are boys', 'leave early', 'wear a hat', 'pay the full price', 'ride a bike'])}.`,
  (r, a) =>
    `${a} is ${n(r)} years old, and ${choose(r, ['her brother', 'his aunt', 'the dog'])} is ${choose(r, ['twice as old', `${n(r)} years younger`])}.`,
  (r, a) => `${a} drives ${n(r)}0 miles at ${n(r)} mph, then stops for ${n(r)} minutes.`,
  (r, a, b) => `${a} and ${b} share the rest equally with ${between(r, 2, 9)} friends.`,
  (r, a) =>
    `${a} saves $${n(r)} every week and spends $${n(r)} on ${choose(r, ['gas', 'lunch', 'a gift', 'rent'])}.`,
]

const ASK = [
  'How many {g} does {a} have left?',
  'How many {g} do they have altogether?',
  'How much money does {a} have now?',
  'How much does {a} pay in total?',
  'What is the total cost in dollars?',
  'How many hours does it take?',
  'How many are left at the end?',
  'How old is {a} now?',
  'What percentage remains?',
  'How much profit does {a} make?',
  'How far did {a} travel in all?',
  'How many more {g} does {b} need?',
  'What was the average per day?',
]

/** A word problem of two to five sentences and a question. */
export function wordProblem(random: Random): string {
  const [a = '', b = ''] = shuffled(random, NAMES)
  const goods = choose(random, GOODS)
  const steps = Array.from({ length: between(random, 1, 4) }, () =>
    choose(random, STEPS)(random, a, b, goods),
  )
  const ask = choose(random, ASK).replace('{a}', a).replace('{b}', b).replace('{g}', goods)
  const story =
    random() < 0.3
      ? `${choose(random, ['Last summer', 'At the end of the year', `While visiting ${choose(random, PLACES)}`, 'To raise money for a trip'])}, ${steps.join(' ')}`
      : steps.join(' ')
  return random() < 0.15
    ? `If ${story.replace(/\.$/, ',')} ${ask.toLowerCase()}`
    : `${story} ${ask}`
}

const PARTIES = [
  ['a landlord', 'a tenant'],
  ['a shop', 'a customer'],
  ['an employer', 'a clerk'],
  ['a driver', 'a cyclist'],
  ['a seller', 'a buyer'],
  ['a builder', 'a homeowner'],
  ['a publisher', 'an author'],
  ['a hospital', 'a patient'],
  ['two brothers', 'a bank'],
  ['a website', 'a photographer'],
] as const
const EVENTS =
  'signed a paper without reading it|promised by phone to pay double|left the gate open at night|used the picture without asking|sold the car knowing the brakes were weak|fired the worker by text message|built a wall on the wrong side of the line|cancelled two days before the date|forgot to give notice in writing|kept the deposit|shared the file by accident|said in public that the other was a thief|refused delivery after the price fell|was only seventeen at the time|fell on a wet floor with no sign|changed the terms after payment'.split(
    '|',
  )
const LEGAL_ASK =
  'Is there a binding contract?|Who is liable, and for what?|Can damages be claimed?|Does the exclusion clause hold?|What is the strongest defence?|Would a court enforce this?|Apply the rule to the facts and give a conclusion.|Who should win and why?|Is this a breach?|Does the statute cover this case? Answer Yes or No with reasons.|Is this negligence?|Is the agreement void, voidable or valid?'.split(
    '|',
  )

/** A few facts of a dispute and a question of judgement. */
export function legalCase(random: Random): string {
  const [a, b] = choose(random, PARTIES)
  const [first, second, third] = shuffled(random, EVENTS)
  const facts = [
    `${a} and ${b} ${choose(random, ['made a deal', 'disagree', 'had an arrangement', 'met in court'])}.`,
    `The first ${first}.`,
    `Later ${b} ${second}.`,
    random() < 0.4 ? `It turned out that someone ${third}.` : '',
  ]
  const lead = choose(random, [
    '',
    '',
    'Facts: ',
    'Hypothetical: ',
    'Law exam. ',
    'Please analyse: ',
    'Case: ',
  ])
  return `${lead}${facts.join(' ')} ${choose(random, LEGAL_ASK)}`
}

const SIGNS =
  'fever for three days|sudden weakness of the left arm|crushing chest pain|a stiff neck|swollen ankles|night sweats|blurred vision|a new rash|vomiting blood|shortness of breath at night|yellow eyes|blood in the urine|a painful calf after a long flight|confusion since morning|weight loss of 8 kg|palpitations'.split(
    '|',
  )
const MEDICAL_ASK =
  'What is the most likely diagnosis?|What should be done first?|List a differential diagnosis and reason through it.|Which test would you order next, and why?|Is it safe to start the drug? Reason it out.|How would you manage this patient?|What is going on?|Which finding argues against it?'.split(
    '|',
  )

/** A patient in two or three sentences and a question of judgement. */
export function medicalCase(random: Random): string {
  const [a, b, c] = shuffled(random, SIGNS)
  const age = between(random, 3, 88)
  return `${choose(random, ['A', 'Patient: a', 'Case: a', 'We have a'])} ${age}-year-old ${choose(random, ['man', 'woman', 'teacher', 'farmer', 'smoker', 'diabetic', 'pregnant woman', 'child'])} ${choose(random, ['presents with', 'comes in with', 'has had', 'is brought in with'])} ${a} and ${b}${random() < 0.5 ? `, but no ${c}` : ''}. ${choose(random, [`BP ${between(random, 80, 190)}/${between(random, 40, 110)}, pulse ${between(random, 50, 150)}.`, 'Labs are pending.', 'No known allergies.', 'ECG is normal.'])} ${choose(random, MEDICAL_ASK)}`
}

const ACTS =
  'pressed the button|left the door open|sold the painting|changed the rules|moved the ladder|signed the order|watered the neighbour’s plants|turned off the alarm|told the joke|bought the last ticket'.split(
    '|',
  )
const OUTCOMES =
  'the machine broke|the whole town profited|a child was hurt|the lake was polluted|the plants died|the game was lost|the fire spread|everyone got a prize'.split(
    '|',
  )

/** A little story, and who meant or caused what. */
export function causation(random: Random): string {
  const [a = '', b = ''] = shuffled(random, NAMES)
  const story = `${a} ${choose(random, ['was a manager at a small firm', 'had worked there for years', `lived next to ${b}`, `was asked by ${b} to help`, 'did not care about the rules'])}. ${choose(random, ['One day', 'That evening', 'At exactly noon'])} ${a} ${choose(random, ACTS)}, ${choose(random, ['only to earn money', `not knowing that ${b} was there`, 'because it was always done that way', 'although it was forbidden'])}. ${choose(random, ['Meanwhile', 'At the same time', 'As it happened'])} ${b} ${choose(random, ACTS)}. ${choose(random, ['As a result', 'Because of both', 'Sure enough'])}, ${choose(random, OUTCOMES)}.`
  const ask = choose(random, [
    `Did ${a} intentionally cause this?`,
    `Did ${b} cause it?`,
    `Is it ${a}'s fault that ${choose(random, OUTCOMES)}?`,
    `Was what ${a} did morally wrong? Weigh the arguments.`,
    `Would most people say that ${a} is to blame?`,
  ])
  return `${story} ${ask}${choose(random, ['', '\nOptions:\n- Yes\n- No', ' Answer yes or no and explain.'])}`
}

const SCIENCE = [
  'A {n} kg mass hangs from a spring and stretches it by {m} cm. The spring constant is about',
  'An atom X has {n} protons and {m} neutrons. Which statement is correct?',
  'A {n} ohm resistor is connected to a {m} V battery. The current is',
  'How many moles are in {n} g of the substance with molar mass {m} g/mol?',
  'A company bought a machine for USD {n},000 with a life of {m} years. The straight-line depreciation per year is',
  'If real GDP is {n} billion and the price index is {m}, nominal GDP is',
  'A cross of two heterozygous plants gives {n} offspring. How many are expected to be dominant?',
  'A photon has a wavelength of {n}0 nm. Which of the following happens if its frequency doubles?',
  'A taxpayer has income of USD {n},000 and deductions of USD {m},000. Which amount may be carried forward?',
  'An investor pays {n}% of salary into a fund and {m},000 in premiums. How much is tax deductible?',
  'ออกแรง {n} นิวตันกระทำต่อวัตถุมวล {m} กิโลกรัม ข้อใดถูกต้อง',
  'ธาตุ X มี {n} อิเล็กตรอน และ {m} นิวตรอน ข้อใดกล่าวถูกต้อง',
  'วงจรไฟฟ้ามีตัวต้านทาน {n} โอห์มต่อกับแบตเตอรี่ {m} โวลต์ ข้อใดกล่าวไม่ถูกต้อง',
  'ผู้ลงทุนมีเงินเดือน {n}0,000 บาท สะสมเข้ากองทุนร้อยละ {m} จะลดหย่อนภาษีได้สูงสุดเท่าใด',
  'คู่สมรสเป็นพาหะของโรคทั้งคู่ โอกาสที่ลูกจะเป็นโรคเป็นเท่าใด',
]

/** A multiple-choice question of a science or a trade that needs some reckoning: exam knowledge all the same. */
export function scienceExam(random: Random): string {
  const question = choose(random, SCIENCE)
    .replace('{n}', String(n(random)))
    .replace('{m}', String(n(random)))
  const options = Array.from(
    { length: 4 },
    () => `${n(random)}${choose(random, ['', '.5', ' J', ' mol'])}`,
  )
  const thai = /[ก-๙]/.test(question)
  const listed = options.map(
    (option, at) => `${thai ? `(${at + 1})` : `${'ABCD'.charAt(at)}.`} ${option}`,
  )
  return `${question}\n${listed.join(thai ? ' ' : '\n')}${thai ? '' : '\nAnswer:'}`
}
