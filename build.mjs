import { readFile, rm, writeFile } from 'node:fs/promises'
import { build, transform } from 'esbuild'

// Two passes, because esbuild splits only ES modules and Node 20 starts CommonJS sooner (docs/decisions/0002):
// split into ES chunks first, then turn each chunk into CommonJS, dynamic imports included.
const outdir = 'dist'
const { version } = JSON.parse(await readFile('package.json', 'utf8'))
await rm(outdir, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: ['src/main.ts', 'src/simulate-worker.ts'],
  outdir,
  chunkNames: 'chunks/[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  // What cannot be bundled stays an ordinary dependency.
  external: ['libsql'],
  minify: true,
  keepNames: true,
  metafile: true,
  define: { ORX_VERSION: JSON.stringify(version) },
})
for (const file of Object.keys(metafile.outputs)) {
  const { code } = await transform(await readFile(file, 'utf8'), {
    format: 'cjs',
    platform: 'node',
    target: 'node20.18',
    supported: { 'dynamic-import': false },
    minify: true,
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
