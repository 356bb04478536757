/** What a prompt asks for, in the order in which the model's weights have them. */
export const TASKS = [
  'chat',
  'code',
  'design',
  'extract',
  'knowledge',
  'math',
  'reason',
  'research',
  'summarize',
  'translate',
  'write',
] as const

export type Task = (typeof TASKS)[number]

/** The kinds of work the router sees; `free` is never a prompt's own lane, only where a short budget leads. */
export const LANES = ['default', 'complex', 'code', 'research', 'free'] as const

export type Lane = (typeof LANES)[number]

const LANE_OF = {
  chat: 'default',
  code: 'code',
  design: 'complex',
  extract: 'default',
  knowledge: 'default',
  math: 'complex',
  reason: 'complex',
  research: 'research',
  summarize: 'default',
  translate: 'default',
  write: 'default',
} as const satisfies Record<Task, Lane>

export const laneOf = (task: Task): Lane => LANE_OF[task]
