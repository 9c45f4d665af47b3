/** Who moved from which cluster to which, as the table and the Sankey show it. */

import type { Migration } from '../api/types'
import type { Move } from '../charts/options'
import { texts } from '../texts'
import { letter } from './format'

/** Return the moves with anybody in them; who is new or gone moves from or to nowhere. */
export function movesOf({ moves = {}, new: arrived = {}, gone = {} }: Migration): Move[] {
  const moved = Object.entries(moves).flatMap(([from, targets]) =>
    Object.entries(targets).map(([to, customers]) => ({
      from: letter(from),
      to: letter(to),
      customers,
    })),
  )
  const came = Object.entries(arrived).map(([to, customers]) => ({
    from: texts.result.new,
    to: letter(to),
    customers,
  }))
  const left = Object.entries(gone).map(([from, customers]) => ({
    from: letter(from),
    to: texts.result.gone,
    customers,
  }))
  return [...moved, ...came, ...left].filter(({ customers }) => customers > 0)
}
