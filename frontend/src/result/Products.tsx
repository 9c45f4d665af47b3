import { useState } from 'react'

import { useOffers, useReport } from '../api/queries'
import type { OfferedProduct } from '../api/types'
import { ErrorNotice } from '../parts/Notice'
import { Loading, WorkProgress } from '../parts/Progress'
import { navigate } from '../router'
import { formatCount, formatMoney, formatNumber, formatShare, letter } from '../state/format'
import { matching } from '../state/work'
import { texts } from '../texts'
import { ProductImport } from './ProductImport'

const FIRST = 5

/** What suits this cluster, and why. */
export function Products({ cluster }: { cluster: number }) {
  const { data: offers, error, isFetching } = useOffers()
  const [whole, setWhole] = useState(false)
  const products = offers?.[cluster] ?? []
  const shown = whole ? products : products.slice(0, FIRST)
  return (
    <section className="card products" aria-labelledby="products">
      <h2 id="products">{texts.result.products}</h2>
      <p className="quiet">{texts.result.productsNote}</p>
      <WorkProgress work={matching} label={texts.result.matching} />
      {!offers && isFetching && <Loading label={texts.result.matching} />}
      <ErrorNotice error={error} />
      {offers && !products.length && <NothingSuits cluster={cluster} />}
      <ol className="offers">
        {shown.map((product) => (
          <Offer key={product.product_id} product={product} cluster={cluster} />
        ))}
      </ol>
      {products.length > FIRST && (
        <button
          type="button"
          className="plain"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? texts.result.fewer : texts.result.more(products.length)}
        </button>
      )}
      <ProductImport />
    </section>
  )
}

function Offer({ product, cluster }: { product: OfferedProduct; cluster: number }) {
  const { product_id, product_name, product_type, benefits, score, reasons } = product
  const notify = () => navigate('/SendEmail', { cluster: letter(cluster), product: product_id })
  return (
    <li>
      <div className="offer-head">
        <h3>{product_name}</h3>
        <button
          type="button"
          className="primary"
          aria-label={`${texts.result.notify}: ${product_name}`}
          onClick={notify}
        >
          {texts.result.notify}
        </button>
      </div>
      <p>
        {product_type}. {benefits}
      </p>
      <dl className="facts">
        <Fact term={texts.result.score} value={formatNumber(score)} />
        <Fact term={texts.result.offered} value={formatShare(product.offered_share)} />
        <Fact term={texts.result.eligible} value={formatShare(product.eligible_share)} />
        <Fact
          term={texts.result.rate}
          value={product.interest_rate === null ? '–' : `${product.interest_rate} %`}
        />
        <Fact term={texts.result.fees} value={formatMoney(product.annual_fees)} />
      </dl>
      <ul className="reasons">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </li>
  )
}

function Fact({ term, value }: { term: string; value: string }) {
  if (value === '–') return null
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Why a list is empty, gate by gate: those first that stopped most customers. */
function NothingSuits({ cluster }: { cluster: number }) {
  const { data: report } = useReport()
  const gates = [...(report?.[cluster]?.gates ?? [])]
    .filter(({ customers }) => customers > 0)
    .sort((one, other) => other.customers - one.customers)
  return (
    <>
      <p>{texts.result.productsNone}</p>
      <ul>
        {gates.map(({ gate, customers, reason }) => (
          <li key={gate}>{texts.result.stopped(formatCount(customers), reason)}</li>
        ))}
      </ul>
    </>
  )
}
