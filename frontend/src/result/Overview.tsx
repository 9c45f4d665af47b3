import { useState } from 'react'

import { usePoints } from '../api/queries'
import type { Amounts, Profiles } from '../api/types'
import { Figure } from '../charts/Figure'
import {
  amountRows,
  coordinate,
  differenceOf,
  featuresOf,
  pie,
  radar,
  scatter,
} from '../charts/options'
import { ErrorNotice } from '../parts/Notice'
import { FEATURES, formatColumn, inDeviations } from '../state/columns'
import { formatCount, letter } from '../state/format'
import { columnLabel, texts } from '../texts'

const ROWS_OF_POINTS = 200 // in the table beside the scatter

interface OverviewProps {
  amounts: Amounts
  profiles: Profiles | undefined
}

/** All clusters at a glance: how large, where, what sets them apart. */
export function Overview({ amounts, profiles }: OverviewProps) {
  return (
    <div className="charts">
      <Figure
        title={texts.result.sizes}
        height={230}
        option={pie(amounts)}
        table={{
          columns: [texts.columns.cluster ?? '', texts.select.list, '%'],
          rows: amountRows(amounts),
        }}
      />
      <Scatter amounts={amounts} profiles={profiles} />
      {profiles && Object.keys(profiles).length > 0 && <Radar profiles={profiles} />}
    </div>
  )
}

function Scatter({ amounts, profiles }: OverviewProps) {
  const [x, setX] = useState('annual_income')
  const [y, setY] = useState('loan_balance')
  const { data: points = {}, error } = usePoints(x, y)
  const own = profiles ? featuresOf(profiles).filter((column) => !FEATURES.includes(column)) : []
  const columns = [...FEATURES, ...own.filter((column) => column !== 'share_spent')]
  const all = Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
  const flat = Object.entries(points).flatMap(([cluster, members]) =>
    members.map((point) => ({ cluster, point })),
  )
  return (
    <Figure
      title={texts.result.scatter}
      note={
        flat.length
          ? texts.result.scatterNote(formatCount(flat.length), formatCount(all))
          : undefined
      }
      option={scatter(points, x, y)}
      table={{
        columns: [
          texts.columns.customer_id ?? '',
          texts.columns.cluster ?? '',
          columnLabel(x),
          columnLabel(y),
        ],
        rows: flat
          .slice(0, ROWS_OF_POINTS)
          .map(({ cluster, point }) => [
            point.customer_id,
            letter(cluster),
            formatColumn(x, coordinate(point, x, 'x')),
            formatColumn(y, coordinate(point, y, 'y')),
          ]),
      }}
    >
      <div className="axes">
        <Axis label={texts.result.across} column={x} columns={columns} choose={setX} />
        <Axis label={texts.result.up} column={y} columns={columns} choose={setY} />
      </div>
      <ErrorNotice error={error} />
    </Figure>
  )
}

interface AxisProps {
  label: string
  column: string
  columns: string[]
  choose: (column: string) => void
}

function Axis({ label, column, columns, choose }: AxisProps) {
  return (
    <label>
      {label}
      <select value={column} onChange={(event) => choose(event.target.value)}>
        {columns.map((one) => (
          <option key={one} value={one}>
            {columnLabel(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Radar({ profiles }: { profiles: Profiles }) {
  const columns = featuresOf(profiles)
  return (
    <Figure
      title={texts.result.radar}
      height={330}
      note={texts.result.radarNote}
      option={radar(profiles)}
      table={{
        columns: [texts.columns.cluster ?? '', ...columns.map(columnLabel)],
        rows: Object.entries(profiles).map(([cluster, profile]) => [
          letter(cluster),
          ...columns.map((column) => inDeviations(differenceOf(profile, column))),
        ]),
      }}
    />
  )
}
