import { useProduct, useOffers, useProfiles } from '../api/queries'
import { Empty } from '../parts/Empty'
import { ErrorNotice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { Screen } from '../parts/Screen'
import { useLocation } from '../router'
import { clusterOf, formatMoney, formatNumber, letter } from '../state/format'
import { texts } from '../texts'
import { EmailForm } from './EmailForm'
import { Recipients } from './Recipients'

/** An e-mail to a cluster about a product. */
export function Email() {
  const { query } = useLocation()
  const cluster = clusterOf(query.get('cluster'))
  const id = Number(query.get('product')) || undefined
  const { data: profiles } = useProfiles()
  const { data: product, error } = useProduct(id)
  const { data: offers, isPending } = useOffers()
  if (cluster === undefined || id === undefined) return <Nothing />
  const offer = offers?.[cluster]?.find(({ product_id }) => product_id === id)
  const name = profiles?.[cluster]?.name
  return (
    <Screen title={texts.email.title} lead={name && texts.email.lead(letter(cluster), name)}>
      <ErrorNotice error={error} />
      {!error && (!product || isPending) && <Loading />}
      {product && !isPending && (
        <div className="two">
          <EmailForm key={id} product={product} reasons={offer?.reasons ?? []} />
          <div>
            <section className="card" aria-labelledby="product">
              <h2 id="product">{product.product_name}</h2>
              <p>
                {product.product_type}. {product.benefits}
              </p>
              <dl className="facts">
                <div>
                  <dt>{texts.result.rate}</dt>
                  <dd>{formatNumber(product.interest_rate)} %</dd>
                </div>
                <div>
                  <dt>{texts.result.fees}</dt>
                  <dd>{formatMoney(product.annual_fees)}</dd>
                </div>
              </dl>
            </section>
            <Recipients cluster={cluster} product={id} />
          </div>
        </div>
      )}
    </Screen>
  )
}

function Nothing() {
  return (
    <Screen title={texts.email.title}>
      <Empty title={texts.email.none} hint="" to="/Result" action={texts.email.toResult} />
    </Screen>
  )
}
