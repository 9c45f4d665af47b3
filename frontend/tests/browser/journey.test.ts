/** The whole journey, in a real browser, on a service with its own PostgreSQL. */

import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { formatCount, formatMoney, letter } from '../../src/state/format'
import { formatMean, inDeviations } from '../../src/state/columns'
import type { Amounts, Customer, OfferedProduct, Profiles } from '../../src/api/types'
import { columnLabel } from '../../src/texts'
import { Stage, TELEPHONE, type Visitor, WIDE } from './stage'
import { bring, checkAccess, cluster, followThree, generate, notify, send } from './steps'

const example = (name: string) =>
  fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url))

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage?.clear())

const SOURCES: [string, (page: Page) => Promise<void>][] = [
  ['generated customers', (page) => generate(page, { seed: 1 })],
  ['a file of customers', (page) => bring(page, example('customers.csv'))],
  ['a file without names', (page) => bring(page, example('own_columns.csv'))],
]
const SCREENS = [
  ['a computer', WIDE],
  ['a telephone', TELEPHONE],
] as const

describe.each(SCREENS)('on %s', (_, viewport) => {
  test.each(SOURCES)('from %s to an e-mail', async (source, begin) => {
    const check = source === SOURCES[0]?.[0] ? checkAccess : () => Promise.resolve()
    const visitor = await stage.visitor(viewport)
    const { page, complaints } = visitor
    await check(page)
    await begin(page)
    await followThree(page)
    await check(page)
    await cluster(page)
    await checkFigures(visitor)
    await checkTables(page)
    await check(page)
    await notify(page)
    await check(page)
    await send(page)
    await check(page)
    expect(complaints).toEqual([])
    await visitor.context.close()
  })
})

/** The page says what the service says, to the penny. */
async function checkFigures(visitor: Visitor): Promise<void> {
  const { page } = visitor
  const amounts = await stage.ask<Amounts>(visitor, '/getClustersAmounts')
  const profiles = await stage.ask<Profiles>(visitor, '/getClusterProfiles')
  const offers = await stage.ask<Record<string, OfferedProduct[]>>(visitor, '/getProductsByCluster')
  for (const [cluster, amount] of Object.entries(amounts)) {
    const button = page
      .locator('.cluster-button')
      .filter({ has: page.getByText(letter(cluster), { exact: true }) })
    await button.click()
    expect(await button.textContent()).toContain(`${formatCount(amount)} customers`)
    expect(await button.textContent()).toContain(profiles[cluster]?.name)
    await page
      .getByRole('heading', { name: `${letter(cluster)} ${profiles[cluster]?.name}` })
      .waitFor()
    for (const { feature, mean, overall_mean, difference } of profiles[cluster]?.features ?? []) {
      const row = page
        .getByRole('region', { name: 'The figures' })
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: columnLabel(feature), exact: true }) })
      const cells = await row.getByRole('cell').allTextContents()
      expect(cells).toContain(formatMean(feature, mean))
      expect(cells).toContain(formatMean(feature, overall_mean))
      expect(cells.at(-1)).toContain(inDeviations(difference))
    }
    const best = offers[cluster]?.[0]
    if (best) {
      const first = page.locator('.offers > li').first()
      await first.getByRole('heading', { name: best.product_name }).waitFor()
      if (best.annual_fees !== null)
        expect(await first.textContent()).toContain(formatMoney(best.annual_fees))
      for (const reason of best.reasons ?? []) expect(await first.textContent()).toContain(reason)
    }
  }
  const [first] = await stage.ask<Customer[]>(visitor, '/getCustomers?limit=1')
  const followed = page.getByRole('region', { name: 'The customers you follow' }).last()
  if (first?.annual_income)
    await followed.getByText(formatMoney(first.annual_income)).first().waitFor()
  if (first?.cluster != null)
    await followed.getByText(letter(first.cluster), { exact: true }).first().waitFor()
}

/** Every chart has its figures as a table, too. */
async function checkTables(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: 'Show as a table' })
  const charts = await buttons.count()
  expect(charts).toBeGreaterThanOrEqual(4)
  for (let chart = 0; chart < charts; chart++) await buttons.first().click()
  expect(await page.getByRole('button', { name: 'Show as a chart' }).count()).toBe(charts)
  await page
    .getByRole('region', { name: 'How many customers in each' })
    .getByRole('row')
    .nth(1)
    .waitFor()
}
