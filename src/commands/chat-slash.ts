import { OrxError } from '../core/errors.ts'
import { ROUTE_MODES, type RouteMode } from '../core/send/route.ts'

/** What may be typed in a conversation besides prompts. */
export type Slash =
  | { readonly kind: 'model'; readonly models: readonly string[] }
  | { readonly kind: 'route'; readonly route: RouteMode }
  | { readonly kind: 'system'; readonly text: string }
  | { readonly kind: 'attach'; readonly place: string }
  | { readonly kind: 'save'; readonly name: string }
  | { readonly kind: 'cost' | 'retry' | 'help' | 'exit' }
  | { readonly kind: 'unknown'; readonly typed: string }

export const SLASH_HELP = `/model ID [ID…]   answer with this model; further ones are fallbacks
/route ROUTE      ${ROUTE_MODES.join(', ')}
/system TEXT      set the system prompt; without TEXT, none
/cost             what this conversation has cost
/retry            ask the last prompt again
/attach FILE      send a file or URL with the next prompt
/save NAME        keep the conversation as a session
/exit             leave (also Ctrl-D)
A line that ends in \\ goes on; pasted lines stay together.
`

/** Undefined where the entry is a prompt. @throws OrxError BAD_ARGUMENT where a command lacks its argument. */
export function slashCommand(entry: string): Slash | undefined {
  // A path such as /etc/hosts is no command.
  const [, name, rest = ''] = /^\/([a-z]+)(?:\s+([\s\S]*))?$/.exec(entry) ?? []
  if (name === undefined) return undefined
  const argument = rest.trim()
  switch (name) {
    case 'model':
      return { kind: 'model', models: needed(argument, '/model ID').split(/\s+/) }
    case 'route':
      return { kind: 'route', route: routeOf(argument) }
    case 'system':
      return { kind: 'system', text: argument }
    case 'attach':
      return { kind: 'attach', place: needed(argument, '/attach FILE') }
    case 'save':
      return { kind: 'save', name: needed(argument, '/save NAME') }
    case 'cost':
    case 'retry':
    case 'help':
    case 'exit':
      return { kind: name }
    case 'quit':
      return { kind: 'exit' }
    default:
      return { kind: 'unknown', typed: `/${name}` }
  }
}

function routeOf(text: string): RouteMode {
  const route = ROUTE_MODES.find((each) => each === text)
  if (route) return route
  throw new OrxError('BAD_ARGUMENT', `"${text}" is no route`, `Give ${ROUTE_MODES.join(', ')}.`)
}

function needed(argument: string, usage: string): string {
  if (argument !== '') return argument
  throw new OrxError('BAD_ARGUMENT', 'something is missing', `Type ${usage}.`)
}
