/** Many customers (PAGE_CUSTOMERS=1000000 for a million), and what comes over the wire first. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { platform } from 'node:os'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { Stage } from './stage'
import { arriveAtResult, generate } from './steps'

const CUSTOMERS = Number(process.env.PAGE_CUSTOMERS ?? 100_000)
const MEMORY = 300 * 1024 // KiB
const FIRST_LOAD = 300_000 // bytes
const LONG_WORK = 400_000 // milliseconds

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage?.clear())

test('the first load is small', async () => {
  const { page, context } = await stage.visitor()
  await page.getByRole('button', { name: 'Generate Dataset' }).waitFor()
  const { bytes, paint } = await page.evaluate(() => {
    const loaded = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ] as PerformanceResourceTiming[]
    return {
      bytes: loaded.reduce((all, { transferSize }) => all + transferSize, 0),
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    }
  })
  console.log(`First load: ${bytes} bytes, first content after ${Math.round(paint ?? 0)} ms.`)
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(FIRST_LOAD)
  await context.close()
})

test('many customers are scrolled to the end, clustered and shown', async () => {
  const visitor = await stage.visitor()
  const { page, complaints } = visitor
  await generate(page, { size: CUSTOMERS, seed: 1 })
  const list = page.getByRole('region', { name: 'Customers', exact: true })
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await list.evaluate((element, to) => (element.scrollTop = to * element.scrollHeight), part)
    await list.getByRole('checkbox').first().waitFor()
  }
  await list.getByRole('cell', { name: String(CUSTOMERS), exact: true }).waitFor()
  await page.getByLabel('Find a customer by id').fill(String(CUSTOMERS / 2))
  await page.getByRole('button', { name: 'Find' }).click()
  await page
    .getByRole('checkbox', { name: new RegExp(`customer ${CUSTOMERS / 2}$`) })
    .first()
    .check()

  let answered = 0
  page.on('requestfinished', (request) => {
    if (/Points|IncomeAndLoan|Amounts|Profiles/.test(request.url())) answered = Date.now()
  })
  await page.getByRole('button', { name: 'Run Clustering' }).click()
  await page.locator('.canvas canvas').nth(2).waitFor({ timeout: LONG_WORK })
  await page.getByRole('button', { name: /^C / }).waitFor()
  const took = Date.now() - answered
  await arriveAtResult(page)
  const memory = tabMemory()
  console.log(
    `Result ${took} ms after the last answer; the largest tab has ${Math.round(memory / 1024)} MiB.`,
  )
  expect(memory).toBeLessThan(MEMORY)
  expect(complaints).toEqual([])
  await visitor.context.close()
})

/** The proportional memory of this test's largest renderer, in KiB; 0 where it can't be read. */
function tabMemory(): number {
  if (platform() !== 'linux') return 0
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  const renderers = processes.filter((line) => line.includes('--type=renderer'))
  const sizes = renderers.map((line) => {
    try {
      const rollup = readFileSync(`/proc/${Number.parseInt(line)}/smaps_rollup`, 'utf8')
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    } catch {
      return 0
    }
  })
  return Math.max(0, ...sizes)
}
