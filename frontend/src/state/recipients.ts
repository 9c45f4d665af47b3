/** Who is to get an offer, and who is held back so that the campaign can be measured. */

import { get } from '../api/client'
import type { CustomerOffers } from '../api/types'

export const CONTROL = '0.1' // the share held back
const PAGE = 5000
const FORMULA = /^[=+\-@\t\r]/

export interface Recipients {
  rows: CustomerOffers[]
  control: number
}

/** Read everybody's offers by pages; return a cluster's customers who are offered the product. */
export async function collect(cluster: number, product: number): Promise<Recipients> {
  const found: Recipients = { rows: [], control: 0 }
  for (let after = 0; ;) {
    const query = { limit: PAGE, after, control: CONTROL }
    const { data } = await get<CustomerOffers[]>('/getOffersByCustomer', { query })
    const offered = data.filter(
      ({ cluster: own, offers }) =>
        own === cluster && offers.some(({ product_id }) => product_id === product),
    )
    const rows = offered.filter(({ control }) => !control)
    found.rows.push(...rows)
    found.control += offered.length - rows.length
    if (data.length < PAGE) return found
    after = data.at(-1)?.customer_id ?? 0
  }
}

/** Return the recipients as CSV: id, reference, how well it fits and why. */
export function recipientsCsv({ rows }: Recipients, product: number): string {
  const lines = rows.map(({ customer_id, reference, offers }) => {
    const offer = offers.find(({ product_id }) => product_id === product)
    return [customer_id, reference ?? '', offer?.fit ?? '', offer?.reasons.join('; ') ?? '']
  })
  const header = ['customer_id', 'reference', 'fit', 'reasons']
  return [header, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** Quote a cell; no spreadsheet runs it as a formula. */
function cell(value: string | number): string {
  const text = FORMULA.test(String(value)) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
