import { useState } from 'react'

import { useMigration, useSegmentations } from '../api/queries'
import type { Migration } from '../api/types'
import { Figure } from '../charts/Figure'
import { sankey } from '../charts/options'
import { ErrorNotice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { formatCount } from '../state/format'
import { movesOf } from '../state/migration'
import { texts } from '../texts'

/** Who has moved since a segmentation that was saved. */
export function Compare() {
  const [chosen, setChosen] = useState('')
  const saved = useSegmentations().data ?? []
  const from = saved.some(({ name }) => name === chosen) ? chosen : '' // it may have been removed
  const { data: migration, error, isFetching } = useMigration(from)
  if (!saved.length) return null
  return (
    <section className="card" aria-labelledby="compare">
      <h2 id="compare">{texts.result.compare}</h2>
      <label className="inline">
        {texts.result.compareWith}
        <select value={from} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{texts.result.choose}</option>
          {saved.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {from && isFetching && !migration && <Loading />}
      <ErrorNotice error={error} />
      {from && migration && <Moved migration={migration} />}
    </section>
  )
}

function Moved({ migration }: { migration: Migration }) {
  const moves = movesOf(migration)
  return (
    <>
      <p className="sentence">{migration.verdict_sentence}</p>
      <p>{texts.result.movedOf(formatCount(migration.moved))}</p>
      <Figure
        title={texts.result.migration}
        option={sankey(moves)}
        table={{
          columns: [texts.result.from, texts.result.to, texts.select.list],
          rows: moves.map(({ from, to, customers }) => [from, to, formatCount(customers)]),
        }}
      />
    </>
  )
}
