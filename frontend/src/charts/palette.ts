/** The stylesheet's colours for the canvas, light or dark, and on paper always light. */

import { useSyncExternalStore } from 'react'

const WATCHED = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', 'print']
export const CLUSTERS = 10
export const SYMBOLS = [
  'circle',
  'triangle',
  'rect',
  'diamond',
  'roundRect',
  'pin',
  'arrow',
  'emptyCircle',
  'emptyTriangle',
  'emptyRect',
]

export interface Palette {
  ink: string
  quiet: string
  line: string
  surface: string
  accent: string
  onCluster: string
  clusters: string[]
  font: string
  animation: boolean
}

/** Return the colours of now, and render again when the scheme changes. */
export function usePalette(): Palette {
  useSyncExternalStore(subscribe, () => WATCHED.map((query) => matchMedia(query).matches).join())
  const styles = getComputedStyle(document.documentElement)
  const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  return {
    ink: colour('ink'),
    quiet: colour('ink-quiet'),
    line: colour('line'),
    surface: colour('surface'),
    accent: colour('accent'),
    onCluster: colour('on-cluster'),
    clusters: Array.from({ length: CLUSTERS }, (_, number) => colour(`cluster-${number}`)),
    font: getComputedStyle(document.body).fontFamily,
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  }
}

function subscribe(listener: () => void): () => void {
  const queries = WATCHED.map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}
