import { useQuality } from '../api/queries'
import type { Quality } from '../api/types'
import { Sweep } from '../charts/Sweep'
import { ErrorNotice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { SimpleTable } from '../parts/SimpleTable'
import { formatNumber, formatShare, letter } from '../state/format'
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
  const { result } = texts
  const byCluster = Object.entries(quality.stability_by_cluster)
  return (
    <>
      <p className="sentence">{quality.verdict_sentence}</p>
      <dl className="measures">
        <Measure
          term={result.silhouette}
          value={formatNumber(quality.silhouette)}
          hint={result.silhouetteHint(formatNumber(quality.silhouette_null))}
        />
        <Measure
          term={result.stability}
          value={formatNumber(quality.stability)}
          hint={result.stabilityHint}
        />
        <Measure
          term={result.border}
          value={formatShare(quality.border_share)}
          hint={result.borderHint}
        />
        <Measure
          term={result.daviesBouldin}
          value={formatNumber(quality.davies_bouldin)}
          hint={result.daviesBouldinHint}
        />
      </dl>
      <SimpleTable
        caption={result.stabilityByCluster}
        columns={[result.clusters, result.stability]}
        rows={byCluster.map(([cluster, stability]) => [letter(cluster), formatNumber(stability)])}
      />
      {quality.sweep.length > 0 && <Sweep steps={quality.sweep} clusters={clusters} />}
    </>
  )
}

interface MeasureProps {
  term: string
  value: string
  hint: string
}

function Measure({ term, value, hint }: MeasureProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <b>{value}</b> <small>{hint}</small>
      </dd>
    </div>
  )
}
