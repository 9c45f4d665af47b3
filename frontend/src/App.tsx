import { QueryClientProvider } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'

import { queryClient } from './api/queries'
import { Email } from './email/Email'
import { Final } from './final/Final'
import { Home } from './home/Home'
import { Layout } from './parts/Layout'
import { Notice } from './parts/Notice'
import { Screen } from './parts/Screen'
import { Result } from './result/Result'
import { useLocation } from './router'
import { Select } from './select/Select'
import { texts } from './texts'

const SCREENS: Record<string, () => ReactNode> = {
  '/': Home,
  '/Select': Select,
  '/Result': Result,
  '/SendEmail': Email,
  '/Final': Final,
}

/** The page: the screen that its address names. */
export function App() {
  const { path } = useLocation()
  const Current = SCREENS[path] ?? Nothing
  return (
    <QueryClientProvider client={queryClient}>
      <Layout>
        <Boundary key={path}>
          <Current />
        </Boundary>
      </Layout>
    </QueryClientProvider>
  )
}

function Nothing() {
  return <Screen title={texts.common.wrongPage}>{null}</Screen>
}

/** Whatever goes wrong in a screen, the page is never blank. */
class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <Screen title={texts.common.broken}>
        <Notice kind="error">
          <p>{texts.common.brokenHint}</p>
          <button type="button" onClick={() => location.reload()}>
            {texts.common.reload}
          </button>
        </Notice>
      </Screen>
    )
  }
}
