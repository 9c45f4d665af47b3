/** The page below a path of a host, as a static host may have it. */

import { afterAll, beforeAll, expect, test } from 'vitest'

import { Stage } from './stage'
import { cluster, generate } from './steps'

const BASE = '/customer_segmentation/'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set({}, BASE)
})
afterAll(() => stage?.clear())

test('every screen lies below the base path, and is found there again', async () => {
  const visitor = await stage.visitor()
  const { page, complaints } = visitor
  const path = () => new URL(page.url()).pathname
  await generate(page, { size: 60, seed: 1 })
  expect(path()).toBe(`${BASE}Select`)
  await page.reload()
  await page.getByText('All 60 customers').waitFor()
  await cluster(page)
  expect(path()).toBe(`${BASE}Result`)
  await page.goto(`${stage.origin}${BASE}SendEmail`)
  await page.getByRole('heading', { name: 'New Email', level: 1 }).waitFor()
  await page
    .getByRole('link', { name: '← Home' })
    .or(page.getByRole('button', { name: '← Home' }))
    .click()
  await page.getByRole('button', { name: 'Generate Dataset' }).waitFor()
  expect(path()).toBe(BASE)
  expect(complaints).toEqual([])
  await visitor.context.close()
})
