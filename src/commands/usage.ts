import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { parsePositiveMoney } from '../core/amount.ts'
import { OrxError } from '../core/errors.ts'
import type { Payment, Plan } from '../core/fees.ts'
import type { Usd } from '../core/money.ts'
import type { Route } from '../core/usage/elsewhere.ts'
import { addBillingOptions } from './billing.ts'

export type UsageFlags = {
  readonly map?: string
  readonly on?: readonly string[]
  readonly onRoute?: readonly Route[]
  readonly regret?: true
  readonly html?: string
  readonly printSql?: 'duckdb' | 'postgres' | 'clickhouse'
  readonly table?: string
  readonly strict?: true
  readonly plan: Plan
  readonly pay: Payment
  readonly topUp?: Usd
  readonly since?: string
  readonly by?: string
}

const collect = <T>(value: T, before: readonly T[] = []): readonly T[] => [...before, value]

export function declare(command: Command, ctx: Context): void {
  addBillingOptions(
    command
      .description(
        'Price usage logs at the price of each day, explain the difference to what was billed, and show what the same requests would cost elsewhere. Without FILE: what orx itself has sent.',
      )
      .argument('[file...]', 'logs of any known format, packed or not; - reads standard input'),
  )
    .option('--map <pairs>', 'columns by role: model=col,input=col,output=col,cost=col,id=col …')
    .option('--on <model>', 'the same requests on this model; repeatable', collect<string>)
    .addOption(
      new Option('--on-route <route>', 'the same requests by this route; repeatable')
        .choices(['direct', 'credits', 'byok'])
        .argParser(routeParser),
    )
    .option('--top-up <usd>', 'size of a purchase of credits, with --on-route credits', (text) =>
      parsePositiveMoney(text, '--top-up'),
    )
    .option('--regret', 'the cheapest models of the same quality, by class of prompts')
    .option('--html <file>', 'write a page with charts that needs no network')
    .addOption(
      new Option('--print-sql <dialect>', 'the same pricing as one SQL statement').choices([
        'duckdb',
        'postgres',
        'clickhouse',
      ]),
    )
    .option('--table <name>', 'with --print-sql: the table of requests', 'requests')
    .option('--strict', 'exit 8 where something had no price, 2 where a row was bad')
    .option('--since <time>', 'without FILE: 30d, 2026-11-01 or all')
    .option('--by <group>', 'without FILE: model, route, day …')
    .addHelpText(
      'after',
      [
        '',
        'Reads, by content: OpenRouter activity (CSV of generations or models, JSON), LiteLLM spend',
        'logs, OpenAI and Anthropic usage exports, Claude Code and Codex sessions, any CSV, JSON',
        'Lines or Parquet.',
        '',
        'Examples:',
        '  orx usage openrouter_activity.csv',
        '  orx usage ~/.claude/projects/*/*.jsonl --on deepseek-chat --on-route direct',
        '  orx usage log.csv.gz --regret --html report.html',
        '  orx usage --print-sql clickhouse --table logs.requests',
      ].join('\n'),
    )
    .action(async (files: readonly string[], flags: UsageFlags) => {
      if (flags.printSql) {
        return (await import('./usage-sql.ts')).printUsageSql(flags, command, ctx)
      }
      if (files.length > 0) {
        return (await import('./usage-files.ts')).usageOfFiles(files, flags, command, ctx)
      }
      return (await import('./usage-ledger.ts')).usageOfLedger(flags, command, ctx)
    })
}

const ROUTES: readonly Route[] = ['direct', 'credits', 'byok']

function routeParser(text: string, before: readonly Route[] = []): readonly Route[] {
  const route = ROUTES.find((each) => each === text)
  if (route) return [...before, route]
  throw new OrxError(
    'BAD_ARGUMENT',
    `--on-route: there is no route "${text}"`,
    `Use ${ROUTES.join(', ')}.`,
  )
}
