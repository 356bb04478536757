import { between, choose, type Random, shuffled } from './random.ts'

const PEOPLE =
  'Alice Bob Carol Dan Eve Frank Grace Henry Iris Jack Kim Leo Mona Nick Olga Paul Somchai Nok Ploy Ravi'.split(
    ' ',
  )
const COLOURS = 'red blue green yellow purple orange black white grey brown pink teal'.split(' ')
const THINGS =
  'book cup pencil hat scarf ball mug plate puzzle keychain notebook lamp bowl stapler'.split(' ')
const ANIMALS =
  'hawk crow robin owl eagle raven falcon quail sparrow finch dog cat rabbit horse goat'.split(' ')
const JOBS = 'doctor teacher nurse lawyer chef clerk pilot engineer farmer baker'.split(' ')
const ORDINAL = [
  'first',
  'second',
  'third',
  'fourth',
  'leftmost',
  'rightmost',
  'last',
  'newest',
  'cheapest',
  'oldest',
]

const pick = (random: Random, list: readonly string[], n: number) =>
  shuffled(random, list).slice(0, n)
const lettered = (options: readonly string[]) =>
  options.map((option, at) => `(${String.fromCharCode(65 + at)}) ${option}`).join('\n')
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const tail = (random: Random, options: readonly string[]) =>
  choose(random, [
    '',
    `\nOptions:\n${lettered(options)}`,
    `\n${lettered(options)}`,
    `\nOptions:\n- ${options.join('\n- ')}`,
  ])

/** Puzzles in many shapes: order, swaps, dates, counting, truth, families, steps, words, tables, judgement. */
const KINDS: readonly ((random: Random) => string)[] = [
  (r) => {
    const n = between(r, 3, 6)
    const who = pick(r, choose(r, [PEOPLE, ANIMALS, COLOURS.map((c) => `the ${c} book`)]), n)
    const [a = '', b = '', c = ''] = who
    return `${choose(r, ['There are', 'In a row stand', 'In a race there were', 'On a shelf are'])} ${n} ${choose(r, ['things', 'runners', 'birds', 'items'])}: ${who.join(', ')}. ${capital(a)} is ${choose(r, ['to the left of', 'above', 'older than', 'ahead of', 'cheaper than'])} ${b}. ${capital(c)} is the ${choose(r, ORDINAL)}. ${choose(r, [`Which one is ${choose(r, ORDINAL)}?`, `Who finished ${choose(r, ORDINAL)}?`, 'What is the full order?'])}${tail(
      r,
      who.map((w) => `${capital(w)} is the ${choose(r, ORDINAL)}.`),
    )}`
  },
  (r) => {
    const who = pick(r, PEOPLE, between(r, 3, 5))
    const got = pick(r, choose(r, [COLOURS.map((c) => `${c} ball`), THINGS, JOBS]), who.length)
    const swaps = Array.from({ length: between(r, 2, 5) }, () => pick(r, who, 2).join(' and '))
    return `${who.join(', ')} each hold something: ${who.map((w, at) => `${w} has a ${got[at]}`).join(', ')}. ${swaps.map((s) => choose(r, [`Then ${s} swap.`, `Next, ${s} trade ${choose(r, ['gifts', 'places', 'balls'])}.`])).join(' ')} At the end, what does ${who[0]} have?${tail(r, got)}`
  },
  (r) => {
    const y = between(r, 1930, 2030)
    return choose(r, [
      `Today is ${choose(r, ['March 3', 'the last day of May', 'Christmas Eve', '5/9'])}, ${y}. What is the date ${choose(r, ['tomorrow', 'one week ago', 'a month ago', '10 days later', 'yesterday'])} in MM/DD/YYYY?${tail(r, [`03/04/${y}`, `02/27/${y}`, `12/25/${y}`])}`,
      `${choose(r, PEOPLE)} was born on Feb 29, ${y - (y % 4)}. How old is ${choose(r, ['he', 'she'])} on the 5th real birthday, and on what date does it fall?`,
      `If the day after tomorrow is ${choose(r, ['Monday', 'Friday', 'Sunday'])}, what day was it three days before yesterday?`,
    ])
  },
  (r) => {
    const list = pick(r, THINGS, between(r, 3, 7)).map(
      (t) =>
        `${choose(r, ['a', 'two', 'three', 'four'])} ${choose(r, COLOURS)} ${t}${choose(r, ['', 's'])}`,
    )
    return `${choose(r, ['On the table', 'On the floor', 'In the drawer', 'On the desk'])} ${choose(r, ['I see', 'you see', 'there are'])} ${list.join(', ')}. ${choose(r, [`If I remove all the ${choose(r, THINGS)}s, how many ${choose(r, COLOURS)} things remain?`, 'What color is the item directly to the right of the first?', `How many non-${choose(r, COLOURS)} objects are there?`, 'How many objects do I have in total?'])}${tail(r, ['zero', 'one', 'two', 'three', 'four'])}`
  },
  (r) => {
    const word = () =>
      choose(r, [
        'True',
        'False',
        'not True',
        'not ( False )',
        '( True or False )',
        'not not False',
      ])
    return `${word()} ${choose(r, ['and', 'or'])} ${word()} ${choose(r, ['and', 'or'])} ${word()} is`
  },
  (r) => {
    const [a, b, c] = pick(r, PEOPLE, 3)
    return choose(r, [
      `${a} tells the truth. ${b} says ${a} lies. ${c} says ${b} tells the truth. Does ${c} tell the truth?${tail(r, ['Yes', 'No'])}`,
      `One of ${a}, ${b} and ${c} broke the vase. ${a}: it wasn't me. ${b}: it was ${c}. ${c}: ${b} is lying. Only one of them tells the truth. Who broke it?`,
    ])
  },
  (r) => {
    const kind = pick(
      r,
      [
        ...ANIMALS,
        ...JOBS,
        'poet',
        'dreamer',
        'member',
        'cousin of Tim',
        'fan of the club',
        'student',
        'robot',
      ],
      4,
    )
    const [a, b, c, d] = kind
    return `${choose(r, ['"Here is an argument. ', '', 'Consider: ', 'Premises: ', '"It is not always easy to judge such claims. '])}${choose(r, ['Every', 'No', 'Some', 'Whoever is a'])} ${a} is ${choose(r, ['a', 'not a'])} ${b}. ${choose(r, ['Every', 'No', 'Some'])} ${b} is a ${c} or a ${d}. ${choose(r, ['Therefore', 'We may conclude that', 'Hence', 'It follows that'])} ${choose(r, ['every', 'no', 'some'])} ${a} is a ${c}." ${choose(r, ['Is the argument, given the explicitly stated premises, deductively valid or invalid?', 'Valid or invalid?', 'Does the conclusion follow?'])}${tail(r, ['valid', 'invalid'])}`
  },
  (r) => {
    const steps = Array.from({ length: between(r, 3, 7) }, () =>
      choose(r, [
        `Take ${between(r, 1, 10)} steps${choose(r, ['', ' left', ' right', ' forward', ' backward'])}.`,
        'Turn left.',
        'Turn around.',
        'Turn right.',
      ]),
    )
    return `${choose(r, ['If you follow these instructions, do you end where you began?', 'Following these moves, do you come back to the start?'])} ${steps.join(' ')}${tail(r, ['Yes', 'No'])}`
  },
  (r) =>
    `${choose(r, ['Sort these words alphabetically:', 'Put the following words in alphabetical order: List:'])} ${pick(r, [...THINGS, ...ANIMALS, ...JOBS, 'gamut', 'treadle', 'ebony', 'quartz', 'hover', 'oxide', 'lattice', 'vendor'], between(r, 3, 14)).join(' ')}`,
  (r) =>
    `Complete the sequence so that all brackets are closed ${choose(r, ['properly', 'correctly'])}. Input: ${Array.from({ length: between(r, 3, 12) }, () => choose(r, ['(', '[', '{', '<', '( )', '[ ]'])).join(' ')}`,
  (r) => {
    const rows = Array.from(
      { length: between(r, 3, 6) },
      () =>
        `${choose(r, PEOPLE)}, ${between(r, 18, 70)}, ${choose(r, COLOURS)}, ${choose(r, JOBS)}`,
    )
    return `Here is a table where the first line is a header and each later line is ${choose(r, ['a person', 'a penguin', 'a guest'])}: name, age, colour, job\n${rows.join('\n')}\n${choose(r, ['How many are older than 30?', 'Who is the youngest after we delete the second row?', 'What is the name of the last one sorted by alphabet?'])}${tail(r, ['1', '2', '3', '4'])}`
  },
  (r) => {
    const [a, b] = pick(r, PEOPLE, 2)
    return choose(r, [
      `How would a typical person answer? ${a} presses the switch only to annoy ${b}, not knowing that the fuse is broken; the lamp falls. Did ${a} intentionally break the lamp?\nOptions:\n- Yes\n- No`,
      `${a} and ${b} both set out poison; only ${a}'s cup was drunk. Did ${b} cause the death? ${choose(r, ['Answer yes or no.', 'Judge as an ordinary person would.'])}`,
      `Which statement is sarcastic?${`\nOptions:\n${lettered([`Great, ${a} forgot my birthday again, what a friend`, `Great, ${a} remembered my birthday, what a friend`])}`}`,
      `In the sentence, what does the pronoun refer to, or is it ambiguous? The ${choose(r, JOBS)} told the ${choose(r, JOBS)} that ${choose(r, ['he', 'she', 'they'])} had to leave.${tail(r, [`The first one had to leave`, 'The second one had to leave', 'Ambiguous'])}`,
      `Is this sentence plausible? "${a} ${b}son scored a touchdown in the ${choose(r, ['tennis', 'chess', 'baseball'])} final."`,
      `Which sentence has the correct adjective order:${`\nOptions:\n${lettered(['a lovely small old red cup', 'a red old small lovely cup'])}`}`,
      `Between what times could ${a} have gone to the library? We know: ${a} woke at 6am. ${b} saw ${a} at the gym from 6am to 9am and at work from 11am to 4pm. The library closes at 5pm.${tail(r, ['9am to 11am', '6am to 9am', '4pm to 6pm'])}`,
      `Find a film similar to ${choose(r, ['Jaws, Alien, The Fly', 'Up, Toy Story, Shrek'])}:${`\nOptions:\n${lettered(['The Thing', 'Notting Hill', 'Gandhi', 'Grease'])}`}`,
      `${a} is the mother of ${b}. ${b} is the brother of ${choose(r, PEOPLE)}. How is ${a} related to the last one? ${choose(r, ['Explain the reasoning.', ''])}`,
      `Which of these is a humorous edit of the film title "${choose(r, ['star wars', 'the godfather', 'jaws'])}"?${`\nOptions:\n${lettered(['star warts', 'star ware', 'sttar wars', 'stra wars'])}`}`,
    ])
  },
  (r) => {
    const [a, b, c, d] = pick(r, PEOPLE, 4)
    return `${choose(r, ['A seating puzzle.', 'Five friends sit around a round table.', 'Four colleagues present on Monday to Thursday.'])} ${a} is not next to ${b}. ${c} comes right after ${d}. If ${b} is on ${choose(r, ['Tuesday', 'the left end', `the seat opposite ${a}`])}, which of the following ${choose(r, ['must be true', 'could be true', 'cannot be true'])}?\n(A) ${a} is first\n(B) ${d} is last\n(C) ${c} sits by ${a}\n(D) ${b} and ${c} are neighbours`
  },
  (r) =>
    `${choose(r, ['The following passage contains an error. Decide which kind it is:', 'A translation below has one mistake. Say which type:'])} Source: Das Haus wurde ${between(r, 1700, 1990)} gebaut. Translation: The house was built in ${between(r, 1700, 1990)}. The translation contains an error pertaining to\nOptions:\n(A) Numerical Values\n(B) Negation\n(C) Named Entities\n(D) Dropped Content`,
]

export const puzzle = (random: Random): string => choose(random, KINDS)(random)
