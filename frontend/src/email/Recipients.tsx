import { useState } from 'react'

import { offerFile } from '../api/download'
import { ErrorNotice } from '../parts/Notice'
import { formatCount, letter } from '../state/format'
import { useOnce } from '../state/once'
import { collect, type Recipients as Found, recipientsCsv } from '../state/recipients'
import { texts } from '../texts'

/** Who is to get the offer; a random tenth is held back so that the campaign can be measured. */
export function Recipients({ cluster, product }: { cluster: number; product: number }) {
  const [found, setFound] = useState<Found>()
  const [taking, error, running] = useOnce()
  const take = () =>
    taking(async () => {
      const recipients = await collect(cluster, product)
      setFound(recipients)
      const name = `recipients-${letter(cluster)}-${product}.csv`
      offerFile(name, new Blob([recipientsCsv(recipients, product)], { type: 'text/csv' }))
    })
  return (
    <section className="card" aria-labelledby="recipients">
      <h2 id="recipients">{texts.email.recipients}</h2>
      <p>{texts.email.recipientsHint}</p>
      <button type="button" aria-disabled={running} onClick={() => void take()}>
        {running ? texts.email.collecting : texts.email.recipientsDownload}
      </button>
      <p role="status">
        {found && texts.email.counted(formatCount(found.rows.length), formatCount(found.control))}
      </p>
      <ErrorNotice error={error} />
    </section>
  )
}
