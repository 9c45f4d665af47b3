/** One visitor, one workspace: an unguessable name that the browser keeps. */

import { createStore } from '../state/store'

const NAME = 'segmentation.workspace'
const KEPT_UNTIL = 'segmentation.kept-until'
const KEY = 'segmentation.api-key'
const IN_LINK = /^#workspace=([A-Za-z0-9_-]{1,64})$/
const RANDOM_BYTES = 18 // 144 bits, 24 letters

/** Return a name that nobody guesses. */
export function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** Return this visitor's workspace: the link's, else the one that is kept, else a new one. */
export function workspace(): string {
  const linked = IN_LINK.exec(location.hash)?.[1]
  if (linked) {
    keep(linked)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return localStorage.getItem(NAME) ?? keep(newName())
}

function keep(name: string): string {
  if (localStorage.getItem(NAME) !== name) localStorage.removeItem(KEPT_UNTIL)
  localStorage.setItem(NAME, name)
  return name
}

/** Return the address that opens this workspace in another browser; nothing sends its last part. */
export function workspaceLink(): string {
  return `${location.origin}${import.meta.env.BASE_URL}#workspace=${workspace()}`
}

/** Until when the service keeps the data, as it last said; the browser remembers it. */
export const keptUntil = createStore<string | null>(localStorage.getItem(KEPT_UNTIL))
keptUntil.subscribe(() => {
  const until = keptUntil.get()
  if (until) localStorage.setItem(KEPT_UNTIL, until)
  else localStorage.removeItem(KEPT_UNTIL)
})

/** The service's key, for this tab only. */
export const apiKey = createStore<string | null>(sessionStorage.getItem(KEY))
apiKey.subscribe(() => sessionStorage.setItem(KEY, apiKey.get() ?? ''))

/** Whether the service has asked for a key that it has not been given. */
export const keyNeeded = createStore(false)
