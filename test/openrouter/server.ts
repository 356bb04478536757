import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Account, accountRoutes, NEW_ACCOUNT } from './account.ts'
import { anthropicMessages } from './anthropic.ts'
import { endpointsOf, MODELS, PROVIDERS, type WireModel } from './catalogue.ts'
import {
  type ChatSettings,
  type Dialect,
  openAiChat,
  openRouterChat,
  ownAnswer,
  routed,
} from './chat.ts'
import { FAULTS, type FaultName } from './faults.ts'
import { json, type Received, type Reply } from './replies.ts'

/** Everything a running stand-in offers to a test. */
export type StandIn = {
  /** Base URL of OpenRouter's API, for OPENROUTER_BASE_URL: "http://127.0.0.1:PORT/api/v1". */
  readonly url: string
  readonly origin: string
  /** Every request so far, oldest first. */
  readonly requests: readonly Received[]
  /** Queues replies for the next requests whose path starts with `path`; afterwards the stand-in behaves again. */
  readonly script: (path: string, ...replies: readonly Reply[]) => void
  /** Queues named faults of chats, for OpenRouter or, with a path such as "/openai", for a provider. */
  readonly fail: (faults: readonly FaultName[], path?: string) => void
  /** Drops what was queued and not used. */
  readonly forget: () => void
  /** How healthy chats answer and bill; may be changed at any time. */
  readonly chat: ChatSettings
  readonly account: Account
  readonly close: () => Promise<void>
}

export type StandInOptions = {
  readonly models?: readonly WireModel[]
  readonly port?: number
}

/** An OpenRouter on 127.0.0.1, over real sockets. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const requests: Received[] = []
  const scripted: { readonly path: string; readonly reply: Reply }[] = []
  const models = options.models ?? MODELS
  const chat: ChatSettings = { models, billing: 'credits', answer: {} }
  const account: Account = { ...NEW_ACCOUNT }
  const catalogue = catalogueRoutes(models)
  const accounting = accountRoutes(account)
  const routes = (request: Received): Reply =>
    chatRoute(request, chat) ?? accounting(request) ?? catalogue(request)

  const server = createServer(async (message, response) => {
    const request = await receive(message, response)
    requests.push(request)
    const at = scripted.findIndex(({ path }) => request.path.startsWith(path))
    const [taken] = at < 0 ? [] : scripted.splice(at, 1)
    const reply = taken?.reply ?? routes(request)
    await reply(response, request)
  })
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/api/v1`,
    origin,
    requests,
    script: (path, ...replies) => {
      scripted.push(...replies.map((reply) => ({ path, reply })))
    },
    fail: (faults, path = '/chat') => {
      for (const name of faults) {
        const reply = FAULTS[name]((request) =>
          request.path.startsWith('/chat')
            ? routed(chat, request)
            : ownAnswer(request, chat.answer),
        )
        scripted.push({ path, reply })
      }
    },
    forget: () => {
      scripted.length = 0
    },
    chat,
    account,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A URL on which nothing listens: connections to it are refused at once. */
export async function refusedUrl(): Promise<string> {
  const standIn = await startStandIn()
  await standIn.close()
  return standIn.url
}

async function receive(message: IncomingMessage, response: ServerResponse): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  const text = Buffer.concat(chunks).toString()
  const request: Received = {
    method: message.method ?? 'GET',
    path: url.pathname.replace(/^\/api\/v1/, ''),
    query: url.searchParams,
    headers: message.headers,
    body: parsed(text),
    aborted: false,
  }
  response.on('close', () => {
    request.aborted = !response.writableFinished
  })
  return request
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const problem = (status: number, message: string): Reply =>
  json(status, { error: { code: status, message } })

const DIALECTS: Readonly<Record<string, Dialect>> = {
  '/openai/v1': 'openai',
  '/mistral/v1': 'mistral',
  '/groq/openai/v1': 'groq',
  '/deepseek': 'deepseek',
}

function chatRoute({ method, path }: Received, chat: ChatSettings): Reply | undefined {
  if (method !== 'POST') return undefined
  if (path === '/chat/completions') return openRouterChat(chat)
  if (path === '/anthropic/v1/messages') return anthropicMessages(chat.answer)
  const dialect = path.endsWith('/chat/completions')
    ? DIALECTS[path.slice(0, -'/chat/completions'.length)]
    : undefined
  return dialect && openAiChat(dialect, chat.answer)
}

const catalogueRoutes =
  (models: readonly WireModel[]) =>
  (request: Received): Reply => {
    const { path } = request
    if (path === '/models')
      return tagged({ data: models, total_count: models.length, links: { next: null } })
    if (path === '/providers') return tagged({ data: PROVIDERS })
    const [, id] = /^\/models\/([^/]+\/[^/]+)\/endpoints$/.exec(path) ?? []
    const model = models.find((each) => each.id === decodeURIComponent(id ?? ''))
    if (model) return tagged({ data: { ...model, endpoints: endpointsOf(model) } })
    return problem(404, `no such resource: ${path}`)
  }

/** A cacheable body: answers 304 where the client already has it. */
const tagged =
  (body: unknown): Reply =>
  (response, request) => {
    const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end()
      return
    }
    json(200, body, { etag })(response, request)
  }
