import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { parseCount, parseMoney, parsePricePair } from '../core/amount.ts'
import { parseNeeds } from '../core/catalog/needs.ts'
import { OrxError } from '../core/errors.ts'
import { PRIORITIES } from '../core/recommend/weights.ts'
import { choiceJson, choiceSheet, choiceText } from '../render/pick.ts'
import { globals } from './globals.ts'
import { openAttached } from './pick-attached.ts'
import { type PickFlags, requestOf } from './pick-request.ts'
import { openPicker } from './pick-world.ts'
import { print } from './print.ts'

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      'Say what kind of work a prompt is, and pick a model and fallbacks for it, offline. Nothing is sent.',
    )
    .argument('[prompt...]', 'the prompt; "-" or a pipe reads it from stdin')
    .option(
      '--needs <list>',
      'must be able to: vision,audio,video,files,tools,json,reasoning',
      parseNeeds,
    )
    .option('--max-tokens <count>', 'room for a reply of so many tokens', (text) =>
      parseCount(text, '--max-tokens'),
    )
    .option('--max-price <in/out>', 'at most so many dollars per 1M tokens, e.g. 1/5', (text) =>
      parsePricePair(text, '--max-price'),
    )
    .option('--min-context <tokens>', 'at least this context, e.g. 200k', (text) =>
      parseCount(text, '--min-context'),
    )
    .option('--budget <usd>', 'the request may cost this much at the worst, e.g. 0.01', (text) =>
      parseMoney(text, '--budget'),
    )
    .option(
      '-a, --attach <file>',
      'image, PDF or audio that goes along; again for more',
      collect,
      [],
    )
    .option('--schema <file>', 'JSON Schema that the reply must fit')
    .option('--tools <file>', 'tools that the model may call')
    .option('--zdr', 'only where a provider neither keeps nor trains on prompts')
    .addOption(
      new Option('--priority <axis>', 'what counts more (default: balanced)').choices(
        Object.keys(PRIORITIES),
      ),
    )
    .option('--allow-pricier', 'fallbacks may cost more than the first choice')
    .addOption(
      new Option('--playbook <whose>', "today's picks, or the 2025 report's")
        .choices(['today', 'report'])
        .default('today'),
    )
    .option('--explain', 'show what was seen in the prompt, and every model weighed')
    .addOption(new Option('--as <what>', 'print a request body to send').choices(['openrouter']))
    .option('--batch <file>', 'JSON lines with "prompt", from a file or "-", to JSON lines')
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  orx pick "prove that the square root of 2 is irrational"',
        '  orx pick --budget 0.001 --explain "design a payment system"',
        '  orx pick -a lease.pdf "any risks?"',
        '  orx pick --as openrouter "แปลเป็นไทย: good morning"',
        '  cat prompts.jsonl | orx pick --batch -',
      ].join('\n'),
    )
    .action(async (words: readonly string[], flags: PickFlags) => {
      const options = globals(command)
      if (flags.batch !== undefined) {
        const { pickBatch } = await import('./pick-batch.ts')
        return pickBatch(ctx, flags.batch, flags, options)
      }
      const prompt = await promptOf(ctx, words)
      const picker = await openPicker(ctx, options, flags)
      const along = await openAttached(ctx, flags, options)
      const request = await requestOf(ctx, prompt, flags, along, picker.world)
      const choice = picker.pick(request)
      if (flags.as) {
        const { requestBody } = await import('./pick-body.ts')
        return ctx.out(requestBody(choice, request, along, flags))
      }
      const explained = flags.explain ? await import('../render/pick-explain.ts') : null
      print(ctx, options.format, {
        json: () => ({
          ...choiceJson(choice, picker.world.catalog.asOf),
          ...explained?.explainJson(choice),
        }),
        text: () =>
          choiceText(choice, ctx.width, ctx.paint, picker.world.catalog.asOf) +
          (explained?.explainText(choice, ctx.width) ?? ''),
        sheet: () => choiceSheet(choice),
      })
    })
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text]

/** The words typed, else all of stdin. @throws OrxError BAD_ARGUMENT where there is neither. */
async function promptOf(ctx: Context, words: readonly string[]): Promise<string> {
  const typed = words.join(' ')
  if (typed !== '' && typed !== '-') return typed
  if (typed === '' && ctx.stdin.isTTY) {
    throw new OrxError(
      'BAD_ARGUMENT',
      'there is no prompt',
      'Type one: orx pick "how do I centre a div"',
    )
  }
  const pieces: Buffer[] = []
  for await (const piece of ctx.stdin.stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('utf8')
}
