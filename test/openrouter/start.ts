import { FAULTS } from './faults.ts'
import { startStandIn } from './server.ts'

// Started by `npm run stand-in`; Ctrl-C ends it.
const { url, origin } = await startStandIn({ port: Number(process.env['PORT'] ?? 0) })
process.stdout.write(`export OPENROUTER_BASE_URL=${url} OPENROUTER_API_KEY=sk-or-v1-stand-in
# providers: ${origin}/openai/v1  ${origin}/mistral/v1  ${origin}/groq/openai/v1  ${origin}/deepseek  ${origin}/anthropic/v1
# a prompt with "!fault NAME" answers badly: ${Object.keys(FAULTS).join(', ')}
`)
