// What a cold prompt costs at least: node:http and nothing else.
import { request } from 'node:http'

const body = JSON.stringify({
  model: 'deepseek/deepseek-chat',
  stream: true,
  messages: [{ role: 'user', content: 'Hello' }],
})
const call = request(`${process.env.OPENROUTER_BASE_URL}/chat/completions`, {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    authorization: `Bearer ${process.env.OPENROUTER_API_KEY}`,
  },
})
call.on('response', (response) => {
  response.setEncoding('utf8')
  let rest = ''
  response.on('data', (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue
      process.stdout.write(JSON.parse(line.slice(6)).choices[0]?.delta?.content ?? '')
    }
  })
})
call.end(body)
