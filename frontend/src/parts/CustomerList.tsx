import { useQueries, useQuery } from '@tanstack/react-query'
import { type UIEvent, useState } from 'react'

import { customersPage, PAGE_SIZE, useCustomerPages } from '../api/queries'
import type { Customer } from '../api/types'
import { columnsOf, formatColumn, isFigure, nameOf, valueOf } from '../state/columns'
import { useStore } from '../state/store'
import { toggleFollowed, visit } from '../state/visit'
import { pagesOf, windowAt } from '../state/window'
import { columnLabel, texts } from '../texts'
import { ErrorNotice } from './Notice'
import { Loading } from './Progress'

const ROW_HEIGHT = 40 // pixels, as in the stylesheet
const VIEWPORT = 480

interface CustomerListProps {
  label: string
  cluster?: number
}

/** All customers, or a cluster's, however many: only the rows in view are fetched and drawn. */
export function CustomerList({ label, cluster }: CustomerListProps) {
  const { data: pages, error } = useCustomerPages(cluster)
  if (!pages) return error ? <ErrorNotice error={error} /> : <Loading />
  return <Rows label={label} cluster={cluster} rows={pages.customers} after={pages.after} />
}

interface RowsProps extends CustomerListProps {
  rows: number
  after: number[]
}

function Rows({ label, cluster, rows, after }: RowsProps) {
  const [scrollTop, setScrollTop] = useState(0)
  const viewport = Math.min(VIEWPORT, (rows + 1) * ROW_HEIGHT + 2)
  const seen = windowAt(scrollTop, viewport - ROW_HEIGHT, rows, ROW_HEIGHT)
  const at = usePages(cluster, after, seen.first, seen.last)
  const beginning = useQuery(customersPage(cluster, after[0] ?? 0)).data
  if (!beginning) return <Loading />
  const columns = columnsOf(beginning)
  const lines = Array.from({ length: seen.last - seen.first }, (_, place) => seen.first + place)
  return (
    <div
      className="list"
      style={{ height: viewport }}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={(event: UIEvent<HTMLDivElement>) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div style={{ height: seen.height + ROW_HEIGHT }} className="whole">
        <div className="shift" style={{ transform: `translateY(${seen.top}px)` }}>
          <table aria-rowcount={rows + 1} aria-label={label}>
            <Head columns={columns} sample={beginning[0]} />
            <tbody>
              {lines.map((line) => (
                <Row key={line} line={line} customer={at(line)} columns={columns} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </div>
  )
}

/** Return a function from a row's place to its customer, undefined while that is being fetched. */
function usePages(cluster: number | undefined, after: number[], first: number, last: number) {
  const pages = pagesOf(first, last, PAGE_SIZE)
  const results = useQueries({
    queries: pages.map((page) => customersPage(cluster, after[page] ?? 0)),
  })
  return (line: number): Customer | undefined => {
    const place = pages.indexOf(Math.floor(line / PAGE_SIZE))
    return results[place]?.data?.[line % PAGE_SIZE]
  }
}

function Head({ columns, sample }: { columns: string[]; sample: Customer | undefined }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">
          <span className="unseen">{texts.select.title}</span>
        </th>
        {columns.map((column) => (
          <th
            key={column}
            scope="col"
            className={sample && isFigure(column, valueOf(sample, column)) ? 'right' : ''}
          >
            {columnLabel(column)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface RowProps {
  line: number
  customer: Customer | undefined
  columns: string[]
}

function Row({ line, customer, columns }: RowProps) {
  const { followed } = useStore(visit)
  const index = line + 2 // counted from 1, after the header
  if (!customer) {
    return (
      <tr aria-rowindex={index} className="pending">
        <td colSpan={columns.length + 1}>…</td>
      </tr>
    )
  }
  const id = customer.customer_id
  const chosen = followed.includes(id)
  return (
    <tr
      aria-rowindex={index}
      className={chosen ? 'chosen' : undefined}
      onClick={() => toggleFollowed(id)}
    >
      <td>
        <input
          type="checkbox"
          checked={chosen}
          aria-label={texts.select.follow(nameOf(customer), id)}
          onChange={() => toggleFollowed(id)}
          onClick={(event) => event.stopPropagation()}
        />
      </td>
      {columns.map((column) => {
        const value = valueOf(customer, column)
        return (
          <td key={column} className={isFigure(column, value) ? 'right' : undefined}>
            {column === 'customer_id' ? id : formatColumn(column, value)}
          </td>
        )
      })}
    </tr>
  )
}
