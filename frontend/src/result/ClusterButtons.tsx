import type { Amounts, Profiles } from '../api/types'
import { formatCount, formatShare, letter } from '../state/format'
import { texts } from '../texts'

interface ClusterButtonsProps {
  amounts: Amounts
  profiles: Profiles | undefined
  current: number
  choose: (cluster: number) => void
}

/** The clusters by letter, with their names, to look at one of them. */
export function ClusterButtons({ amounts, profiles, current, choose }: ClusterButtonsProps) {
  const all = Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
  return (
    <section aria-labelledby="clusters">
      <h2 id="clusters">{texts.result.clusters}</h2>
      <div className="clusters">
        {Object.entries(amounts).map(([cluster, amount]) => (
          <button
            key={cluster}
            type="button"
            className={`cluster-button cluster-${cluster}`}
            aria-pressed={Number(cluster) === current}
            onClick={() => choose(Number(cluster))}
          >
            <b className="badge">{letter(cluster)}</b>
            <span className="cluster-name">
              {profiles?.[cluster]?.name ?? texts.result.cluster(letter(cluster))}
            </span>
            <small>{texts.result.share(formatCount(amount), formatShare(amount / all))}</small>
          </button>
        ))}
      </div>
    </section>
  )
}
