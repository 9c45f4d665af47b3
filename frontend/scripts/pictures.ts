/** Draw the README's pictures of the page, from a real run: npm run pictures. */

import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, test } from 'vitest'

import { Stage, TELEPHONE, WIDE } from '../tests/browser/stage'
import { cluster, followThree, generate } from '../tests/browser/steps'

const picture = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))

let stage: Stage
beforeAll(async () => {
  stage = await Stage.set()
})
afterAll(() => stage?.clear())

test.each([
  ['page-light.png', WIDE, 'light'],
  ['page-dark.png', WIDE, 'dark'],
  ['page-telephone.png', TELEPHONE, 'light'],
] as const)('%s', async (name, viewport, scheme) => {
  const { page, context } = await stage.visitor(viewport, scheme)
  await generate(page, { seed: 1 })
  await followThree(page)
  await cluster(page)
  await page.locator('.canvas canvas').nth(2).waitFor()
  await page.screenshot({ path: picture(name) })
  await context.close()
})
