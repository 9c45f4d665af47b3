import { useAmounts, useProfiles } from '../api/queries'
import { CustomerList } from '../parts/CustomerList'
import { Empty } from '../parts/Empty'
import { ErrorNotice, Notice } from '../parts/Notice'
import { Loading } from '../parts/Progress'
import { Screen } from '../parts/Screen'
import { Link, replaceParameters, useLocation } from '../router'
import { clusterOf, formatCount, letter } from '../state/format'
import { useStore } from '../state/store'
import { visit } from '../state/visit'
import type { Amounts } from '../api/types'
import { texts } from '../texts'
import { ClusterButtons } from './ClusterButtons'
import { Compare } from './Compare'
import { Followed } from './Followed'
import { Insight } from './Insight'
import { Keep } from './Keep'
import { Overview } from './Overview'
import { Products } from './Products'
import { QualityPanel } from './QualityPanel'
import { TakeAway } from './TakeAway'

/** What the clustering found. */
export function Result() {
  const { data: amounts, error } = useAmounts()
  const found = amounts && Object.keys(amounts).length > 0
  return (
    <Screen title={texts.result.title} lead={found && <Lead amounts={amounts} />}>
      <ErrorNotice error={error} />
      {!amounts && !error && <Loading />}
      {amounts && !found && <NoClusters />}
      {found && <Found amounts={amounts} />}
    </Screen>
  )
}

const sum = (amounts: Amounts) => Object.values(amounts).reduce((all, amount) => all + amount, 0)

function Lead({ amounts }: { amounts: Amounts }) {
  return (
    <>
      {texts.result.lead(formatCount(sum(amounts)), Object.keys(amounts).length)}{' '}
      <Link to="/Select">{texts.result.again}</Link>
    </>
  )
}

function NoClusters() {
  const { empty, emptyHint, emptyBack } = texts.result
  return <Empty title={empty} hint={emptyHint} to="/Select" action={emptyBack} />
}

function Found({ amounts }: { amounts: Amounts }) {
  const { remarks } = useStore(visit)
  const { data: profiles } = useProfiles()
  const { query } = useLocation()
  const clusters = Object.keys(amounts).map(Number)
  const asked = clusterOf(query.get('cluster'))
  const current = asked !== undefined && clusters.includes(asked) ? asked : (clusters[0] ?? 0)
  return (
    <>
      {remarks.length > 0 && (
        <Notice>
          {remarks.map((remark) => (
            <p key={remark}>{remark}</p>
          ))}
        </Notice>
      )}
      <Overview amounts={amounts} profiles={profiles} />
      <Followed />
      <ClusterButtons
        amounts={amounts}
        profiles={profiles}
        current={current}
        choose={(cluster) => replaceParameters({ cluster: letter(cluster) })}
      />
      <section className="cluster" aria-labelledby="current">
        <Insight cluster={current} profile={profiles?.[current]} />
        <Products cluster={current} />
        <details className="card">
          <summary>{texts.result.assignments(letter(current))}</summary>
          <CustomerList
            key={current}
            label={texts.result.assignments(letter(current))}
            cluster={current}
          />
        </details>
      </section>
      <QualityPanel clusters={clusters.length} />
      <div className="two">
        <Keep />
        <TakeAway />
      </div>
      <Compare />
    </>
  )
}
