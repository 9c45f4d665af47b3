/** Who moved from which cluster to which, as the table and the Sankey show it. */

import type { Migration } from '../api/types'
import type { Move } from '../charts/options'
import { texts } from '../texts'
import { letter } from './format'

type Moves = Pick<Migration, 'table' | 'new' | 'gone'>

/** Return the moves with anybody in them; who is new or gone moves from or to nowhere. */
export function movesOf({ table, new: arrived, gone }: Moves): Move[] {
  const moved = Object.entries(table).flatMap(([from, targets]) =>
    Object.entries(targets).map(([to, customers]) => ({
      from: nameOf(from),
      to: nameOf(to),
      customers,
    })),
  )
  const came = Object.entries(arrived).map(([to, customers]) => ({
    from: texts.result.new,
    to: nameOf(to),
    customers,
  }))
  const left = Object.entries(gone).map(([from, customers]) => ({
    from: nameOf(from),
    to: texts.result.gone,
    customers,
  }))
  return [...moved, ...came, ...left].filter(({ customers }) => customers > 0)
}

const nameOf = (cluster: string) => (cluster === 'none' ? texts.result.noCluster : letter(cluster))
