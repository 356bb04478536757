import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { UsageFlags } from './usage.ts'

export async function printUsageSql(_f: UsageFlags, _c: Command, _ctx: Context): Promise<void> {}
