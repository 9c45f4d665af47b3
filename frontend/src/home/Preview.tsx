import type { Customer, Understanding } from '../api/types'
import { Notice } from '../parts/Notice'
import { SimpleTable } from '../parts/SimpleTable'
import { columnsOf, formatColumn, valueOf } from '../state/columns'
import { columnLabel, texts } from '../texts'
import type { Reading } from './reading'

const OURS = [
  'first_name',
  'last_name',
  'age',
  'occupation',
  'city',
  'annual_income',
  'annual_spending',
  'loan_balance',
  'credit_score',
]

interface PreviewProps {
  found: Understanding
  reading: Reading
  change: (reading: Reading) => void
}

/** What the service makes of a file: each column, what is worth knowing, the first rows. */
export function Preview({ found, reading, change }: PreviewProps) {
  const {
    columns = {},
    own_columns: own = [],
    passed_over: passed = [],
    warnings = [],
    rows = [],
  } = found
  const assign = (column: string, ours: string) => {
    const { [column]: before, ...others } = reading.map
    change({ ...reading, map: ours ? { ...others, [column]: ours } : others })
  }
  const line = (column: string, taken: string) => [
    column,
    <TakenFor
      key={column}
      column={column}
      taken={taken}
      chosen={reading.map[column]}
      assign={assign}
    />,
  ]
  return (
    <section aria-labelledby="preview">
      <h3 id="preview">{texts.upload.title}</h3>
      <p>{found.message}</p>
      {warnings.length > 0 && (
        <Notice kind="warning" title={texts.upload.warnings}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      <SimpleTable
        caption={texts.upload.title}
        hideCaption
        columns={[texts.upload.column, texts.upload.takenFor]}
        rows={[
          ...Object.entries(columns).map(([theirs, ours]) => line(theirs, columnLabel(ours))),
          ...own.map((column) => line(column, texts.upload.own)),
          ...passed.map((column) => [column, texts.upload.passedOver]),
        ]}
      />
      {rows.length > 0 && <FirstRows rows={rows} />}
    </section>
  )
}

interface TakenForProps {
  column: string
  taken: string
  chosen: string | undefined
  assign: (column: string, ours: string) => void
}

function TakenFor({ column, taken, chosen, assign }: TakenForProps) {
  return (
    <select
      aria-label={`${column}: ${texts.upload.takenFor}`}
      value={chosen ?? ''}
      onChange={(event) => assign(column, event.target.value)}
    >
      <option value="">{chosen ? texts.upload.asFound : taken}</option>
      {OURS.map((ours) => (
        <option key={ours} value={ours}>
          {columnLabel(ours)}
        </option>
      ))}
    </select>
  )
}

function FirstRows({ rows }: { rows: Customer[] }) {
  const columns = columnsOf(rows)
  return (
    <SimpleTable
      caption={texts.upload.firstRows}
      columns={columns.map(columnLabel)}
      rows={rows.map((row) => columns.map((column) => formatColumn(column, valueOf(row, column))))}
    />
  )
}
