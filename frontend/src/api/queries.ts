/** What the screens read: each list and object under one name, kept and refreshed by TanStack Query. */

import { QueryClient, useQuery } from '@tanstack/react-query'

import { get, post, type Query } from './client'
import { Interrupted, isPassing, waitBefore } from './errors'
import { work } from './jobs'
import type {
  Amounts,
  Customer,
  CustomerPages,
  MatchReport,
  Migration,
  OfferedProduct,
  Points,
  Product,
  Profiles,
  Quality,
  Segmentation,
} from './types'

export const PAGE_SIZE = 200
export const SAMPLE = 5000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (_, error) => isPassing(error),
      retryDelay: waitBefore,
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always' },
  },
})

/** Forget all that was read: something has changed. */
export const refresh = () => queryClient.invalidateQueries()

/** Forget which segmentations are saved: one was removed, and nothing else has changed. */
export const refreshSegmentations = () =>
  queryClient.invalidateQueries({ queryKey: ['segmentations'] })

const read = async <T>(path: string, query?: Query, signal?: AbortSignal) =>
  (await get<T>(path, { query, signal })).data

/** One page of all customers, or of a cluster's; given up when it is scrolled past. */
export function customersPage(cluster: number | undefined, after: number) {
  const paging = { limit: PAGE_SIZE, after, columns: 'all' }
  return {
    queryKey: ['customers', cluster, after],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      if (cluster === undefined) return read<Customer[]>('/getCustomers', paging, signal)
      const grouped = await read<Grouped>('/getCustomersByCluster', { ...paging, cluster }, signal)
      return grouped[cluster] ?? []
    },
    gcTime: 30_000,
  }
}

type Grouped = Record<string, Customer[]>

/** How many customers there are, all or a cluster's, and after which id each page begins. */
export const useCustomerPages = (cluster?: number) =>
  useQuery({
    queryKey: ['customers', 'pages', cluster],
    queryFn: () => read<CustomerPages>('/getCustomerPages', { size: PAGE_SIZE, cluster }),
  })

/** The customer with this id, null if there is none. */
export const customerById = (id: number) => ({
  queryKey: ['customers', 'id', id],
  queryFn: async () => {
    const [found] = await read<Customer[]>('/getCustomers', {
      limit: 1,
      after: id - 1,
      columns: 'all',
    })
    return found?.customer_id === id ? found : null
  },
})

export const useAmounts = () =>
  useQuery({ queryKey: ['amounts'], queryFn: () => read<Amounts>('/getClustersAmounts') })
export const useProfiles = () =>
  useQuery({ queryKey: ['profiles'], queryFn: () => read<Profiles>('/getClusterProfiles') })
export const useQuality = () =>
  useQuery({ queryKey: ['quality'], queryFn: () => read<Quality>('/getClusterQuality') })
export const useSegmentations = () =>
  useQuery({
    queryKey: ['segmentations'],
    queryFn: () => read<Segmentation[]>('/getSegmentations'),
  })

/** A seeded sample of points by cluster; income against loan unless two other features are asked for. */
export const usePoints = (x: string, y: string) =>
  useQuery({
    queryKey: ['points', x, y],
    queryFn: () =>
      x === 'annual_income' && y === 'loan_balance'
        ? read<Points>('/getIncomeAndLoanByCluster', { sample: SAMPLE })
        : read<Points>('/getPoints', { x, y, sample: SAMPLE }),
  })

export const useProduct = (id: number | undefined) =>
  useQuery({
    queryKey: ['product', id],
    queryFn: () => read<Product>(`/selectProductById/${id}`),
    enabled: id !== undefined,
  })

/** Who moved since a saved segmentation. */
export const useMigration = (from: string) =>
  useQuery({
    queryKey: ['migration', from],
    queryFn: () => read<Migration>('/getMigration', { from }),
    enabled: from !== '',
  })

/** The offers of each cluster; matched first when that has not been done for these clusters. */
export const useOffers = () =>
  useQuery({
    queryKey: ['offers'],
    queryFn: matchedOffers,
    staleTime: Infinity,
    retry: (_, error) => isPassing(error) || error instanceof Interrupted, // it looks before it asks
  })

type Offers = Record<string, OfferedProduct[]>

async function matchedOffers(): Promise<Offers> {
  const offers = await read<Offers>('/getProductsByCluster')
  if (Object.values(offers).some((products) => products.length) || !Object.keys(offers).length)
    return offers
  const products = await read<Product[]>('/getProducts', { limit: 1 })
  if (!products.length) await post('/generateProductDataset')
  await work('/conductProductMatch')
  return read<Offers>('/getProductsByCluster')
}

/** Why a cluster is offered nothing, in sentences by cluster. */
export const useReport = () =>
  useQuery({
    queryKey: ['report'],
    queryFn: () => read<MatchReport>('/getMatchReport'),
  })
