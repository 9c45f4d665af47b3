/** The service is killed in each step and started again: the page goes on, and sends nothing twice. */

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { Stage, type Visitor } from './stage'
import { arriveAtResult, cluster, followThree, generate, notify, send } from './steps'

const LONG_ENOUGH = 300_000 // customers whose clustering takes some seconds

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage?.clear())

const isAway = (page: Page) => page.getByText('The service does not answer at the moment.')

/** Note which changes are sent. */
function changesOf({ page }: Visitor): string[] {
  const changes: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') changes.push(new URL(request.url()).pathname)
  })
  return changes
}

async function whileAway(visitor: Visitor, act: () => Promise<void>): Promise<void> {
  await stage.stop('SIGKILL')
  await act()
  await isAway(visitor.page).waitFor()
  await stage.start()
  await isAway(visitor.page).waitFor({ state: 'hidden' })
}

test('killed in every step, the journey comes to its end', async () => {
  const visitor = await stage.visitor()
  const { page, complaints } = visitor
  const changes = changesOf(visitor)

  await whileAway(visitor, () => page.getByRole('button', { name: 'Generate Dataset' }).click())
  await page.getByRole('heading', { name: 'Select Validation Data' }).waitFor()
  await page.getByText('All 500 customers').waitFor()
  await followThree(page)

  await whileAway(visitor, async () => {
    await page.reload()
  })
  await page.getByText('You follow 3 of 3').waitFor()

  await whileAway(visitor, () => page.getByRole('button', { name: 'Run Clustering' }).dblclick())
  await arriveAtResult(page)

  await whileAway(visitor, async () => {
    await page.reload()
  })
  await arriveAtResult(page)
  await notify(page)

  await whileAway(visitor, async () => {
    await page.reload()
  })
  await page.getByLabel('Subject').waitFor()
  await send(page)

  await page.getByRole('button', { name: 'Delete my data' }).click()
  await whileAway(visitor, () => page.getByRole('button', { name: 'Yes, delete' }).click())
  await page.getByText('Your data are deleted.').waitFor()

  expect(changes).toEqual([
    '/generateDataset',
    '/conductClustering',
    '/generateProductDataset',
    '/conductProductMatch',
    '/dropTable/customers',
    '/dropTable/products',
  ])
  expect(complaints).toEqual([])
  await visitor.context.close()
})

test('killed amid the clustering, it says so and changes nothing, and can be done again', async () => {
  const visitor = await stage.visitor()
  const { page } = visitor
  await generate(page, { size: LONG_ENOUGH, seed: 1 })
  const changes = changesOf(visitor)
  await page.getByRole('button', { name: 'Run Clustering' }).click()
  await page.getByRole('progressbar').waitFor()
  await whileAway(visitor, () => Promise.resolve())
  await page.getByRole('alert').waitFor()
  expect(await stage.ask(visitor, '/getClustersAmounts')).toEqual({})
  expect(changes).toEqual(['/conductClustering'])
  await cluster(page)
  await visitor.context.close()
})

test('work is cancelled where one asks for it', async () => {
  const visitor = await stage.visitor()
  const { page } = visitor
  await generate(page, { size: LONG_ENOUGH, seed: 1 })
  await page.getByRole('button', { name: 'Run Clustering' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('progressbar').waitFor({ state: 'hidden' })
  expect(await stage.ask(visitor, '/getClustersAmounts')).toEqual({})
  await visitor.context.close()
})

test('work goes on while the page is loaded anew', async () => {
  const visitor = await stage.visitor()
  const { page } = visitor
  await generate(page, { size: LONG_ENOUGH, seed: 1 })
  const changes = changesOf(visitor)
  await page.getByRole('button', { name: 'Run Clustering' }).click()
  await page.waitForFunction(() => sessionStorage.getItem('segmentation.job.clustering') !== null)
  await page.reload()
  await arriveAtResult(page)
  expect(changes.filter((path) => path === '/conductClustering')).toHaveLength(1)
  await visitor.context.close()
})
