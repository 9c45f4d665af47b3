import type { FormEvent } from 'react'
import { useState } from 'react'

import { post } from '../api/client'
import { refresh, refreshSegmentations, useSegmentations } from '../api/queries'
import { ErrorNotice } from '../parts/Notice'
import { SimpleTable } from '../parts/SimpleTable'
import { useOnce } from '../state/once'
import { texts } from '../texts'

/** Save the segmentation for the months to come. */
export function Keep() {
  const [saving, error] = useOnce()
  const [saved, setSaved] = useState('')
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    void saving(async () => {
      await post('/saveSegmentation', { name })
      setSaved(name)
      await refresh()
    })
  }
  return (
    <section className="card" aria-labelledby="keep">
      <h2 id="keep">{texts.result.keep}</h2>
      <p className="quiet">{texts.result.keepHint}</p>
      <form className="inline" onSubmit={save}>
        <label>
          {texts.result.keepName}
          <input name="name" required maxLength={64} />
        </label>
        <button>{texts.result.save}</button>
      </form>
      <p role="status">{saved && texts.result.kept(saved)}</p>
      <Saved />
      <ErrorNotice error={error} />
    </section>
  )
}

/** Those saved so far, each to be removed. */
function Saved() {
  const saved = useSegmentations().data ?? []
  const [dropping, error] = useOnce()
  const drop = (name: string) =>
    dropping(async () => {
      await post('/dropSegmentation', { name })
      await refreshSegmentations()
    })
  if (!saved.length) return null
  return (
    <>
      <SimpleTable
        caption={texts.result.keptAlready}
        columns={[texts.columns.name ?? '', texts.result.clusters, '']}
        rows={saved.map(({ name, clusters }) => [
          name,
          clusters.length,
          <button
            key={name}
            type="button"
            className="plain"
            aria-label={texts.result.drop(name)}
            onClick={() => void drop(name)}
          >
            {texts.result.dropShort}
          </button>,
        ])}
      />
      <ErrorNotice error={error} />
    </>
  )
}
