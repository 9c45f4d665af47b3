import { type ChangeEvent, useId } from 'react'

import { refresh } from '../api/queries'
import { upload } from '../api/upload'
import { ErrorNotice } from '../parts/Notice'
import { useOnce } from '../state/once'
import { texts } from '../texts'

/** Products of one's own instead of invented ones. */
export function ProductImport() {
  const id = useId()
  const [importing, error, running] = useOnce()
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    void importing(async () => {
      await upload('/importProducts', file)
      await refresh()
    })
  }
  return (
    <div className="quiet-import">
      <small>{texts.result.productsDemo}</small>
      <label htmlFor={id} className="button">
        {running ? texts.email.sending : texts.result.productsImport}
      </label>
      <input id={id} type="file" className="unseen" onChange={choose} />
      <ErrorNotice error={error} />
    </div>
  )
}
