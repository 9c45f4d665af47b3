import { type FormEvent, type ReactNode, useState } from 'react'

import { away } from '../api/client'
import { queryClient } from '../api/queries'
import { apiKey, keptUntil, keyNeeded, workspaceLink } from '../api/workspace'
import { Link, useLocation } from '../router'
import { formatTime } from '../state/format'
import { useStore } from '../state/store'
import { texts } from '../texts'
import { Notice } from './Notice'

const STEPS = [
  ['/', 'Start'],
  ['/Select', 'Select'],
  ['/Result', 'Result'],
  ['/SendEmail', 'Email'],
] as const

/** What stands around every screen. */
export function Layout({ children }: { children: ReactNode }) {
  const { path } = useLocation()
  return (
    <>
      <a className="skip" href="#content">
        {texts.common.skip}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          <Mark /> {texts.title}
        </Link>
        <nav aria-label={texts.home.stepsTitle}>
          <ol>
            {STEPS.map(([step, name]) => (
              <li key={step}>
                <Link to={step} aria-current={step === path ? 'step' : undefined}>
                  {name}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      </header>
      <AwayNotice />
      <KeyForm />
      {children}
      <Footer />
    </>
  )
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <circle cx="10" cy="21" r="7" fill="var(--cluster-1)" />
      <circle cx="23" cy="22" r="5" fill="var(--cluster-2)" />
      <circle cx="18" cy="8" r="6" fill="var(--cluster-0)" />
    </svg>
  )
}

function AwayNotice() {
  if (!useStore(away)) return null
  return (
    <div className="away">
      <Notice kind="warning" title={texts.common.awayTitle}>
        <p>{texts.common.awayHint}</p>
      </Notice>
    </div>
  )
}

/** Asked for only when the service asks. */
function KeyForm() {
  const [key, setKey] = useState('')
  const needed = useStore(keyNeeded)
  const given = useStore(apiKey)
  if (!needed) return null
  const use = (event: FormEvent) => {
    event.preventDefault()
    apiKey.set(key)
    keyNeeded.set(false)
    void queryClient.resetQueries()
  }
  return (
    <form className="card key" onSubmit={use}>
      <h2>{texts.common.keyTitle}</h2>
      {given && <p role="alert">{texts.common.keyWrong}</p>}
      <label>
        {texts.common.keyLabel}
        <input
          type="password"
          value={key}
          autoComplete="off"
          onChange={(event) => setKey(event.target.value)}
          required
        />
      </label>
      <small>{texts.common.keyHint}</small>
      <button className="primary">{texts.common.keySend}</button>
    </form>
  )
}

function Footer() {
  const until = useStore(keptUntil)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(workspaceLink())
    setCopied(true)
  }
  return (
    <footer>
      <p>
        {texts.common.workspace}
        {until && <>, {texts.common.keptUntil(formatTime(until))}</>}
        {' · '}
        <button type="button" className="plain" onClick={copy}>
          {texts.common.workspaceLink}
        </button>
        <span role="status">{copied && ` ${texts.common.copied}`}</span>
      </p>
      <p>{texts.common.copyright}</p>
    </footer>
  )
}
