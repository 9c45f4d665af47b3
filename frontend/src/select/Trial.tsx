import { work } from '../api/jobs'
import type { Preview } from '../api/types'
import { Sweep } from '../charts/Sweep'
import { ErrorNotice } from '../parts/Notice'
import { WorkProgress } from '../parts/Progress'
import { formatCount, formatShare, letter } from '../state/format'
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
  const { quality, profiles, reasons = [], why } = answer
  const sizes = Object.entries(quality.sizes)
  const all = sizes.reduce((sum, [, size]) => sum + size, 0)
  return (
    <div role="status">
      <h3>{texts.select.previewTitle}</h3>
      <ul className="sizes">
        {sizes.map(([cluster, size]) => (
          <li key={cluster} className={`cluster-${cluster}`}>
            <b className="badge">{letter(cluster)}</b>
            <span className="meter">
              <span style={{ inlineSize: `${(100 * size) / all}%` }} />
            </span>
            {formatCount(size)} ({formatShare(size / all)})<small>{profiles[cluster]?.name}</small>
          </li>
        ))}
      </ul>
      <p>{quality.verdict_sentence}</p>
      {why && <p>{why}</p>}
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {quality.sweep.length > 0 && <Sweep steps={quality.sweep} clusters={sizes.length} />}
    </div>
  )
}
