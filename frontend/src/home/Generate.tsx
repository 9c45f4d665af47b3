import { type FormEvent, useEffect } from 'react'

import { work } from '../api/jobs'
import { ErrorNotice } from '../parts/Notice'
import { WorkProgress } from '../parts/Progress'
import { navigate } from '../router'
import { useStore } from '../state/store'
import { forgetChoices } from '../state/visit'
import { generating } from '../state/work'
import { texts } from '../texts'

const USUAL_SIZE = 500

/** Invent customers, as many as one likes. */
export function Generate() {
  const { running, error } = useStore(generating.state)
  useEffect(() => void generating.resume().then(select), [])
  const generate = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const options = chosen(new FormData(event.currentTarget))
    select(
      await generating.start(async (call) => void (await work('/generateDataset', options, call))),
    )
  }
  return (
    <form onSubmit={generate}>
      <details>
        <summary>{texts.home.options}</summary>
        <div className="fields">
          <label>
            {texts.home.size}
            <input
              name="size"
              type="number"
              min={1}
              step={1}
              inputMode="numeric"
              placeholder={String(USUAL_SIZE)}
            />
          </label>
          <label>
            {texts.home.seed}
            <input
              name="seed"
              type="number"
              min={0}
              step={1}
              inputMode="numeric"
              aria-describedby="seed-hint"
            />
          </label>
        </div>
        <small id="seed-hint">{texts.home.seedHint}</small>
      </details>
      <button className="primary" aria-disabled={running}>
        {texts.home.generate}
      </button>
      <WorkProgress work={generating} label={texts.home.generating} />
      <ErrorNotice error={error} />
    </form>
  )
}

function select(done: boolean) {
  if (!done) return
  forgetChoices()
  navigate('/Select')
}

function chosen(form: FormData): Record<string, number> {
  const given = [...form].filter(([, value]) => value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, Number(value)]))
}
