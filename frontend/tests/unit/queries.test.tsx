import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { type Sent, stubService } from './service'

const load = () => import('../../src/api/queries')
const posts = (sent: Sent[]) =>
  sent.filter(({ method }) => method === 'POST').map(({ path }) => path)

async function render<T>(hook: (queries: Awaited<ReturnType<typeof load>>) => { data?: T }) {
  const queries = await load()
  return renderHook(() => hook(queries).data, {
    wrapper: ({ children }) => (
      <QueryClientProvider client={queries.queryClient}>{children}</QueryClientProvider>
    ),
  })
}

test('products are invented and matched only when nothing is matched yet', async () => {
  const matched = { 0: [{ product_id: 1 }] }
  const sent = stubService({
    '/getProductsByCluster': [{ body: { 0: [] } }, { body: matched }],
    '/getProducts': [{ body: [] }],
  })
  const { result } = await render((queries) => queries.useOffers())
  await waitFor(() => expect(result.current).toEqual(matched))
  expect(posts(sent)).toEqual(['/generateProductDataset', '/conductProductMatch'])
})

test('what is matched already is only read', async () => {
  const sent = stubService({ '/getProductsByCluster': [{ body: { 0: [{ product_id: 1 }] } }] })
  const { result } = await render((queries) => queries.useOffers())
  await waitFor(() => expect(result.current).toBeDefined())
  expect(posts(sent)).toEqual([])
})

test('without clusters there is nothing to match', async () => {
  const sent = stubService({ '/getProductsByCluster': [{ body: {} }] })
  const { result } = await render((queries) => queries.useOffers())
  await waitFor(() => expect(result.current).toEqual({}))
  expect(posts(sent)).toEqual([])
})

test('reads are tried again until the service answers', async () => {
  stubService({ '/getClustersAmounts': ['away', { status: 503, body: {} }, { body: { 0: 5 } }] })
  const { result } = await render((queries) => queries.useAmounts())
  await waitFor(() => expect(result.current).toEqual({ 0: 5 }), { timeout: 5000 })
})

test('points are of income and loan by the documented route, of others by their own', async () => {
  const sent = stubService({})
  await render((queries) => queries.usePoints('annual_income', 'loan_balance'))
  await render((queries) => queries.usePoints('age', 'tenure'))
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent.map(({ path }) => path)).toEqual([
    '/getIncomeAndLoanByCluster?sample=5000',
    '/getPoints?x=age&y=tenure&sample=5000',
  ])
})

test('a page of a cluster is asked of that cluster', async () => {
  const sent = stubService({ '/getCustomersByCluster': [{ body: { 1: [{ customer_id: 9 }] } }] })
  const { customersPage } = await load()
  const { signal } = new AbortController()
  expect(await customersPage(1, 400).queryFn({ signal })).toEqual([{ customer_id: 9 }])
  expect(await customersPage(0, 0).queryFn({ signal })).toEqual([])
  expect(sent[0]?.path).toBe('/getCustomersByCluster?limit=200&after=400&columns=all&cluster=1')
  await customersPage(undefined, 0).queryFn({ signal })
  expect(sent[2]?.path).toBe('/getCustomers?limit=200&after=0&columns=all')
})

test('a customer is found by id, or is not there', async () => {
  stubService({ '/getCustomers': [{ body: [{ customer_id: 7 }] }] })
  const { customerById } = await load()
  expect(await customerById(7).queryFn()).toEqual({ customer_id: 7 })
  expect(await customerById(6).queryFn()).toBeNull()
})

test('everything is read anew after a change', async () => {
  const sent = stubService({})
  const queries = await load()
  await render(() => queries.useCustomerPages())
  await render(() => queries.useProfiles())
  await render(() => queries.useQuality())
  await render(() => queries.useProduct(5))
  await waitFor(() => expect(sent).toHaveLength(4))
  await act(() => queries.refresh())
  await waitFor(() => expect(sent).toHaveLength(8))
})

test('a file is saved under its name', async () => {
  stubService({})
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
  )
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const { saveFile } = await import('../../src/api/download')
  await saveFile('a.csv', '/getCustomers', { format: 'csv' })
  expect((clicked.mock.contexts[0] as HTMLAnchorElement).download).toBe('a.csv')
  clicked.mockRestore()
})

test('something short is done once however often one clicks', async () => {
  const { useOnce } = await import('../../src/state/once')
  const { result } = renderHook(useOnce)
  let release = () => {}
  const task = vi.fn(() => new Promise<void>((resolve) => (release = resolve)))
  await act(async () => {
    const first = result.current[0](task)
    expect(await result.current[0](task)).toBe(false)
    release()
    expect(await first).toBe(true)
  })
  await act(async () => {
    expect(await result.current[0](async () => Promise.reject(new Error('No.')))).toBe(false)
  })
  expect(task).toHaveBeenCalledTimes(1)
  expect(result.current[1]?.message).toBe('No.')
})

test('a store tells its listeners of what is different', async () => {
  const { createStore, useStore } = await import('../../src/state/store')
  const store = createStore(1)
  const { result } = renderHook(() => useStore(store))
  act(() => store.set(2))
  act(() => store.set(2))
  expect(result.current).toBe(2)
})
