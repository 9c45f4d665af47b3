import { useState } from 'react'

import { post } from '../api/client'
import { refresh } from '../api/queries'
import { keptUntil } from '../api/workspace'
import { ErrorNotice, Notice } from '../parts/Notice'
import { Screen } from '../parts/Screen'
import { navigate, useLocation } from '../router'
import { useOnce } from '../state/once'
import { forgetChoices } from '../state/visit'
import { texts } from '../texts'

/** The end: thanks, and what happens to the data. */
export function Final() {
  const { query } = useLocation()
  const sent = query.get('sent')
  return (
    <Screen title={texts.final.title} lead={texts.final.lead}>
      {sent && (
        <Notice kind="good">
          <p>{sent === 'mail' ? texts.final.sent : texts.final.drafted}</p>
        </Notice>
      )}
      <DeleteData />
      <button type="button" className="primary" onClick={() => navigate('/')}>
        {texts.final.again}
      </button>
    </Screen>
  )
}

/** Deletes after a second click, which says what it does. */
function DeleteData() {
  const [step, setStep] = useState<'offered' | 'asked' | 'done'>('offered')
  const [deleting, error, running] = useOnce()
  const remove = () =>
    deleting(async () => {
      await post('/dropTable/customers')
      await post('/dropTable/products')
      forgetChoices()
      keptUntil.set(null)
      await refresh()
      setStep('done')
    })
  return (
    <section className="card" aria-labelledby="delete">
      <h2 id="delete">{texts.final.delete}</h2>
      <div role="status">{step === 'done' && <p>{texts.final.deleted}</p>}</div>
      {step === 'offered' && (
        <>
          <p>{texts.final.deleteHint}</p>
          <button type="button" onClick={() => setStep('asked')}>
            {texts.final.delete}
          </button>
        </>
      )}
      {step === 'asked' && (
        <>
          <p>{texts.final.deleteSure}</p>
          <div className="buttons">
            <button
              type="button"
              className="danger"
              aria-disabled={running}
              onClick={() => void remove()}
            >
              {texts.final.deleteYes}
            </button>
            <button type="button" onClick={() => setStep('offered')}>
              {texts.common.cancel}
            </button>
          </div>
        </>
      )}
      <ErrorNotice error={error} />
    </section>
  )
}
