import { type FormEvent, useState } from 'react'

import { post } from '../api/client'
import { refresh } from '../api/queries'
import type { Profile, ProfileFeature } from '../api/types'
import { ErrorNotice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { SimpleTable } from '../parts/SimpleTable'
import { formatMean, inDeviations } from '../state/columns'
import { formatCount, formatShare, letter } from '../state/format'
import { useOnce } from '../state/once'
import { useStore } from '../state/store'
import { toggleFollowed, visit } from '../state/visit'
import { columnLabel, texts } from '../texts'

const WIDEST = 2 // standard deviations that fill a bar

/** One cluster: its name, its figures beside everybody's. */
export function Insight({ cluster, profile }: { cluster: number; profile: Profile | undefined }) {
  return (
    <div className="card insight">
      <h2 id="current" className={`cluster-${cluster}`}>
        <b className="badge">{letter(cluster)}</b>{' '}
        {profile?.name ?? texts.result.cluster(letter(cluster))}
      </h2>
      {!profile && <Loading />}
      {profile && (
        <>
          <p>{texts.result.share(formatCount(profile.size), formatShare(profile.share))}</p>
          <Rename key={`${cluster} ${profile.name}`} cluster={cluster} name={profile.name} />
          <ul className="reasons">
            {profile.because.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          <Figures profile={profile} />
          <Categories profile={profile} />
          <Typical profile={profile} />
        </>
      )}
    </div>
  )
}

function Figures({ profile }: { profile: Profile }) {
  return (
    <SimpleTable
      caption={texts.result.figures}
      columns={[
        texts.result.feature,
        texts.result.mean,
        texts.result.median,
        texts.result.typical,
        texts.result.all,
        texts.result.profile,
      ]}
      rows={profile.features.map((figure) => [
        columnLabel(figure.feature),
        formatMean(figure.feature, figure.mean),
        formatMean(figure.feature, figure.median),
        rangeOf(figure),
        formatMean(figure.feature, figure.overall_mean),
        <Deviation key={figure.feature} difference={figure.difference} />,
      ])}
    />
  )
}

/** The most frequent occupations, cities and values of one's own columns. */
function Categories({ profile }: { profile: Profile }) {
  const rows = Object.entries(profile.categories).flatMap(([column, values]) =>
    values.map(({ value, share, index }) => [
      columnLabel(column),
      value,
      formatShare(share),
      formatCount(index),
    ]),
  )
  if (!rows.length) return null
  const { what, frequent, shareOf, index } = texts.result
  return (
    <details>
      <summary>{texts.result.who}</summary>
      <SimpleTable
        caption={texts.result.who}
        hideCaption
        columns={[what, frequent, shareOf, index]}
        rows={rows}
      />
    </details>
  )
}

/** Those nearest to the centre, to be followed with a click. */
function Typical({ profile }: { profile: Profile }) {
  const { followed } = useStore(visit)
  return (
    <p className="followed">
      {texts.result.typicalCustomers}
      {profile.typical.map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-pressed={followed.includes(id)}
          aria-label={texts.result.followTypical(id)}
          onClick={() => toggleFollowed(id)}
        >
          {id}
        </button>
      ))}
    </p>
  )
}

const rangeOf = ({ feature, p10, p90 }: ProfileFeature) =>
  `${formatMean(feature, p10)} – ${formatMean(feature, p90)}`

/** A bar to the left or the right of everybody's mean, with its figure. */
function Deviation({ difference }: { difference: number }) {
  const width = Math.min(1, Math.abs(difference) / WIDEST) * 50
  return (
    <span className="deviation">
      <span className="track" aria-hidden="true">
        <span
          className={difference < 0 ? 'below' : 'above'}
          style={{
            inlineSize: `${width}%`,
            insetInlineStart: difference < 0 ? `${50 - width}%` : '50%',
          }}
        />
      </span>
      {inDeviations(difference)}
    </span>
  )
}

/** Give the cluster a name of one's own. */
function Rename({ cluster, name }: { cluster: number; name: string }) {
  const [open, setOpen] = useState(false)
  const [renaming, error] = useOnce()
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = String(new FormData(event.currentTarget).get('name'))
    void renaming(async () => {
      await post('/renameCluster', { cluster, name: wanted })
      await refresh()
    })
  }
  if (!open) {
    return (
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        {texts.result.rename}
      </button>
    )
  }
  return (
    <form className="inline" onSubmit={rename}>
      <label>
        {texts.result.newName}
        <input name="name" defaultValue={name} required maxLength={100} autoFocus />
      </label>
      <button className="primary">{texts.result.save}</button>
      <button type="button" onClick={() => setOpen(false)}>
        {texts.result.cancel}
      </button>
      <ErrorNotice error={error} />
    </form>
  )
}
