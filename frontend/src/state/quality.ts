/** The quality of a clustering as a sentence, where the service has none of its own. */

import type { Quality } from '../api/types'
import { texts } from '../texts'
import { formatNumber } from './format'

const APART = 0.5 // of the silhouette, as Kaufman and Rousseeuw read it (Finding Groups in Data, 1990)
const WEAK = 0.25

/** Return the service's sentence, or one that reads the silhouette. */
export function qualitySentence(quality: Quality): string {
  if (quality.sentence) return quality.sentence
  const { silhouette } = quality
  const { apart, slices, nothing } = texts.result.verdicts
  const verdict =
    silhouette === null || silhouette < WEAK ? nothing : silhouette < APART ? slices : apart
  return verdict(formatNumber(silhouette))
}
