/** Which rows of a long list are in view; no browser makes an element of a million rows' height. */

export const TALLEST = 12_000_000 // pixels; Chromium, Firefox and Safari all draw this

export interface Window {
  height: number
  first: number
  last: number
  top: number
}

/**
 * Return the rows to draw at a scroll position: from `first` up to, not with, `last`, the first of them
 * `top` pixels from the list's beginning, in a list of `height` pixels.
 *
 * A list that would be taller than TALLEST is scrolled in proportion: the end is still the end.
 */
export function windowAt(
  scrollTop: number,
  viewport: number,
  rows: number,
  rowHeight: number,
): Window {
  const whole = rows * rowHeight
  const height = Math.min(whole, TALLEST)
  const scrollable = Math.max(1, height - viewport)
  const offset = whole <= TALLEST ? scrollTop : (scrollTop / scrollable) * (whole - viewport)
  const first = clamp(Math.floor(offset / rowHeight), 0, Math.max(0, rows - 1))
  const last = Math.min(rows, first + Math.ceil(viewport / rowHeight) + 1)
  const top = clamp(scrollTop - (offset - first * rowHeight), 0, Math.max(0, height - rowHeight))
  return { height, first: rows ? first : 0, last, top }
}

/** Return the scroll position at which a row stands at the top. */
export function scrollTo(row: number, viewport: number, rows: number, rowHeight: number): number {
  const whole = rows * rowHeight
  if (whole <= TALLEST) return row * rowHeight
  return ((row * rowHeight) / (whole - viewport)) * (TALLEST - viewport)
}

/** Return the pages, each of `size` rows, that have any of these rows. */
export function pagesOf(first: number, last: number, size: number): number[] {
  const pages = []
  for (let page = Math.floor(first / size); page * size < Math.max(last, first + 1); page++)
    pages.push(page)
  return pages
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
