import type { ReactNode } from 'react'

interface SimpleTableProps {
  caption: string
  columns: string[]
  rows: ReactNode[][]
  hideCaption?: boolean
}

/** A short table; it scrolls sideways where the screen is narrow. */
export function SimpleTable({ caption, columns, rows, hideCaption }: SimpleTableProps) {
  return (
    <div className="scrolling" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className={hideCaption ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th
                key={place}
                scope="col"
                className={isRight(rows[0]?.[place]) ? 'right' : undefined}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place} className={isRight(cell) ? 'right' : undefined}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const isRight = (cell: ReactNode) =>
  typeof cell === 'number' || (typeof cell === 'string' && /^[£+−–\d][\d,.%£ ]*( sd)?$/.test(cell))
