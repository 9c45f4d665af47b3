import { work } from '../api/jobs'
import type { Preview } from '../api/types'
import { sweep } from '../charts/options'
import { Figure } from '../charts/Figure'
import { ErrorNotice } from '../parts/Notice'
import { WorkProgress } from '../parts/Progress'
import { formatCount, formatNumber, formatShare, letter } from '../state/format'
import { clusteringOptions } from '../state/options'
import { createStore, useStore } from '../state/store'
import { visit } from '../state/visit'
import { trying } from '../state/work'
import { texts } from '../texts'

interface Tried {
  of: string
  answer: Preview
}

const tried = createStore<Tried | null>(null)

/** How large the groups would be, and for "auto" how each number does, before anything is stored. */
export function Trial() {
  const choices = useStore(visit)
  const { running, error } = useStore(trying.state)
  const last = useStore(tried)
  const options = clusteringOptions(choices) ?? {}
  const preview = () =>
    trying.start(async (call) => {
      const answer = await work<Preview>('/previewClustering', options, call)
      tried.set({ of: JSON.stringify(options), answer })
    })
  return (
    <div className="trial">
      <button type="button" aria-disabled={running} onClick={preview}>
        {texts.select.preview}
      </button>
      <WorkProgress work={trying} label={texts.select.previewing} />
      <ErrorNotice error={error} />
      {last?.of === JSON.stringify(options) && <Sizes answer={last.answer} />}
    </div>
  )
}

function Sizes({ answer }: { answer: Preview }) {
  const sizes = Object.entries(answer.sizes)
  const all = sizes.reduce((sum, [, size]) => sum + size, 0)
  return (
    <div role="status">
      <h3>{texts.select.previewTitle}</h3>
      <ul className="sizes">
        {sizes.map(([cluster, size]) => (
          <li key={cluster}>
            <b className={`badge cluster-${cluster}`}>{letter(cluster)}</b>
            <span className="meter" style={{ inlineSize: `${(100 * size) / all}%` }} />
            {formatCount(size)} ({formatShare(size / all)})
          </li>
        ))}
      </ul>
      {answer.sweep && answer.sweep.length > 0 && (
        <Figure
          title={texts.result.sweep}
          height={180}
          option={sweep(answer.sweep, sizes.length)}
          table={{
            columns: [texts.result.numberOf, texts.result.silhouette],
            rows: answer.sweep.map((step) => [step.n_clusters, formatNumber(step.silhouette)]),
          }}
        />
      )}
    </div>
  )
}
