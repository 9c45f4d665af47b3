import { useQueries } from '@tanstack/react-query'

import { customerById } from '../api/queries'
import type { Customer } from '../api/types'
import { SimpleTable } from '../parts/SimpleTable'
import { Link } from '../router'
import { columnsOf, formatColumn, nameOf, valueOf } from '../state/columns'
import { letter } from '../state/format'
import { useStore } from '../state/store'
import { visit } from '../state/visit'
import { columnLabel, texts } from '../texts'

/** Where the customers one knows have come to. */
export function Followed() {
  const { followed } = useStore(visit)
  const found = useQueries({ queries: followed.map(customerById) })
  const customers = found.flatMap(({ data }) => (data ? [data] : []))
  const columns = columnsOf(customers).filter(
    (column) => column !== 'customer_id' && column !== 'name',
  )
  return (
    <section className="card" aria-labelledby="followed">
      <h2 id="followed">{texts.result.followedTitle}</h2>
      {!followed.length && (
        <p>
          {texts.result.followedNone} <Link to="/Select">{texts.result.followedPick}</Link>
        </p>
      )}
      {customers.length > 0 && (
        <SimpleTable
          caption={texts.result.followedTitle}
          hideCaption
          columns={[
            texts.columns.name ?? '',
            texts.columns.customer_id ?? '',
            texts.columns.cluster ?? '',
            ...columns.map(columnLabel),
          ]}
          rows={customers.map((customer) => [
            nameOf(customer),
            customer.customer_id,
            <Placed key="cluster" customer={customer} />,
            ...columns.map((column) => formatColumn(column, valueOf(customer, column))),
          ])}
        />
      )}
    </section>
  )
}

function Placed({ customer: { cluster } }: { customer: Customer }) {
  if (cluster === null) return texts.result.inNone
  return <b className={`badge cluster-${cluster}`}>{letter(cluster)}</b>
}
