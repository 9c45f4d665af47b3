import { type FormEvent, useState } from 'react'
import { useQuery } from '@tanstack/react-query'

import { customerById, useCustomerPages } from '../api/queries'
import { CustomerList } from '../parts/CustomerList'
import { Empty } from '../parts/Empty'
import { ErrorNotice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { Screen } from '../parts/Screen'
import { formatCount } from '../state/format'
import { nameOf } from '../state/columns'
import { useStore } from '../state/store'
import { toggleFollowed, visit } from '../state/visit'
import { texts } from '../texts'
import { Grouping } from './Grouping'

/** All customers: whom to follow, and how to group them. */
export function Select() {
  const { data: pages, error } = useCustomerPages()
  const rows = pages?.customers
  return (
    <Screen title={texts.select.title} lead={texts.select.lead}>
      <ErrorNotice error={error} />
      {rows === undefined ? (
        !error && <Loading />
      ) : rows === 0 ? (
        <NoCustomers />
      ) : (
        <Chooser rows={rows} />
      )}
    </Screen>
  )
}

function NoCustomers() {
  return (
    <Empty
      title={texts.select.empty}
      hint={texts.select.emptyHint}
      to="/"
      action={texts.select.back}
    />
  )
}

function Chooser({ rows }: { rows: number }) {
  return (
    <div className="select">
      <section aria-labelledby="all" className="card">
        <h2 id="all">{texts.select.all(formatCount(rows))}</h2>
        <Search />
        <CustomerList label={texts.select.list} />
        <Followed />
      </section>
      <Grouping />
    </div>
  )
}

/** A customer by id, who may stand anywhere in a million rows. */
function Search() {
  const [wanted, setWanted] = useState<number>()
  const found = useQuery({ ...customerById(wanted ?? 0), enabled: wanted !== undefined })
  const { followed } = useStore(visit)
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setWanted(Number(new FormData(event.currentTarget).get('id')) || undefined)
  }
  return (
    <>
      <form className="search" role="search" onSubmit={search}>
        <label>
          {texts.select.search}
          <input name="id" type="number" min={1} step={1} inputMode="numeric" required />
        </label>
        <button>{texts.select.find}</button>
      </form>
      <div role="status">
        {wanted !== undefined && found.data === null && <p>{texts.select.notFound(wanted)}</p>}
        {found.data && (
          <label className="choice">
            <input
              type="checkbox"
              checked={followed.includes(found.data.customer_id)}
              onChange={() => found.data && toggleFollowed(found.data.customer_id)}
            />
            {texts.select.follow(nameOf(found.data), found.data.customer_id)}
          </label>
        )}
      </div>
      <ErrorNotice error={found.error} />
    </>
  )
}

/** Who is followed, each with a way to let go. */
function Followed() {
  const { followed } = useStore(visit)
  return (
    <div className="followed">
      <span role="status">{texts.select.followed(followed.length)}</span>
      {followed.map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-label={texts.select.unfollow(id)}
          onClick={() => toggleFollowed(id)}
        >
          {id} ×
        </button>
      ))}
    </div>
  )
}
