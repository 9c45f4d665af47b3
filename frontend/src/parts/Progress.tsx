import { formatSeconds } from '../state/format'
import { useStore } from '../state/store'
import type { Work } from '../state/work'
import { texts } from '../texts'

/** The work that is under way: what, how far, how long yet, and a way to stop it. */
export function WorkProgress({ work, label }: { work: Work; label: string }) {
  const { running, progress } = useStore(work.state)
  if (!running) return null
  const { percent, stage, secondsLeft } = progress
  return (
    <div className="work">
      <Bar label={stage ?? label} percent={percent} />
      {secondsLeft !== undefined && <small>{texts.common.left(formatSeconds(secondsLeft))}</small>}
      <button type="button" onClick={work.cancel}>
        {texts.common.cancel}
      </button>
    </div>
  )
}

/** A progress bar with its label; without a figure it only shows that something goes on. */
export function Bar({ label, percent }: { label: string; percent: number | null }) {
  const shown = percent === null ? null : Math.round(percent)
  return (
    <label className="bar" aria-live="polite">
      <span>
        {label}
        {shown !== null && <b> {shown} %</b>}
      </span>
      <progress max={100} {...(shown === null ? {} : { value: shown })} />
    </label>
  )
}

/** Something is being read. */
export function Loading({ label = texts.common.loading }: { label?: string }) {
  return (
    <p className="loading" role="status">
      {label} …
    </p>
  )
}
