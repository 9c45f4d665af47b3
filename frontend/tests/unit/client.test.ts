import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { stubService } from './service'

const load = () => import('../../src/api/client')
const workspaces = () => import('../../src/api/workspace')
const errors = () => import('../../src/api/errors')

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 })
})
afterEach(() => {
  vi.useRealTimers()
})

test('every call names the workspace, and always the same', async () => {
  const sent = stubService({})
  const { get } = await load()
  await get('/getCustomers', { query: { limit: 1, map: ['a:b', 'c:d'], after: undefined } })
  await get('/getProducts')
  expect(sent[0]?.path).toBe('/getCustomers?limit=1&map=a%3Ab&map=c%3Ad')
  expect(sent[0]?.headers['X-Workspace']).toMatch(/^[A-Za-z0-9_-]{24}$/)
  expect(sent[1]?.headers['X-Workspace']).toBe(sent[0]?.headers['X-Workspace'])
})

test('an error is the sentence of the service, with its problems', async () => {
  const problems = [{ line: 2, column: 'age', value: 'x', message: 'No.' }]
  stubService({ '/importCustomers': [{ status: 422, body: { error: 'One problem.', problems } }] })
  const { post } = await load()
  await expect(post('/importCustomers')).rejects.toMatchObject({
    message: 'One problem.',
    status: 422,
    problems,
  })
})

test('an error without a sentence names its status', async () => {
  const { refusal } = await load()
  expect(refusal(502, '<html>', new Headers()).message).toContain('502')
})

test('a change waits until the service answers, and is then sent once', async () => {
  const sent = stubService({
    '/health': ['away', { status: 503, body: { error: 'Away.' } }, { body: {} }],
  })
  const { post, away } = await load()
  const answer = post('/generateDataset', { size: 5 })
  await vi.waitFor(() => expect(away.get()).toBe(true))
  await answer
  expect(away.get()).toBe(false)
  expect(sent.filter(({ method }) => method === 'POST')).toMatchObject([
    { path: '/generateDataset', body: { size: 5 } },
  ])
})

test('a change that was refused as 503 did nothing, so it is sent again', async () => {
  const sent = stubService({
    '/conductClustering': [
      { status: 503, headers: { 'Retry-After': '1' }, body: { error: 'Busy.' } },
      { body: { cluster: {} } },
    ],
  })
  const { post } = await load()
  expect((await post('/conductClustering')).data).toEqual({ cluster: {} })
  expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(2)
})

test('a change whose answer never came is not sent a second time', async () => {
  const sent = stubService({ '/generateDataset': ['away', { body: {} }] })
  const { post } = await load()
  const { Interrupted } = await errors()
  await expect(post('/generateDataset')).rejects.toBeInstanceOf(Interrupted)
  expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('until when data are kept is remembered', async () => {
  stubService({ '/generateDataset': [{ headers: { 'X-Kept-Until': '2026-11-25T18:00:00Z' } }] })
  const { post } = await load()
  const { keptUntil } = await workspaces()
  await post('/generateDataset')
  expect(keptUntil.get()).toBe('2026-11-25T18:00:00Z')
  expect(localStorage.getItem('segmentation.kept-until')).toBe('2026-11-25T18:00:00Z')
  keptUntil.set(null)
  expect(localStorage.getItem('segmentation.kept-until')).toBeNull()
})

test('a key is asked for when the service wants one, and kept for the tab only', async () => {
  const sent = stubService({
    '/getCustomers': [{ status: 401, body: { error: 'A key.' } }, { body: [] }],
  })
  const { get } = await load()
  const { apiKey, keyNeeded } = await workspaces()
  await expect(get('/getCustomers')).rejects.toMatchObject({ status: 401 })
  expect(keyNeeded.get()).toBe(true)
  apiKey.set('secret')
  await get('/getCustomers')
  expect(sent.at(-1)?.headers['X-API-Key']).toBe('secret')
  expect(JSON.stringify(localStorage)).not.toContain('secret')
})

test('a file is given as it is, an error as its sentence', async () => {
  stubService({
    '/getCustomers': [{ body: [1] }, { status: 409, body: { error: 'Nothing there.' } }],
  })
  const { download } = await load()
  expect(await (await download('/getCustomers')).text()).toBe('[1]')
  await expect(download('/getCustomers')).rejects.toThrow('Nothing there.')
})

test('what is given up does not count as the service being away', async () => {
  stubService({})
  const { get, away, pause } = await load()
  const controller = new AbortController()
  controller.abort()
  await expect(get('/getCustomers', { signal: controller.signal })).rejects.toThrow()
  await expect(pause(1000, controller.signal)).rejects.toThrow()
  expect(away.get()).toBe(false)
})

test('waiting grows and has an end, and the service may ask for more', async () => {
  const { waitBefore, ApiError, ServiceAway, isPassing } = await errors()
  expect([0, 1, 2, 9].map((attempt) => waitBefore(attempt, new ServiceAway()))).toEqual([
    500, 1000, 2000, 5000,
  ])
  expect(waitBefore(0, new ApiError('Busy.', 503, [], 3))).toBe(3000)
  expect([400, 429, 503].map((status) => isPassing(new ApiError('', status)))).toEqual([
    false,
    true,
    true,
  ])
})
