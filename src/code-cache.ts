import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { Script } from 'node:vm'

// Reading our own program is the largest part of a short command, and most of that is V8 compiling it. What it compiled
// is therefore kept, for each command by itself, since each runs other functions (docs/decisions/0003).

const HEAD = '(function (exports, require, module, __filename, __dirname) {'

export type CodeCache = {
  /** Keeps what was compiled, where that is more than was found. Never throws: without a cache orx only starts slower. */
  readonly save: () => void
}

/**
 * From here on `.cjs` files are compiled with what an earlier run of the same command kept.
 * @param file where that lies; written anew when the program or Node changes
 * @param program a file of the build
 * @param build its hash. V8 itself compares no more than the length of a source.
 */
export function useCodeCache(file: string, program: string, build: string): CodeCache {
  const key = [process.version, process.arch, build].join(' ')
  const kept = read(file, key)
  const compiled = new Map<string, Script>()
  createRequire(program).extensions['.cjs'] = (module, path) => {
    const name = basename(path)
    const script = new Script(`${HEAD}${readFileSync(path, 'latin1')}\n})`, {
      filename: path,
      columnOffset: -HEAD.length,
      cachedData: kept.get(name),
    })
    if (script.cachedDataRejected !== false) {
      kept.delete(name)
      compiled.set(name, script)
    }
    const run = script.runInThisContext()
    run(module.exports, (id: string) => module.require(id), module, path, dirname(path))
  }
  return {
    save() {
      if (compiled.size === 0) return
      for (const [name, script] of compiled) kept.set(name, script.createCachedData())
      try {
        write(file, key, kept)
      } catch {
        // A full disk or a home that cannot be written to.
      }
    },
  }
}

type Kept = Map<string, Buffer>

/** One line of JSON, `[key, [name, first byte, end], …]`, then the bytes. Anything else counts as nothing. */
function read(file: string, key: string): Kept {
  try {
    const bytes = readFileSync(file)
    const start = bytes.indexOf('\n') + 1
    const [found, ...scripts] = JSON.parse(bytes.toString('latin1', 0, start))
    const body = bytes.subarray(start)
    if (found !== key || scripts.at(-1)[2] !== body.length) return new Map()
    return new Map(
      scripts.map(([name, from, to]: [string, number, number]) => [name, body.subarray(from, to)]),
    )
  } catch {
    return new Map()
  }
}

/**
 * Written beside, brought to the disk, and renamed: V8 does not check what it is given and would crash on half a file, and
 * commands at the same time read one or the other.
 */
function write(file: string, key: string, kept: Kept): void {
  let end = 0
  const scripts = [...kept].map(([name, { length }]) => {
    end += length
    return [name, end - length, end]
  })
  const head = Buffer.from(`${JSON.stringify([key, ...scripts])}\n`)
  const beside = `${file}.${process.pid}`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(beside, Buffer.concat([head, ...kept.values()]), { mode: 0o600, flush: true })
  renameSync(beside, file)
}
