import { type ReactNode, useEffect, useRef } from 'react'

import { navigate } from '../router'
import { texts } from '../texts'

interface ScreenProps {
  title: string
  lead?: ReactNode
  home?: boolean
  children: ReactNode
}

/** A screen: the way home, its heading, which has the focus when one comes here, and its content. */
export function Screen({ title, lead, home = true, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title === texts.title ? title : `${title} · ${texts.title}`
    heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <main id="content">
      {home && (
        <button type="button" className="home" onClick={() => navigate('/')}>
          {texts.common.homeLink}
        </button>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </main>
  )
}
