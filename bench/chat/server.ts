import { createServer } from 'node:http'
import { chunkOf, DONE, frame, framesOf } from '../../test/openrouter/completion.ts'

// The other side of bench/chat.ts, in a process of its own: answers at once, with all frames in one write.
const completion = {
  id: 'gen-1',
  model: 'deepseek/deepseek-chat',
  provider: 'DeepInfra',
  text: ['Hello', ' world'],
  finish: 'stop',
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, cost: 0.00001, is_byok: false },
}
const small = framesOf(completion).join('')
const chunk = frame(chunkOf(completion, { content: 'some words of text' }))
const thousand = Buffer.from(chunk.repeat(1_000))
const tail = `${frame(chunkOf(completion, { content: '' }, 'stop'))}${DONE}`

const server = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (!body.includes('many chunks')) {
    response.end(small)
    return
  }
  for (let sent = 0; sent < 100; sent++) {
    if (!response.write(thousand)) await new Promise((resolve) => response.once('drain', resolve))
  }
  response.end(tail)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
