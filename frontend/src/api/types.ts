/** The answers by their names on this page; what they are is generated from the service's document. */

import type { paths } from './schema'

type Json<T> = T extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never
type Read<Path extends keyof paths> = paths[Path] extends { get: infer Operation }
  ? Json<Operation>
  : never
type Full<T> = Exclude<T, Record<string, never>> // where {} stands for "not yet"

export type Customer = Read<'/getCustomers'>[number] & {
  reference?: string | null
  own?: Record<string, number | string | null>
}
export type Product = Read<'/getProducts'>[number]
export type CustomerPages = Read<'/getCustomerPages'>
export type Amounts = Record<string, number>

export interface OfferedProduct extends Product {
  score: string | null
  reasons?: string[]
  eligible_share?: string | null
  offered_share?: string | null
}

type DescribedQuality = Full<Read<'/getClusterQuality'>>
export type SweepStep = DescribedQuality['sweep'][number]
export type Quality = DescribedQuality & {
  verdict?: string
  sentence?: string
  reasons?: string[]
}

export interface ProfileFeature {
  feature: string
  mean: number | null
  overall_mean: number | null
  difference: number
  median?: number | null
  p10?: number | null
  p90?: number | null
}
export interface Profile {
  name: string
  share: number
  size: number
  features: ProfileFeature[]
}
export type Profiles = Record<string, Profile>

export interface Point {
  customer_id: number
  annual_income?: string | null
  loan_balance?: string | null
  x?: number | string | null
  y?: number | string | null
}
export type Points = Record<string, Point[]>

export interface Understanding {
  message: string
  columns?: Record<string, string>
  own_columns?: string[]
  passed_over?: string[]
  warnings?: string[]
  kept_until?: string | null
  rows?: Record<string, unknown>[]
}

export interface Segmentation {
  name: string
  saved_at?: string
  n_clusters?: number
  customers?: number
}

export interface Preview {
  sizes: Amounts
  sweep?: SweepStep[]
}

export interface Migration {
  moves?: Record<string, Record<string, number>>
  new?: Record<string, number>
  gone?: Record<string, number>
  verdict?: string
  sentence?: string
}
