import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { OrxError } from '../../core/errors.ts'
import { object } from './wire.ts'

/** The JSON Schema of `--schema`. Name: at most 64 letters, digits, "_" and "-". */
export function readSchema(path: string): { readonly name: string; readonly schema: object } {
  const schema = readJson(path, '--schema')
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw new OrxError('BAD_INPUT', `${path} is not a JSON Schema object`, 'Check --schema.')
  }
  const name = basename(path)
    .replace(/\.json$/, '')
    .replaceAll(/[^\w-]/g, '_')
    .slice(0, 64)
  return { name: name || 'reply', schema }
}

/** The tools of `--tools`: a list in OpenAI's shape, or of bare functions. */
export function readTools(path: string): readonly object[] {
  const tools = readJson(path, '--tools')
  const list = Array.isArray(tools) ? tools : [tools]
  return list.map((each) => {
    const tool = object(each)
    const named = object(tool['function'] ?? tool)['name']
    if (typeof named !== 'string') {
      throw new OrxError(
        'BAD_INPUT',
        `${path} has a tool without a name`,
        'Give a list of {"name", "description", "parameters"}.',
      )
    }
    return tool['function'] ? tool : { type: 'function', function: tool }
  })
}

function readJson(path: string, flag: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new OrxError('FILE_NOT_FOUND', `${path} cannot be read (${code})`, `Check ${flag}.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new OrxError('BAD_INPUT', `${path} is not JSON`, `Check ${flag}.`)
  }
}

/**
 * What in a reply does not fit its schema; undefined where all does.
 * @throws OrxError BAD_INPUT where the schema itself is not valid.
 */
export async function misfit(schema: object, reply: string): Promise<string | undefined> {
  const { default: ajv2020 } = await import('ajv/dist/2020.js')
  const ajv = new ajv2020.Ajv2020({ strict: false, validateFormats: false })
  let value: unknown
  try {
    value = JSON.parse(reply)
  } catch {
    return 'it is not JSON'
  }
  let validate: ReturnType<typeof ajv.compile>
  try {
    validate = ajv.compile(schema)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new OrxError('BAD_INPUT', `the schema is not valid: ${message}`, 'Check --schema.')
  }
  if (validate(value)) return undefined
  const [first] = validate.errors ?? []
  return `${first?.instancePath || 'the reply'} ${first?.message ?? 'does not fit'}`
}
