import { describe, expect, test, vi } from 'vitest'

import type { Customer, Product } from '../../src/api/types'
import {
  columnsOf,
  formatColumn,
  formatMean,
  inDeviations,
  isFigure,
  nameOf,
  valueOf,
} from '../../src/state/columns'
import {
  clusterOf,
  formatCount,
  formatDifference,
  formatMoney,
  formatNumber,
  formatSeconds,
  formatShare,
  formatShortMoney,
  formatTime,
  formatWholeShare,
  letter,
} from '../../src/state/format'
import { draftAddress, messageFor, problemsOf, subjectFor } from '../../src/state/message'
import { movesOf } from '../../src/state/migration'
import { clusteringOptions, remarksOf } from '../../src/state/options'
import { pagesOf, scrollTo, TALLEST, windowAt } from '../../src/state/window'

const customer = {
  customer_id: 7,
  first_name: 'Ann',
  last_name: 'Lee',
  age: 41,
  annual_income: '9999999999.99',
  annual_spending: null,
  loan_balance: '0.00',
  credit_score: null,
  city: 9,
  occupation: 4,
  cluster: 0,
  own: { tenure: 3.25, branch: 'North' },
} as Customer

describe('figures', () => {
  test('an amount keeps every digit', () => {
    expect(formatMoney('9999999999.99')).toBe('£9,999,999,999.99')
    expect(formatMoney('148222.50')).toBe('£148,222.50')
    expect(formatMoney(23966.139447513804)).toBe('£23,966.14')
    expect(formatShortMoney(148222.5)).toMatch(/^£148[kK]$/)
  })
  test('what is missing is a dash', () => {
    for (const format of [formatMoney, formatCount, formatNumber, formatShare]) {
      expect([null, undefined, ''].map(format)).toEqual(['–', '–', '–'])
    }
  })
  test('counts, shares, differences', () => {
    expect(formatCount(1000000)).toBe('1,000,000')
    expect(formatShare('0.3584')).toBe('35.8%')
    expect(formatWholeShare(0.3584)).toBe('36%')
    expect(formatDifference(-0.949)).toBe('−0.9')
    expect(inDeviations(1.12)).toBe('+1.1 sd')
  })
  test('times', () => {
    expect(formatSeconds(0.2)).toBe('about 1 s')
    expect(formatSeconds(200)).toBe('about 3 min')
    expect(formatTime('2026-11-25T16:13:30Z')).toMatch(/25 Nov 2026/)
    expect(formatTime('soon')).toBe('soon')
  })
  test('clusters have letters', () => {
    expect([0, '1', 9].map(letter)).toEqual(['A', 'B', 'J'])
    expect(['A', 'J', 'a', '', null].map(clusterOf)).toEqual([
      0,
      9,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('columns', () => {
  test('values by their kind', () => {
    expect(formatColumn('city', 9)).toBe('London')
    expect(formatColumn('occupation', 4)).toBe('Retired')
    expect(formatColumn('annual_income', '9999999999.99')).toBe('£9,999,999,999.99')
    expect(formatColumn('share_spent', 0.8295)).toBe('83%')
    expect(formatColumn('tenure', 3.256)).toBe('3.26')
    expect(formatColumn('branch', 'North')).toBe('North')
    expect(formatColumn('credit_score', null)).toBe('–')
    expect(formatMean('age', 27.4419)).toBe('27.44')
    expect(formatMean('loan_balance', 1510.3647)).toBe('£1,510.36')
    expect([isFigure('city', 9), isFigure('age', null), isFigure('tenure', 3)]).toEqual([
      false,
      true,
      true,
    ])
  })
  test('only the columns that anybody has', () => {
    expect(columnsOf([customer])).toEqual([
      'customer_id',
      'name',
      'age',
      'occupation',
      'city',
      'annual_income',
      'loan_balance',
      'tenure',
      'branch',
    ])
    expect(valueOf(customer, 'branch')).toBe('North')
    expect(nameOf(customer)).toBe('Ann Lee')
  })
})

describe('the window on a long list', () => {
  const viewport = 440
  const height = 40
  test('a short list is scrolled pixel by pixel', () => {
    expect(windowAt(0, viewport, 500, height)).toEqual({
      height: 20000,
      first: 0,
      last: 12,
      top: 0,
    })
    expect(windowAt(820, viewport, 500, height)).toMatchObject({ first: 20, top: 800 })
    expect(windowAt(20000 - viewport, viewport, 500, height).last).toBe(500)
  })
  test('of a million rows the first and the last are reached, and every position has rows', () => {
    const rows = 1_000_000
    const { height: whole } = windowAt(0, viewport, rows, height)
    expect(whole).toBe(TALLEST)
    expect(windowAt(0, viewport, rows, height).first).toBe(0)
    expect(windowAt(whole - viewport, viewport, rows, height).last).toBe(rows)
    for (let top = 0; top <= whole - viewport; top += 9_973) {
      const seen = windowAt(top, viewport, rows, height)
      expect(seen.last - seen.first).toBeGreaterThanOrEqual(viewport / height)
      expect(seen.top).toBeLessThanOrEqual(top)
      expect(seen.top + (seen.last - seen.first) * height).toBeGreaterThanOrEqual(top + viewport)
    }
  })
  test('a row can be scrolled to', () => {
    for (const rows of [500, 1_000_000]) {
      for (const row of [0, 17, Math.floor(rows / 2), rows - 12]) {
        const { first } = windowAt(scrollTo(row, viewport, rows, height), viewport, rows, height)
        expect(Math.abs(first - row)).toBeLessThanOrEqual(1)
      }
    }
  })
  test('no rows are no rows', () => {
    expect(windowAt(0, 0, 0, height)).toMatchObject({ first: 0, last: 0 })
  })
  test('the pages of some rows', () => {
    expect(pagesOf(0, 12, 200)).toEqual([0])
    expect(pagesOf(195, 207, 200)).toEqual([0, 1])
    expect(pagesOf(400, 400, 200)).toEqual([2])
  })
})

describe('what a clustering is asked for', () => {
  const choices = {
    followed: [],
    nClusters: 3 as const,
    features: [],
    like: '',
    refit: false,
    remarks: [],
  }
  test('the documented call has no body', () => expect(clusteringOptions(choices)).toBeUndefined())
  test('only what was chosen', () => {
    expect(
      clusteringOptions({ ...choices, nClusters: 'auto', features: ['age', 'tenure'] }),
    ).toEqual({
      n_clusters: 'auto',
      features: ['age', 'tenure'],
    })
    expect(clusteringOptions({ ...choices, nClusters: 5, like: '2026-11' })).toEqual({
      like: '2026-11',
    })
    expect(clusteringOptions({ ...choices, like: '2026-11', refit: true })).toEqual({
      like: '2026-11',
      refit: true,
    })
  })
})

describe('the e-mail', () => {
  const product = {
    product_name: 'Savings Account_1563',
    product_type: 'Savings Account',
    benefits: 'Pays 4.1 %.',
  } as Product
  const message = { name: 'Ann', email: 'ann@example.org', subject: 'A & B', message: 'One\nTwo?' }
  test('is written from the product and the reasons', () => {
    expect(subjectFor(product)).toContain('Savings Account_1563')
    const text = messageFor(product, [
      'they keep a quarter of their income',
      '80% of this cluster meet its criteria',
    ])
    expect(text).toContain('Pays 4.1 %.')
    expect(text).toContain('- Customers like you keep a quarter of their income')
    expect(text).not.toContain('80%')
    expect(messageFor({ ...product, benefits: null, product_type: null }, [])).not.toContain('Why')
  })
  test('is not sent without an address', () => {
    expect(problemsOf(message)).toEqual({})
    expect(problemsOf({ ...message, email: 'ann' }).email).toContain('@')
    expect(Object.keys(problemsOf({ name: ' ', email: '', subject: '', message: '' }))).toEqual([
      'name',
      'email',
      'subject',
      'message',
    ])
  })
  test('opens as a draft', () => {
    expect(draftAddress(message)).toBe(
      'mailto:ann@example.org?subject=A%20%26%20B&body=One%0D%0ATwo%3F',
    )
  })
})

test('who moved, who is new, who is gone', () => {
  expect(
    movesOf({ table: { 0: { 0: 5, 1: 2 }, 1: { 0: 0 } }, new: { 1: 3 }, gone: { 0: 1 } }),
  ).toEqual([
    { from: 'A', to: 'A', customers: 5 },
    { from: 'A', to: 'B', customers: 2 },
    { from: 'New', to: 'B', customers: 3 },
    { from: 'A', to: 'Gone', customers: 1 },
  ])
  expect(movesOf({ table: { 0: { none: 2 } }, new: {}, gone: {} })).toEqual([
    { from: 'A', to: 'No cluster', customers: 2 },
  ])
})

test('what a clustering says beside its clusters', () => {
  expect(remarksOf({})).toEqual([])
  expect(
    remarksOf({ features: ['age', 'tenure'], reasons: ['Four hold best.'], why: '3 lack all.' }),
  ).toEqual(['Found by Age, tenure.', 'Four hold best.', '3 lack all.'])
})

describe('what a visitor has chosen', () => {
  const load = () => import('../../src/state/visit')
  test('three are followed, a fourth replaces the first', async () => {
    const { toggleFollowed, visit, forgetChoices } = await load()
    for (const id of [1, 2, 3, 4]) toggleFollowed(id)
    expect(visit.get().followed).toEqual([2, 3, 4])
    toggleFollowed(3)
    expect(visit.get().followed).toEqual([2, 4])
    forgetChoices()
    expect(visit.get().followed).toEqual([])
  })
  test('it outlives a reload', async () => {
    ;(await load()).choose({ nClusters: 'auto', followed: [8] })
    vi.resetModules()
    expect((await load()).visit.get()).toMatchObject({ nClusters: 'auto', followed: [8] })
  })
  test('what can no longer be read is forgotten', async () => {
    const { workspace } = await import('../../src/api/workspace')
    localStorage.setItem(`segmentation.visit.${workspace()}`, '{')
    expect((await load()).visit.get().nClusters).toBe(3)
  })
})

describe('the workspace', () => {
  const load = () => import('../../src/api/workspace')
  test('is unguessable, and kept', async () => {
    const { newName, workspace } = await load()
    const names = new Set(Array.from({ length: 100 }, newName))
    expect(names.size).toBe(100)
    expect([...names].every((name) => /^[A-Za-z0-9_-]{24}$/.test(name))).toBe(true)
    expect(workspace()).toBe(workspace())
  })
  test('is opened elsewhere by a link, which then looks as always', async () => {
    const { workspaceLink, workspace } = await load()
    const name = workspace()
    const link = new URL(workspaceLink())
    expect(link.search).toBe('')
    localStorage.clear()
    history.replaceState(null, '', '/Result?cluster=B' + link.hash)
    expect(workspace()).toBe(name)
    expect(location.href).toMatch(/\/Result\?cluster=B$/)
  })
  test('is not what no workspace can be called', async () => {
    history.replaceState(null, '', '/#workspace=../x')
    expect((await load()).workspace()).toMatch(/^[A-Za-z0-9_-]{24}$/)
  })
})
