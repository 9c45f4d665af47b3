/** The page's addresses: five screens, with what they show in the query. */

import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react'

export type Path = '/' | '/Select' | '/Result' | '/SendEmail' | '/Final'
type Parameters = Record<string, string | number | undefined>

const BASE = import.meta.env.BASE_URL.replace(/\/$/, '')
const MOVED = 'moved'

/** Return a screen's address, under the page's base path. */
export function href(path: Path, parameters: Parameters = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value))
  }
  return BASE + path + (query.size ? `?${query}` : '')
}

/** Go to a screen; the browser's back button returns. */
export function navigate(path: Path, parameters?: Parameters): void {
  history.pushState(null, '', href(path, parameters))
  scrollTo(0, 0)
  dispatchEvent(new Event(MOVED))
}

/** Change what this screen shows, without a step in the browser's history. */
export function replaceParameters(parameters: Parameters): void {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) query.delete(name)
    else query.set(name, String(value))
  }
  history.replaceState(null, '', location.pathname + (query.size ? `?${query}` : ''))
  dispatchEvent(new Event(MOVED))
}

/** Return the path below the base path and the query, and render again with the next ones. */
export function useLocation(): { path: string; query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  const { pathname, search } = new URL(address, location.origin)
  const below = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname
  return { path: below.replace(/(.)\/$/, '$1') || '/', query: new URLSearchParams(search) }
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  addEventListener(MOVED, listener)
  return () => {
    removeEventListener('popstate', listener)
    removeEventListener(MOVED, listener)
  }
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: Path
  parameters?: Parameters
}

/** A link to a screen; a new tab or window opens it as any link. */
export function Link({ to, parameters, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
    event.preventDefault()
    navigate(to, parameters)
  }
  return <a {...rest} href={href(to, parameters)} onClick={follow} />
}
