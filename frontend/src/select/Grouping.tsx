import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'

import { work } from '../api/jobs'
import { customersPage, useSegmentations } from '../api/queries'
import type { Clustering } from '../api/types'
import { ErrorNotice } from '../parts/Notice'
import { WorkProgress } from '../parts/Progress'
import { navigate } from '../router'
import { CATEGORIES, FEATURES } from '../state/columns'
import { clusteringOptions, remarksOf } from '../state/options'
import { useStore } from '../state/store'
import { choose, visit } from '../state/visit'
import { clustering } from '../state/work'
import { columnLabel, texts } from '../texts'
import { Trial } from './Trial'

const FEWEST = 2
const MOST = 10

const finish = (answer: Clustering) => choose({ remarks: remarksOf(answer) })
const show = (done: boolean) => done && navigate('/Result')

/** How the customers are grouped: how many groups, by which columns, or as once before. */
export function Grouping() {
  const choices = useStore(visit)
  const { running, error } = useStore(clustering.state)
  useEffect(() => void clustering.resume(finish).then(show), [])
  const run = async (event: FormEvent) => {
    event.preventDefault()
    const options = clusteringOptions(choices)
    show(await clustering.start((call) => work('/conductClustering', options, call), finish))
  }
  return (
    <form className="card grouping" onSubmit={run} aria-labelledby="how">
      <h2 id="how">{texts.select.how}</h2>
      <Like />
      {!choices.like && (
        <>
          <NumberOfGroups />
          <Features />
          <Trial />
        </>
      )}
      <button className="primary" aria-disabled={running}>
        {texts.select.run}
      </button>
      <WorkProgress work={clustering} label={texts.select.running} />
      <ErrorNotice error={error} />
    </form>
  )
}

function NumberOfGroups() {
  const { nClusters } = useStore(visit)
  const auto = nClusters === 'auto'
  return (
    <fieldset>
      <legend>{texts.select.number}</legend>
      <label className="range">
        <input
          type="range"
          min={FEWEST}
          max={MOST}
          value={auto ? 3 : nClusters}
          aria-label={texts.select.number}
          disabled={auto}
          onChange={(event) => choose({ nClusters: Number(event.target.value) })}
        />
        <output>{auto ? '–' : nClusters}</output>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={auto}
          onChange={() => choose({ nClusters: auto ? 3 : 'auto' })}
        />
        <span>
          {texts.select.auto}
          <small>{texts.select.autoHint}</small>
        </span>
      </label>
    </fieldset>
  )
}

/** The documented columns, and those of one's own that the first customers have. */
function Features() {
  const { features } = useStore(visit)
  const [open, setOpen] = useState(features.length > 0)
  const beginning = useQuery(customersPage(undefined, 0)).data ?? []
  const own = [...new Set(beginning.flatMap(({ own }) => Object.keys(own ?? {})))]
  const toggle = (column: string) =>
    choose({
      features: features.includes(column)
        ? features.filter((one) => one !== column)
        : [...features, column],
    })
  const box = (column: string) => (
    <label className="choice" key={column}>
      <input type="checkbox" checked={features.includes(column)} onChange={() => toggle(column)} />
      {columnLabel(column)}
    </label>
  )
  const standard = () => {
    setOpen(false)
    choose({ features: [] })
  }
  return (
    <fieldset>
      <legend>{texts.select.features}</legend>
      <label className="choice">
        <input type="radio" name="by" checked={!open} onChange={standard} />
        <span>
          {texts.select.standard}
          <small>{texts.select.standardHint}</small>
        </span>
      </label>
      <label className="choice">
        <input type="radio" name="by" checked={open} onChange={() => setOpen(true)} />
        {texts.select.chosen}
      </label>
      {open && <div className="boxes">{[...FEATURES, ...CATEGORIES].map(box)}</div>}
      {open && own.length > 0 && (
        <>
          <h3>{texts.select.ownGroup}</h3>
          <div className="boxes">{own.map(box)}</div>
        </>
      )}
    </fieldset>
  )
}

/** Sort the customers as in a segmentation that was saved. */
function Like() {
  const { like, refit } = useStore(visit)
  const saved = useSegmentations().data ?? []
  if (!saved.length) return null
  return (
    <fieldset>
      <legend>{texts.select.like}</legend>
      <select
        aria-label={texts.select.like}
        value={like}
        onChange={(event) => choose({ like: event.target.value })}
      >
        <option value="">{texts.select.likeNone}</option>
        {saved.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {like && (
        <label className="choice">
          <input type="checkbox" checked={refit} onChange={() => choose({ refit: !refit })} />
          {texts.select.refit}
        </label>
      )}
    </fieldset>
  )
}
