import { type ChangeEvent, type DragEvent, useEffect, useId, useState } from 'react'

import { outcome } from '../api/jobs'
import type { Understanding } from '../api/types'
import { upload } from '../api/upload'
import { ErrorNotice } from '../parts/Notice'
import { WorkProgress } from '../parts/Progress'
import { navigate } from '../router'
import { useStore } from '../state/store'
import { forgetChoices } from '../state/visit'
import { importing, previewing } from '../state/work'
import { texts } from '../texts'
import { Preview } from './Preview'
import { AS_FOUND, type Reading } from './reading'
import { ReadingChoices } from './ReadingChoices'

const SENT = 0.5 // sending is one half of the bar, reading the other

/** A file of customers: dropped or chosen, looked at, imported. */
export function Upload() {
  const [file, setFile] = useState<File>()
  const [reading, setReading] = useState(AS_FOUND)
  const [found, setFound] = useState<Understanding>()
  const looking = useStore(previewing.state)
  const { running, error } = useStore(importing.state)
  useEffect(() => void importing.resume().then(select), [])

  const look = (chosen: File, changed: Reading) => {
    previewing.cancel()
    importing.clear()
    setFile(chosen)
    setReading(changed)
    void previewing.start(async ({ signal, onProgress }) => {
      const onSent = (share: number) => onProgress?.({ percent: share * 100 })
      const query = { ...queryOf(changed) }
      setFound(
        (await upload<Understanding>('/previewImport', chosen, { query, signal, onSent })).data,
      )
    })
  }
  const bring = async () => {
    if (!file) return
    select(await importing.start((call) => importFile(file, reading, call)))
  }
  const forget = () => {
    setFile(undefined)
    setFound(undefined)
    previewing.clear()
    importing.clear()
  }
  if (!file) return <DropZone take={(chosen) => look(chosen, AS_FOUND)} />
  return (
    <div className="file">
      <p className="filename">
        <strong>{file.name}</strong>
        <button type="button" className="plain" onClick={forget}>
          {texts.upload.other}
        </button>
      </p>
      <WorkProgress work={previewing} label={texts.upload.reading(file.name)} />
      <ErrorNotice error={looking.error ?? error} retry={() => look(file, reading)} />
      {found && !looking.error && (
        <Preview found={found} reading={reading} change={(changed) => look(file, changed)} />
      )}
      {(looking.error || found) && (
        <ReadingChoices reading={reading} change={(changed) => look(file, changed)} />
      )}
      {found && !looking.error && (
        <button type="button" className="primary" aria-disabled={running} onClick={bring}>
          {texts.upload.import}
        </button>
      )}
      <WorkProgress work={importing} label={texts.upload.working} />
    </div>
  )
}

const queryOf = ({ map, missing, decimal }: Reading) => ({
  map: Object.entries(map).map(([theirs, ours]) => `${theirs}:${ours}`),
  invalid: missing ? 'missing' : undefined,
  decimal: decimal || undefined,
})

type Call = Parameters<Parameters<typeof importing.start>[0]>[0]

async function importFile(file: File, reading: Reading, call: Call): Promise<void> {
  const onSent = (share: number) =>
    call.onProgress?.({ percent: share * SENT * 100, stage: texts.upload.sending })
  const query = queryOf(reading)
  const answer = await upload<Understanding>('/importCustomers', file, {
    query,
    signal: call.signal,
    onSent,
    asynchronous: true,
  })
  await outcome(answer, {
    ...call,
    onProgress: (progress) =>
      call.onProgress?.({
        ...progress,
        percent: progress.percent === null ? null : 100 * SENT + progress.percent * (1 - SENT),
      }),
  })
}

function select(done: boolean) {
  if (!done) return
  forgetChoices()
  navigate('/Select')
}

function DropZone({ take }: { take: (file: File) => void }) {
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) take(file)
  }
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    if (file) take(file)
  }
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p aria-hidden="true">{texts.home.dropHere}</p>
      <label htmlFor={id} className="button">
        {texts.home.chooseFile}
      </label>
      <input id={id} type="file" className="unseen" onChange={choose} />
      <small>{texts.home.privacy}</small>
    </div>
  )
}
