/** What a visitor does, step by step, and what must hold on every screen. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

export async function generate(
  page: Page,
  options: { size?: number; seed?: number } = {},
): Promise<void> {
  if (Object.keys(options).length) await page.getByText('Size and seed').click()
  if (options.size) await page.getByLabel('Customers', { exact: true }).fill(String(options.size))
  if (options.seed) await page.getByLabel('Seed').fill(String(options.seed))
  await page.getByRole('button', { name: 'Generate Dataset' }).click()
  await arriveAtSelect(page)
}

/** Choose a file and import what the preview shows. */
export async function bring(page: Page, path: string): Promise<void> {
  await page.getByLabel('Choose a file').setInputFiles(path)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await arriveAtSelect(page)
}

async function arriveAtSelect(page: Page): Promise<void> {
  await heading(page, 'Select Validation Data').waitFor()
  await page
    .getByRole('checkbox', { name: /^Follow / })
    .first()
    .waitFor()
}

/** Follow the first three customers. */
export async function followThree(page: Page): Promise<void> {
  const rows = page.getByRole('region', { name: 'Customers' }).getByRole('row')
  for (const line of [1, 2, 3]) await rows.nth(line).click()
  await page.getByText('You follow 3 of 3').waitFor()
}

export async function cluster(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run Clustering' }).click()
  await arriveAtResult(page)
}

export async function arriveAtResult(page: Page): Promise<void> {
  await heading(page, 'Clustering Result').waitFor()
  await page.getByRole('heading', { name: 'Recommended Products' }).waitFor()
  await page
    .getByRole('button', { name: /^Send Notification/ })
    .first()
    .waitFor()
  await page.getByText('Silhouette', { exact: true }).waitFor()
}

export async function notify(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Send Notification/ })
    .first()
    .click()
  await heading(page, 'New Email').waitFor()
  await page.getByLabel('Subject').waitFor()
}

export async function send(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Ann Lee')
  await page.getByLabel('Email').fill('ann@example.org')
  await page.getByRole('button', { name: 'Send Email' }).click()
  await heading(page, 'Thank you').waitFor()
}

/** No serious or critical violation, light and dark, and nothing wider than the screen. */
export async function checkAccess(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(AXE)
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
      return (await axe.run()).violations
    })
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(describe), `${page.url()} ${colorScheme}`).toEqual([])
  }
  const [content, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ])
  expect(content, 'nothing is wider than the screen').toBeLessThanOrEqual(screen ?? 0)
}

interface Violation {
  id: string
  impact: string
  nodes: { html: string; failureSummary: string }[]
}

const describe = ({ id, nodes }: Violation) =>
  `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`
