import type { Command } from 'commander'
import type { Context } from '../context.ts'

export type CommandModule = { readonly declare: (command: Command, ctx: Context) => void }

export type CommandEntry = {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

/** Every command in the order of the help. A command's file is loaded only when its name is typed. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'recommend',
    summary: 'which model for a task: the 2025 report and today',
    load: () => import('./recommend.ts'),
  },
  {
    name: 'playbook',
    summary: "the 2025 report's tables beside today's",
    load: () => import('./playbook.ts'),
  },
  {
    name: 'models',
    summary: 'list, show and compare models',
    load: () => import('./models.ts'),
  },
  {
    name: 'cost',
    summary: 'price a volume of tokens by every route',
    load: () => import('./cost.ts'),
  },
  {
    name: 'simulate',
    summary: 'who serves a model, at what cost, how fast, and what an outage does',
    load: () => import('./simulate.ts'),
  },
  {
    name: 'pick',
    summary: 'say what a prompt asks for, and pick a model for it',
    load: () => import('./pick.ts'),
  },
  {
    name: 'chat',
    summary: 'send a prompt through the chosen route',
    load: () => import('./chat.ts'),
  },
  {
    name: 'status',
    summary: 'keys, balance, quotas, budget, age of the data',
    load: () => import('./status.ts'),
  },
  {
    name: 'receipt',
    summary: 'who answered a prompt, by which way, and what it cost',
    load: () => import('./receipt.ts'),
  },
  {
    name: 'budget',
    summary: 'limits on spending, and what they leave',
    load: () => import('./budget.ts'),
  },
  {
    name: 'keys',
    summary: 'which keys are held; add, test and remove them',
    load: () => import('./keys.ts'),
  },
  {
    name: 'diff',
    summary: 'what a change of workloads or catalogue costs',
    load: () => import('./diff.ts'),
  },
  {
    name: 'fees',
    summary: 'what credits and your own keys cost on top of the tokens',
    load: () => import('./fees.ts'),
  },
  {
    name: 'config',
    summary: 'aliases, own prices, discounts, lanes, budgets',
    load: () => import('./config.ts'),
  },
  {
    name: 'catalog',
    summary: 'which models and prices are in force; update, compare and import them',
    load: () => import('./catalog.ts'),
  },
  {
    name: 'usage',
    summary: 'price usage logs, find what was overpaid',
    load: () => import('./usage.ts'),
  },
]
