import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/usage.ts'

/** Debian's package; `.ci/services` installs it. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const absent = existsSync(CHROMIUM)
  ? undefined
  : `no Chromium at ${CHROMIUM}: .ci/services installs it`
if (absent && process.env['CI']) throw new Error(absent)
if (absent) process.stderr.write(`skipped: ${absent}\n`)

const LOG = 'test/fixtures/generations.csv'
const FILE = join(mkdtempSync(join(tmpdir(), 'orx-page-')), 'page.html')
const SHOTS = process.env['ORX_SCREENSHOTS']

describe.skipIf(absent)('the page in a real browser', () => {
  let browser: Browser
  let page: Page
  let json: ReturnType<(typeof contract)['parse']>
  const asked: string[] = []
  const errors: string[] = []

  beforeAll(async () => {
    const line = `usage ${LOG} --catalog snapshot --html ${FILE} --on gpt-5-nano --regret --json`
    json = contract.parse(JSON.parse((await orx(line)).out))
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    })
    page = await browser.newPage({ viewport: { width: 1180, height: 900 } })
    page.on('request', (request) => asked.push(request.url()))
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.goto(pathToFileURL(FILE).href)
    await page.waitForSelector('html[data-ready]')
  })
  afterAll(() => browser?.close())

  const column = (id: string, at: number) =>
    page.$$eval(
      `#${id} tbody tr`,
      (rows, index) =>
        rows.map((row) => {
          const cell = (row as HTMLTableRowElement).cells[index]
          return cell?.dataset['value'] ?? cell?.textContent ?? ''
        }),
      at,
    )

  test('draws its five charts and reports no error', async () => {
    expect(await page.getAttribute('html', 'data-ready')).toBe('5')
    const blank = await page.$$eval(
      'canvas',
      (all) =>
        all.filter((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement
          const pixels = (canvas as HTMLCanvasElement)
            .getContext('2d')
            ?.getImageData(0, 0, width, height)
          return !pixels?.data.some((value) => value !== 0)
        }).length,
    )
    expect({ blank, errors }).toEqual({ blank: 0, errors: [] })
  })

  test('asks for nothing but itself', () => {
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(FILE).href])
    expect(/(src|href)="https?:[^"]*\.(js|css|png|woff)/.test(readFileSync(FILE, 'utf8'))).toBe(
      false,
    )
  })

  test('shows the figures of the JSON', async () => {
    const tile = (key: string) => page.getAttribute(`[data-key=${key}]`, 'data-value')
    expect({
      requests: await tile('requests'),
      recomputed: await tile('recomputed'),
      reported: await tile('reported'),
      saved: await tile('saved'),
    }).toEqual({
      requests: String(json.requests),
      recomputed: json.recomputed,
      reported: json.reported,
      saved: json.regret?.saved,
    })
    expect(await column('models', 0)).toEqual(json.byModel.map(({ model }) => model))
    expect(await column('models', 5)).toEqual(
      json.byModel.map(({ recomputed }) => recomputed ?? ''),
    )
    expect(await column('regret', 6)).toEqual(json.regret?.classes.map(({ saved }) => saved))
    expect(await column('elsewhere', 4)).toContain(json.onOther[0]?.total)
    expect(await column('skipped', 1)).toEqual(json.skipped.map(({ count }) => String(count)))
  })

  test('sorts and changes its theme by keyboard', async () => {
    const before = await column('models', 1)
    await page.focus('#models th:nth-child(2) button')
    await page.keyboard.press('Enter')
    expect(await page.getAttribute('#models th:nth-child(2)', 'aria-sort')).toBe('descending')
    expect((await column('models', 1)).map(Number)).toEqual(
      before.map(Number).sort((a, b) => b - a),
    )
    await page.keyboard.press('Space')
    expect((await column('models', 1)).map(Number)).toEqual(
      before.map(Number).sort((a, b) => a - b),
    )
    await page.focus('#theme')
    const shade = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await shade()
    await page.keyboard.press('Enter')
    expect(await shade()).not.toBe(light)
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('true')
  })

  test('every control can be reached with Tab', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const controls = await page.$$eval('a, button, canvas, [tabindex]', (all) => all.length)
    const seen = new Set<string>()
    for (let press = 0; press < controls + 2; press++) {
      await page.keyboard.press('Tab')
      seen.add(
        await page.evaluate(() => {
          const all = [...document.querySelectorAll('a, button, canvas, [tabindex]')]
          return String(all.indexOf(document.activeElement ?? document.body))
        }),
      )
    }
    seen.delete('-1')
    expect(seen.size).toBe(controls)
  })

  test.each(['light', 'dark'] as const)('follows the system: %s', async (colorScheme) => {
    const fresh = await browser.newPage({ colorScheme, viewport: { width: 1180, height: 900 } })
    await fresh.goto(pathToFileURL(FILE).href)
    await fresh.waitForSelector('html[data-ready]')
    const shade = await fresh.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(shade).toBe(colorScheme === 'dark' ? 'rgb(19, 20, 22)' : 'rgb(247, 247, 245)')
    await (SHOTS
      ? fresh.screenshot({ path: join(SHOTS, `${colorScheme}.png`), fullPage: true })
      : null)
    await fresh.close()
  })

  test('is not wider than a narrow window', async () => {
    const fresh = await browser.newPage({ viewport: { width: 390, height: 800 } })
    await fresh.goto(pathToFileURL(FILE).href)
    await fresh.waitForSelector('html[data-ready]')
    expect(await fresh.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    )
    await fresh.close()
  })
})

test('--html into a folder that is not there says so', async () => {
  const { status, err } = await orx(`usage ${LOG} --catalog snapshot --html /none/page.html`)
  expect(status).toBe(2)
  expect(err).toContain('cannot be written')
})
