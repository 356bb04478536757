import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { build, transform } from 'esbuild'

// Start-up decides the shape (docs/decisions/0002). `dist/main.cjs` starts; the command line lies in three hoisted files, each with
// the commands that must be instant: `prompt.cjs` with those that take a prompt, `logs.cjs` with the one that reads logs,
// `program.cjs` with the others. Everything that is loaded later lies in `dist/chunks`.
const INSTANT = {
  program: ['cost', 'fees', 'models', 'recommend'],
  prompt: ['chat', 'pick'],
  logs: ['usage', 'usage-files'],
}

/** Loaded where they are used, but not as chunks: files of the program itself. */
const PROGRAMS = new Map([
  [resolve('src/cli.ts'), './program.cjs'],
  [resolve('src/prompt.ts'), './prompt.cjs'],
  [resolve('src/logs.ts'), './logs.cjs'],
])

const outdir = 'dist'
const { version } = JSON.parse(await readFile('package.json', 'utf8'))
const settings = {
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  // Names stay readable, for stack traces in bug reports; shortening them was measured to gain no time.
  minifyWhitespace: true,
  minifySyntax: true,
  // libsql is bundled, its native builds cannot be: one of the optional dependencies is that of this machine.
  alias: {
    '@neon-rs/load': './src/sources/ledger/native-target.ts',
    'detect-libc': './src/sources/ledger/native-target.ts',
  },
  define: { ORX_VERSION: JSON.stringify(version), ORX_BUILD: '"@build@"' },
}

/** commander loads node:child_process for commands that are programs of their own; orx has none, and it costs a tenth of the start. */
const withoutSubprocesses = {
  name: 'without-subprocesses',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'absent' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** Loads commands with the program, so that nothing of them is wrapped or read apart. */
const withCommands = (names) => ({
  name: 'with-commands',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]commands[\\/](index|usage)\.ts$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8')
      for (const [at, name] of names.entries()) {
        const later = `import('./${name}.ts')`
        if (!contents.includes(later)) continue
        contents = `import * as part${at} from './${name}.ts'\n${contents.replace(later, `Promise.resolve(part${at})`)}`
      }
      return { contents, loader: 'ts' }
    })
  },
})

/** "sources-openrouter-models" for a module of our own, its package for a library. */
const nameOf = (file) => {
  const own = relative(resolve('src'), file)
  if (own.startsWith('..')) return file.split(`node_modules${sep}`).at(-1).split(sep)[0]
  return own.replaceAll(sep, '-').replace(/\.[^.]+$/, '')
}

/** Own modules and libraries that are loaded later, by the name of their chunk. */
const later = new Map()
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /.*/ }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'found') return undefined
      if (path.startsWith('node:')) return undefined
      const { path: file } = await find(path, { kind, resolveDir, pluginData: 'found' })
      const program = PROGRAMS.get(file)
      if (program) return { path: program, external: true }
      const name = nameOf(file)
      if (later.has(name) && later.get(name) !== file)
        throw new Error(`two chunks are called ${name}`)
      later.set(name, file)
      return { path: `./chunks/${name}.cjs`, external: true }
    })
  },
}

/** Chunks use the commander that program.cjs already holds. */
const sharedCommander = {
  name: 'shared-commander',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^commander$/ }, ({ path }) => ({ path, namespace: 'shared' }))
    onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
      contents: 'module.exports = require(__dirname + "/../program.cjs").commander',
    }))
  },
}

await rm(outdir, { recursive: true, force: true })
const hoisted = (name, contents, ...plugins) =>
  build({
    ...settings,
    stdin: { contents, resolveDir: resolve('.') },
    outfile: `${outdir}/${name}.cjs`,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    plugins,
  })
await hoisted('main', `export { main } from './src/main.ts'`, loadedLater)
for (const [name, commands] of Object.entries(INSTANT)) {
  const contents = `export { run } from './src/cli.ts'; export * as commander from 'commander'`
  await hoisted(name, contents, withCommands(commands), withoutSubprocesses, loadedLater)
}

// esbuild splits ES modules only, so each chunk is turned into CommonJS afterwards, dynamic imports included.
const { metafile } = await build({
  ...settings,
  entryPoints: { ...Object.fromEntries(later), 'simulate-worker': 'src/simulate-worker.ts' },
  outdir: `${outdir}/chunks`,
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  splitting: true,
  format: 'esm',
  metafile: true,
  plugins: [sharedCommander],
})
for (const file of Object.keys(metafile.outputs)) {
  const { code } = await transform(await readFile(file, 'utf8'), {
    platform: 'node',
    target: 'node20.18',
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'cjs',
    supported: { 'dynamic-import': false },
  })
  // Exports leave as plain values: behind esbuild's two getters each use of an imported constant costs two calls, which
  // made reading a log three times as slow. Nothing here exports what changes later.
  await writeFile(file, `${code}module.exports={__esModule:!0,...module.exports};`)
}
// The script of the usage page, charts included, as one file that is written into the page.
await build({
  entryPoints: ['src/render/html/client/main.ts'],
  outfile: `${outdir}/usage-page.js`,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'inline',
  minify: true,
})

// What is kept of one build must never be taken for another's. Neither time nor size tells: npm gives all files one date.
const hash = createHash('sha256')
const built = await readdir(outdir, { recursive: true })
for (const file of built.filter((each) => each.endsWith('.cjs')).sort()) {
  hash.update(await readFile(`${outdir}/${file}`))
}
const main = `${outdir}/main.cjs`
const id = hash.digest('hex').slice(0, 16)
await writeFile(main, (await readFile(main, 'utf8')).replace('@build@', id))
