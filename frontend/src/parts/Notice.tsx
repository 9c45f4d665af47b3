import type { ReactNode } from 'react'

import { ApiError } from '../api/errors'
import { formatLines } from '../state/format'
import { texts } from '../texts'
import { SimpleTable } from './SimpleTable'

interface NoticeProps {
  kind?: 'error' | 'warning' | 'good' | 'quiet'
  title?: string
  children?: ReactNode
}

/** A short message in a box; an error is read out at once. */
export function Notice({ kind = 'quiet', title, children }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {title && <strong>{title}</strong>}
      {children}
    </div>
  )
}

/** What went wrong, in the service's own sentence, with a file's problems line by line. */
export function ErrorNotice({
  error,
  retry,
}: {
  error: Error | null | undefined
  retry?: () => void
}) {
  if (!error) return null
  const { upload } = texts
  const problems = error instanceof ApiError ? error.problems : []
  return (
    <Notice kind="error">
      <p>{error.message}</p>
      {problems.length > 0 && (
        <SimpleTable
          caption={upload.problems(problems.length)}
          columns={[upload.lines, upload.column, upload.value, upload.problem]}
          rows={problems.map(({ line, lines, times, column, value, message }) => [
            formatLines(lines ?? [line], times),
            column ?? '',
            value ?? '',
            message,
          ])}
        />
      )}
      {retry && (
        <button type="button" onClick={retry}>
          {texts.common.tryAgain}
        </button>
      )}
    </Notice>
  )
}
