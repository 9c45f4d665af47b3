import { useCustomerPages } from '../api/queries'
import { Link } from '../router'
import { Screen } from '../parts/Screen'
import { formatCount } from '../state/format'
import { texts } from '../texts'
import { Generate } from './Generate'
import { Upload } from './Upload'

/** Where customers come from: a file of one's own, or the generator. */
export function Home() {
  return (
    <Screen title={texts.title} lead={texts.home.lead} home={false}>
      <Resume />
      <div className="two">
        <section className="card" aria-labelledby="own">
          <h2 id="own">{texts.home.own}</h2>
          <p>{texts.home.ownLead}</p>
          <Upload />
        </section>
        <section className="card" aria-labelledby="generated">
          <h2 id="generated">{texts.home.generated}</h2>
          <p>{texts.home.generatedLead}</p>
          <Generate />
        </section>
      </div>
      <Steps />
    </Screen>
  )
}

/** The way back to customers who are there already. */
function Resume() {
  const rows = useCustomerPages().data?.customers
  if (!rows) return null
  return (
    <p className="resume card">
      <span>{texts.home.resumeLead(formatCount(rows))}</span>
      <Link to="/Select" className="button">
        {texts.home.resume}
      </Link>
    </p>
  )
}

function Steps() {
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" className="unseen">
        {texts.home.stepsTitle}
      </h2>
      <ol className="steps">
        {texts.home.steps.map(([step, detail]) => (
          <li key={step}>
            <strong>{step}</strong>
            <span>{detail}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
