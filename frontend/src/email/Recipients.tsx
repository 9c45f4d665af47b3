import { saveFile } from '../api/download'
import { ErrorNotice } from '../parts/Notice'
import { useOnce } from '../state/once'
import { letter } from '../state/format'
import { texts } from '../texts'

const CONTROL = 0.1 // the share of customers who get no offer, to measure against

/** Who is to get the offer; a random tenth is held back so that the campaign can be measured. */
export function Recipients({ cluster, product }: { cluster: number; product: number }) {
  const [taking, error, running] = useOnce()
  const take = () =>
    taking(() =>
      saveFile(`recipients-${letter(cluster)}-${product}.csv`, '/getOffersByCustomer', {
        format: 'csv',
        cluster,
        product_id: product,
        control: CONTROL,
      }),
    )
  return (
    <section className="card" aria-labelledby="recipients">
      <h2 id="recipients">{texts.email.recipients}</h2>
      <p>{texts.email.recipientsHint}</p>
      <button type="button" aria-disabled={running} onClick={() => void take()}>
        {texts.email.recipientsDownload}
      </button>
      <ErrorNotice error={error} />
    </section>
  )
}
