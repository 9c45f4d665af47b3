import type { SweepStep } from '../api/types'
import { formatNumber, formatShare } from '../state/format'
import { texts } from '../texts'
import { Figure } from './Figure'
import { sweep } from './options'

/** How each number of clusters would do; the current one stands out. */
export function Sweep({ steps, clusters }: { steps: SweepStep[]; clusters: number }) {
  const { result } = texts
  return (
    <Figure
      title={result.sweep}
      note={result.sweepNote}
      height={220}
      option={sweep(steps, clusters)}
      table={{
        columns: [result.numberOf, result.silhouette, result.byChance, result.smallest],
        rows: steps.map((step) => [
          step.n_clusters,
          formatNumber(step.silhouette),
          formatNumber(step.silhouette_null),
          formatShare(step.smallest_share),
        ]),
      }}
    />
  )
}
