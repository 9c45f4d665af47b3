/** What a customer's columns look like in a list. */

import type { Customer } from '../api/types'
import { CITIES, OCCUPATIONS } from '../texts'
import { formatDifference, formatMoney, formatNumber, formatShare, MISSING } from './format'

export const MONEY = ['annual_income', 'annual_spending', 'loan_balance']
const SHARES = ['share_spent']
const COUNTS = ['age', 'credit_score']
export const FEATURES = ['age', 'annual_income', 'annual_spending', 'loan_balance', 'credit_score']
export const CATEGORIES = ['occupation', 'city']

/** Return a column's value as text; amounts to the penny, codes by name. */
export function formatColumn(column: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return MISSING
  if (MONEY.includes(column)) return formatMoney(value as string)
  if (SHARES.includes(column)) return formatShare(value as number)
  if (column === 'occupation') return OCCUPATIONS[value as number] ?? String(value)
  if (column === 'city') return CITIES[value as number] ?? String(value)
  return typeof value === 'number' ? formatNumber(value) : String(value)
}

/** Return a mean in its column's unit; ages and scores with their decimals. */
export const formatMean = (column: string, value: number | null | undefined) =>
  COUNTS.includes(column) ? formatNumber(value) : formatColumn(column, value)

/** Tell whether a column's values stand to the right, as figures do. */
export const isFigure = (column: string, value: unknown) =>
  !CATEGORIES.includes(column) && (FEATURES.includes(column) || typeof value === 'number')

/** Return a customer's value in a documented or an own column. */
export function valueOf(customer: Customer, column: string): unknown {
  if (column === 'name') return nameOf(customer)
  return column in customer ? customer[column as keyof Customer] : customer.own?.[column]
}

/** Return a customer's whole name. */
export const nameOf = (customer: Customer) => `${customer.first_name} ${customer.last_name}`

/** Return the columns of a list: those in which one of the first customers has a value. */
export function columnsOf(customers: Customer[]): string[] {
  const always = ['customer_id', 'name']
  const possible = ['reference', 'age', 'occupation', 'city', ...MONEY, 'credit_score']
  const own = [...new Set(customers.flatMap(({ own }) => Object.keys(own ?? {})))]
  const filled = (column: string) => customers.some((customer) => valueOf(customer, column) != null)
  return [...always, ...[...possible, ...own].filter(filled)]
}

/** Say how far a mean is from all customers', in standard deviations. */
export const inDeviations = (difference: number) => `${formatDifference(difference)} sd`
