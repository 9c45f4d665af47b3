/** Visitors beside one another, and one visitor in several places. */

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Amounts, Customer } from '../../src/api/types'
import { Stage, workspaceOf } from './stage'
import { cluster, generate } from './steps'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage?.clear())

/** The clusters as they are named, once the names have come. */
async function clusterNames(page: Page): Promise<string | null> {
  const named = page.locator('.clusters', { hasNotText: 'Cluster A' })
  await named.waitFor()
  return named.textContent()
}

test('a second visitor changes nothing for the first', async () => {
  const first = await stage.visitor()
  await generate(first.page, { size: 300, seed: 1 })
  await cluster(first.page)
  const before = [
    await stage.ask<Customer[]>(first, '/getCustomers'),
    await stage.ask<Amounts>(first, '/getClustersAmounts'),
    await clusterNames(first.page),
  ]
  const second = await stage.visitor()
  expect(await workspaceOf(second)).not.toBe(await workspaceOf(first))
  expect(await stage.ask<Customer[]>(second, '/getCustomers')).toEqual([])
  await generate(second.page, { size: 80, seed: 2 })
  await second.page.getByText('All 80 customers').waitFor()
  await first.page.reload()
  const after = [
    await stage.ask<Customer[]>(first, '/getCustomers'),
    await stage.ask<Amounts>(first, '/getClustersAmounts'),
    await clusterNames(first.page),
  ]
  expect(after).toEqual(before)
  await first.context.close()
  await second.context.close()
})

test('the link opens the workspace in another browser', async () => {
  const first = await stage.visitor()
  await generate(first.page, { size: 70 })
  const name = await workspaceOf(first)
  const second = await stage.visitor()
  await second.page.goto(`${stage.origin}/#workspace=${name}`)
  await second.page.reload()
  await second.page.getByText('70 customers are in this workspace.').waitFor()
  expect(second.page.url()).toBe(`${stage.origin}/`)
  await first.context.close()
  await second.context.close()
})

test('after a clean-up there is a sentence and a way back', async () => {
  const { page, context } = await stage.visitor()
  await page.goto(`${stage.origin}/Result`)
  await page.getByText('There are no clusters yet.').waitFor()
  await page.getByRole('link', { name: 'Select Validation Data' }).click()
  await page.getByText('There are no customers here.').waitFor()
  await page.getByRole('link', { name: 'Bring or generate customers' }).click()
  await page.getByRole('button', { name: 'Generate Dataset' }).waitFor()
  await page.goto(`${stage.origin}/SendEmail`)
  await page.getByRole('link', { name: 'Back to the result' }).waitFor()
  await page.goto(`${stage.origin}/nowhere`)
  await page.getByRole('button', { name: '← Home' }).waitFor()
  await context.close()
})

test('back, forward and reload keep the place', async () => {
  const { page, context } = await stage.visitor()
  await generate(page, { seed: 1 })
  await cluster(page)
  await page.getByRole('button', { name: /^B / }).click()
  await page.reload()
  await page.locator('#current').getByText('B', { exact: true }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Select Validation Data' }).waitFor()
  await page.goForward()
  await page.locator('#current').getByText('B', { exact: true }).waitFor()
  await context.close()
})

test('the keyboard alone is enough', async () => {
  const { page, context } = await stage.visitor()
  await page.getByRole('button', { name: 'Generate Dataset' }).focus()
  await page.keyboard.press('Enter')
  const heading = page.getByRole('heading', { name: 'Select Validation Data' })
  await heading.waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  const box = page.getByRole('checkbox', { name: /^Follow / }).first()
  await box.focus()
  await page.keyboard.press('Space')
  await page.getByText('You follow 1 of 3').waitFor()
  await page.getByRole('button', { name: 'Run Clustering' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Clustering Result' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  await context.close()
})

test('nothing is wider than 320 pixels', async () => {
  const { page, context } = await stage.visitor({ width: 320, height: 640 })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  expect(await fits()).toBe(true)
  await generate(page, { seed: 1 })
  expect(await fits()).toBe(true)
  await cluster(page)
  expect(await fits()).toBe(true)
  await context.close()
})
