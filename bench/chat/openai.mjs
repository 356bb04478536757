// The same prompt with the openai SDK.
import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: process.env.OPENROUTER_BASE_URL,
  apiKey: process.env.OPENROUTER_API_KEY,
})
const stream = await client.chat.completions.create({
  model: 'deepseek/deepseek-chat',
  stream: true,
  messages: [{ role: 'user', content: 'Hello' }],
})
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '')
