import { useQuality } from '../api/queries'
import type { Quality } from '../api/types'
import { Figure } from '../charts/Figure'
import { sweep } from '../charts/options'
import { ErrorNotice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { formatNumber } from '../state/format'
import { qualitySentence } from '../state/quality'
import { texts } from '../texts'

/** How good the clusters are, in a sentence and in figures. */
export function QualityPanel({ clusters }: { clusters: number }) {
  const { data: quality, error } = useQuality()
  return (
    <section className="card" aria-labelledby="quality">
      <h2 id="quality">{texts.result.quality}</h2>
      {!quality && !error && <Loading />}
      <ErrorNotice error={error} />
      {quality && 'silhouette' in quality && <Measured quality={quality} clusters={clusters} />}
    </section>
  )
}

function Measured({ quality, clusters }: { quality: Quality; clusters: number }) {
  const {
    silhouette,
    stability,
    davies_bouldin: daviesBouldin,
    calinski_harabasz: calinski,
    reasons = [],
  } = quality
  const { result } = texts
  return (
    <>
      <p className="sentence">{qualitySentence(quality)}</p>
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <dl className="measures">
        <Measure term={result.silhouette} value={silhouette} hint={result.silhouetteHint} />
        <Measure term={result.stability} value={stability} hint={result.stabilityHint} />
        <Measure
          term={result.daviesBouldin}
          value={daviesBouldin}
          hint={result.daviesBouldinHint}
        />
        <Measure term={result.calinski} value={calinski} hint={result.calinskiHint} />
      </dl>
      {quality.sweep.length > 0 && (
        <Figure
          title={result.sweep}
          height={220}
          option={sweep(quality.sweep, clusters)}
          table={{
            columns: [result.numberOf, result.silhouette, result.inertia],
            rows: quality.sweep.map((step) => [
              step.n_clusters,
              formatNumber(step.silhouette),
              formatNumber(step.inertia),
            ]),
          }}
        />
      )}
    </>
  )
}

function Measure({
  term,
  value,
  hint,
}: {
  term: string
  value: number | null | undefined
  hint: string
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <b>{formatNumber(value)}</b> <small>{hint}</small>
      </dd>
    </div>
  )
}
