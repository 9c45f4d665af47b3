import { beforeEach, expect, test, vi } from 'vitest'

import { stubService } from './service'

const load = () => import('../../src/api/upload')
const file = new File(['age\n41\n'], 'customers.csv')

/** An XMLHttpRequest that does as it is told once it is sent. */
function stubTransfer(act: (request: FakeRequest) => void): FakeRequest[] {
  const made: FakeRequest[] = []
  vi.stubGlobal(
    'XMLHttpRequest',
    class extends FakeRequest {
      constructor() {
        super(act)
        made.push(this)
      }
    },
  )
  return made
}

class FakeRequest {
  headers: Record<string, string> = {}
  upload: { onprogress?: (event: { loaded: number; total: number }) => void; onload?: () => void } =
    {}
  status = 200
  responseText = '{}'
  address = ''
  onload = () => {}
  onerror = () => {}
  onabort = () => {}
  constructor(private act: (request: FakeRequest) => void) {}
  open(_method: string, address: string) {
    this.address = address
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  getAllResponseHeaders() {
    return 'location: /jobs/3\r\nx-kept-until: 2026-11-26T10:00:00Z\r\n'
  }
  abort() {
    this.onabort()
  }
  send() {
    this.act(this)
  }
}

beforeEach(() => {
  stubService({})
})

test('a file is sent with its share on the way, up to the whole', async () => {
  const [shares, made] = [
    [] as number[],
    stubTransfer((request) => {
      request.upload.onprogress?.({ loaded: 1, total: 4 })
      request.upload.onload?.()
      request.responseText = '{"message":"1 customer."}'
      request.onload()
    }),
  ]
  const { upload } = await load()
  const answer = await upload('/importCustomers', file, {
    query: { map: ['Income:annual_income'] },
    asynchronous: true,
    onSent: (share) => shares.push(share),
  })
  expect(answer.data).toEqual({ message: '1 customer.' })
  expect(answer.headers.get('Location')).toBe('/jobs/3')
  expect(shares).toEqual([0.25, 1])
  expect(made[0]?.address).toContain('map=Income%3Aannual_income')
  expect(made[0]?.headers).toMatchObject({
    'Content-Type': 'application/octet-stream',
    Prefer: 'respond-async',
  })
  expect(localStorage.getItem('segmentation.kept-until')).toBe('2026-11-26T10:00:00Z')
})

test('a broken file is told by its problems', async () => {
  stubTransfer((request) => {
    request.status = 422
    request.responseText = '{"error":"1 problem.","problems":[{"line":2}]}'
    request.onload()
  })
  const { upload } = await load()
  await expect(upload('/importCustomers', new File([], 'a.xlsx'))).rejects.toMatchObject({
    message: '1 problem.',
    problems: [{ line: 2 }],
  })
})

test('a connection that breaks off sends nothing a second time', async () => {
  const made = stubTransfer((request) => request.onerror())
  const { upload } = await load()
  await expect(upload('/importCustomers', file)).rejects.toThrow('broke off')
  expect(made).toHaveLength(1)
})

test('an upload can be given up', async () => {
  const controller = new AbortController()
  stubTransfer(() => controller.abort())
  const { upload } = await load()
  await expect(upload('/importCustomers', file, { signal: controller.signal })).rejects.toThrow(
    'Cancelled',
  )
})
