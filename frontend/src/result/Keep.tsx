import type { FormEvent } from 'react'
import { useState } from 'react'

import { post } from '../api/client'
import { refresh } from '../api/queries'
import { ErrorNotice } from '../parts/Notice'
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
      <ErrorNotice error={error} />
    </section>
  )
}
