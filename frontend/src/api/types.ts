/** The answers by their names on this page; what they are is generated from the service's document. */

import type { components, paths } from './schema'

type Json<T> = T extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never
export type Read<Path extends keyof paths> = paths[Path] extends { get: infer Operation }
  ? Json<Operation>
  : never
type Written<Path extends keyof paths> = paths[Path] extends { post: infer Operation }
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

export type OfferedProduct = Read<'/getProductsByCluster'>[string][number]
export type CustomerOffers = Read<'/getOffersByCustomer'>[number]
export type MatchReport = Read<'/getMatchReport'>

export type Quality = Full<Read<'/getClusterQuality'>>
export type SweepStep = Quality['sweep'][number]
export type Profiles = Read<'/getClusterProfiles'>
export type Profile = Profiles[string]
export type ProfileFeature = Profile['features'][number]
export type Clustering = Written<'/conductClustering'>
export type Preview = Written<'/previewClustering'>

export interface Point {
  customer_id: number
  annual_income?: string | null
  loan_balance?: string | null
  x?: number | string | null
  y?: number | string | null
}
export type Points = Record<string, Point[]>

export type Understanding = Written<'/previewImport'>

export type Segmentation = Read<'/getSegmentations'>[number]

export type Migration = Read<'/getMigration'>

export type Problem = components['schemas']['Problem']
