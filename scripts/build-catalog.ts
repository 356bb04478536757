import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { checkCatalog } from '../src/sources/catalog-schema.ts'
import { build } from './catalog/build.ts'
import { directMap } from './catalog/direct.ts'
import { qualityMap } from './catalog/quality.ts'

// npx tsx scripts/build-catalog.ts CAPTURES: rewrites data/ from a folder of captures and says what it merged and dropped.
const [captures] = process.argv.slice(2)
if (!captures || !existsSync(captures)) {
  console.error('usage: npx tsx scripts/build-catalog.ts CAPTURES')
  process.exit(2)
}
const here = fileURLToPath(new URL('.', import.meta.url))
const data = join(here, '../data')
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const reportFile = join(data, 'report.json')
const { files, report } = build(captures, checkCatalog(json(reportFile), reportFile), {
  direct: directMap.parse(json(join(here, 'maps/direct.json'))),
  quality: qualityMap.parse(json(join(here, 'maps/quality.json'))),
  successors: z.record(z.string(), z.string()).parse(json(join(here, 'maps/successors.json'))),
})
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(data, name), text)
  console.log(`data/${name}  ${(text.length / 1024).toFixed(0)} KB`)
}
console.log(report.join('\n'))
