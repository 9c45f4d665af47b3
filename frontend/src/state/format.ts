/** Figures as people read them; what the API says exactly stays exact. */

const LOCALE = 'en-GB'
const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'GBP' })
const shortMoney = new Intl.NumberFormat(LOCALE, {
  style: 'currency',
  currency: 'GBP',
  notation: 'compact',
  maximumSignificantDigits: 3,
})
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 })
const decimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 })
const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 })
const wholePercent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 })
const time = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })

export const MISSING = '–'
type Figure = number | string | null | undefined

/** Format an amount to the penny; a string keeps all its digits. */
export const formatMoney = (value: Figure) => format(money, value)
/** Format an amount for an axis: £12.3K. */
export const formatShortMoney = (value: Figure) => format(shortMoney, value)
/** Format a count. */
export const formatCount = (value: Figure) => format(whole, value)
/** Format a figure with at most two decimals. */
export const formatNumber = (value: Figure) => format(decimal, value)
/** Format a share of one as per cent, with at most one decimal. */
export const formatShare = (value: Figure) => format(percent, value)
/** Format a share of one as whole per cent. */
export const formatWholeShare = (value: Figure) => format(wholePercent, value)

/** Format a difference in standard deviations with its sign: +0.8, −1.2. */
export function formatDifference(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`
}

/** Format a moment for people in their own time zone; an unknown one as it is. */
export function formatTime(text: string): string {
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? text : time.format(moment)
}

/** Format a duration that is left: about 40 s, about 3 min. */
export function formatSeconds(seconds: number): string {
  return seconds < 90
    ? `about ${Math.max(1, Math.round(seconds))} s`
    : `about ${Math.round(seconds / 60)} min`
}

/** Name the lines of a problem: the first ones, and how many there are in all. */
export function formatLines(lines: number[], times = lines.length): string {
  return lines.join(', ') + (times > lines.length ? ` … (${formatCount(times)} times)` : '')
}

/** Name a cluster by its letter: A, B, C … */
export const letter = (cluster: number | string) => String.fromCharCode(65 + Number(cluster))
/** Return the cluster of a letter, or undefined for what is none. */
export function clusterOf(text: string | null | undefined): number | undefined {
  return text && /^[A-Z]$/.test(text) ? text.charCodeAt(0) - 65 : undefined
}

function format(formatter: Intl.NumberFormat, value: Figure): string {
  if (value === null || value === undefined || value === '') return MISSING
  return formatter.format(value as number) // a decimal string is formatted without rounding to a double
}
