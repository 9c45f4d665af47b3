/** What a clustering is asked for: the fewest fields that say what was chosen. */

import type { Clustering } from '../api/types'
import { columnLabel, texts } from '../texts'
import type { Visit } from './visit'

export interface ClusteringOptions {
  n_clusters?: number | 'auto'
  features?: string[]
  like?: string
  refit?: boolean
}

const DOCUMENTED_NUMBER = 3

/** Return the body of the call; undefined for the documented call without one. */
export function clusteringOptions(choices: Visit): ClusteringOptions | undefined {
  if (choices.like) return { like: choices.like, ...(choices.refit ? { refit: true } : {}) }
  const options: ClusteringOptions = {}
  if (choices.nClusters !== DOCUMENTED_NUMBER) options.n_clusters = choices.nClusters
  if (choices.features.length) options.features = choices.features
  return Object.keys(options).length ? options : undefined
}

/** Return what a clustering says beside its clusters: by what, why so many, who lacks something. */
export function remarksOf({ features, reasons = [], why }: Partial<Clustering>): string[] {
  const by = features ? [texts.result.chosenBy(features.map(columnLabel).join(', '))] : []
  return [...by, ...reasons, ...(why ? [why] : [])]
}
