/** What a visitor keeps: a cluster's new name, a segmentation for the next month, files. */

import { readFileSync } from 'node:fs'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Amounts, Migration, Profiles, Segmentation } from '../../src/api/types'
import { Stage } from './stage'
import { cluster, generate } from './steps'

const SIZE = 240
const ZIP = 'PK\u0003\u0004' // how a workbook begins

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage?.clear())

async function download(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFileSync(await file.path(), 'latin1')
}

test('a cluster is renamed, the segmentation saved, compared and removed', async () => {
  const visitor = await stage.visitor()
  const { page, complaints } = visitor
  await generate(page, { size: SIZE, seed: 3 })
  await cluster(page)

  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByLabel('Name of this cluster').fill('Our best friends')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByRole('heading', { name: 'A Our best friends' }).waitFor()
  const profiles = await stage.ask<Profiles>(visitor, '/getClusterProfiles')
  expect(profiles['0']?.name).toBe('Our best friends')

  const keep = page.getByRole('region', { name: 'Save this segmentation' })
  await keep.getByLabel('Name, such as 2026-11').fill('2026-11')
  await keep.getByRole('button', { name: 'Save', exact: true }).click()
  await keep.getByText('Saved as 2026-11.').waitFor()
  expect(await stage.ask<Segmentation[]>(visitor, '/getSegmentations')).toHaveLength(1)

  const compared = page.getByRole('region', { name: 'Compare with a saved one' })
  await compared.getByRole('combobox').selectOption('2026-11')
  await compared.getByText('0 customers have changed their cluster.').waitFor()
  const migration = await stage.ask<Migration>(visitor, '/getMigration?from=2026-11')
  await compared.getByText(migration.verdict_sentence).waitFor()

  await keep.getByRole('button', { name: 'Remove 2026-11' }).click()
  await compared.waitFor({ state: 'hidden' })
  expect(await stage.ask<Segmentation[]>(visitor, '/getSegmentations')).toEqual([])
  expect(complaints).toEqual([])
  await visitor.context.close()
})

test('the result is taken away as files', async () => {
  const visitor = await stage.visitor()
  const { page, complaints } = visitor
  await generate(page, { size: SIZE, seed: 4 })
  await cluster(page)
  expect((await download(page, 'Customers for Excel')).slice(0, 4)).toBe(ZIP)
  expect((await download(page, 'Offers to each, for Excel')).slice(0, 4)).toBe(ZIP)
  const lines = (await download(page, 'Customers as CSV')).trim().split('\r\n')
  expect(lines).toHaveLength(SIZE + 1)
  const products = (await download(page, 'Products as CSV')).trim().split('\r\n')
  expect(products.length).toBeGreaterThan(3)
  const amounts = await stage.ask<Amounts>(visitor, '/getClustersAmounts')
  expect(Object.values(amounts).reduce((sum, amount) => sum + amount, 0)).toBe(SIZE)
  expect(complaints).toEqual([])
  await visitor.context.close()
})
