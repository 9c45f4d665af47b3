import { beforeEach, expect, test, vi } from 'vitest'

import { stubService } from './service'

const load = () => import('../../src/api/jobs')
const running = (progress: number) => ({ body: { state: 'running', progress } })
const accepted = { status: 202, headers: { Location: '/jobs/7' }, body: {} }

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 })
})

test('long work is asked for asynchronously and followed to its answer', async () => {
  const sent = stubService({
    '/conductClustering': [accepted],
    '/jobs/7': [
      running(10),
      'away',
      running(60),
      {
        body: {
          state: 'succeeded',
          progress: 100,
          answer: { status: 200, headers: {}, body: { cluster: {} } },
        },
      },
    ],
  })
  const { work } = await load()
  const seen: (number | null)[] = []
  const found: string[] = []
  const answer = await work(
    '/conductClustering',
    { n_clusters: 4 },
    {
      onProgress: ({ percent }) => seen.push(percent),
      onJob: (path) => found.push(path),
    },
  )
  expect(answer).toEqual({ cluster: {} })
  expect(seen).toEqual([10, 60])
  expect(found).toEqual(['/jobs/7'])
  const post = sent.find(({ method }) => method === 'POST')
  expect(post).toMatchObject({ body: { n_clusters: 4 }, headers: { Prefer: 'respond-async' } })
})

test('an answer that is there at once is the answer', async () => {
  stubService({ '/generateDataset': [{ body: { message: 'Done.' } }] })
  const { work } = await load()
  expect(await work('/generateDataset')).toEqual({ message: 'Done.' })
})

test('work that failed says why', async () => {
  stubService({
    '/x': [{ ...accepted, headers: { Location: 'http://localhost:5000/jobs/7' } }],
    '/jobs/7': [
      {
        body: {
          state: 'failed',
          progress: 3,
          answer: { status: 500, headers: {}, body: { error: 'The process ended.' } },
        },
      },
    ],
  })
  const { work } = await load()
  await expect(work('/x')).rejects.toThrow('The process ended.')
})

test('work is cancelled where it runs', async () => {
  const sent = stubService({ '/x': [accepted], '/jobs/7': [running(5)] })
  const { work } = await load()
  const { Cancelled } = await import('../../src/api/errors')
  const controller = new AbortController()
  const done = work('/x', undefined, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await expect(done).rejects.toBeInstanceOf(Cancelled)
  expect(sent.at(-1)).toMatchObject({ method: 'DELETE', path: '/jobs/7' })
})

test('work that somebody else cancelled is cancelled', async () => {
  stubService({ '/x': [accepted], '/jobs/7': [{ body: { state: 'cancelled', progress: 5 } }] })
  const { work } = await load()
  await expect(work('/x')).rejects.toThrow('Cancelled')
})

test('one kind of work runs once however often it is started', async () => {
  stubService({})
  const { clustering } = await import('../../src/state/work')
  let release = () => {}
  const first = clustering.start(() => new Promise<void>((resolve) => (release = resolve)))
  expect(clustering.state.get().running).toBe(true)
  expect(await clustering.start(async () => undefined)).toBe(false)
  release()
  expect(await first).toBe(true)
  expect(clustering.state.get().running).toBe(false)
})

test('work that was under way is followed after a reload', async () => {
  stubService({
    '/jobs/9': [
      {
        body: { state: 'succeeded', progress: 100, answer: { status: 200, headers: {}, body: {} } },
      },
    ],
  })
  sessionStorage.setItem('segmentation.job.clustering', '/jobs/9')
  const { clustering } = await import('../../src/state/work')
  expect(await clustering.resume()).toBe(true)
  expect(sessionStorage.getItem('segmentation.job.clustering')).toBeNull()
  expect(await clustering.resume()).toBe(false)
})

test('what went wrong is kept until it is cleared; what was cancelled is nothing wrong', async () => {
  stubService({})
  const { generating } = await import('../../src/state/work')
  expect(await generating.start(async () => Promise.reject(new Error('No room.')))).toBe(false)
  expect(generating.state.get().error?.message).toBe('No room.')
  generating.clear()
  expect(generating.state.get().error).toBeNull()
  const cancelled = generating.start(async ({ signal, onProgress, onJob }) => {
    onProgress?.({ percent: 50 })
    onJob?.('/jobs/1')
    generating.cancel()
    signal?.throwIfAborted()
  })
  expect(await cancelled).toBe(false)
  expect(generating.state.get()).toMatchObject({ running: false, error: null })
})

test('work that has been done already can no longer be cancelled', async () => {
  stubService({
    'POST /x': [accepted],
    'GET /jobs/7': [
      running(99),
      {
        body: { state: 'succeeded', progress: 100, answer: { status: 200, headers: {}, body: 5 } },
      },
    ],
    'DELETE /jobs/7': [{ status: 409, body: { error: 'Too late.' } }],
  })
  const { work } = await load()
  const controller = new AbortController()
  const call = { signal: controller.signal, onProgress: () => controller.abort() }
  expect(await work('/x', undefined, call)).toBe(5)
})
