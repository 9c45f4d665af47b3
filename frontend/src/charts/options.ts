/** What each chart shows, as ECharts options: plain functions of figures and colours. */

import type { EChartsCoreOption } from 'echarts/core'

import type { Amounts, Points, Profiles, SweepStep } from '../api/types'
import { MONEY } from '../state/columns'
import { formatCount, formatNumber, formatShare, formatShortMoney, letter } from '../state/format'
import { columnLabel } from '../texts'
import { type Palette, SYMBOLS } from './palette'

const LARGE = 2000 // points from which on they are drawn in one go

const colourOf = (palette: Palette, cluster: number | string) =>
  palette.clusters[Number(cluster) % palette.clusters.length]

/** How many customers each cluster has. */
export const pie =
  (amounts: Amounts) =>
  (palette: Palette): EChartsCoreOption => ({
    series: {
      type: 'pie',
      radius: ['36%', '92%'],
      itemStyle: { borderColor: palette.surface, borderWidth: 2 },
      label: {
        position: 'inner',
        formatter: '{b}\n{d} %',
        color: palette.onCluster,
        fontWeight: 600,
      },
      labelLayout: { hideOverlap: true },
      data: Object.entries(amounts).map(([cluster, value]) => ({
        name: letter(cluster),
        value,
        itemStyle: { color: colourOf(palette, cluster) },
      })),
    },
  })

/** A sample of the customers by two of their figures; each cluster has a colour and a shape. */
export const scatter =
  (points: Points, x: string, y: string) =>
  (palette: Palette): EChartsCoreOption => ({
    grid: { left: 62, right: 16, top: 36, bottom: 44 },
    legend: { top: 0, textStyle: { color: palette.ink } },
    xAxis: axis(x, palette, 28),
    yAxis: axis(y, palette, 48),
    series: Object.entries(points).map(([cluster, members]) => ({
      type: 'scatter',
      name: letter(cluster),
      symbol: SYMBOLS[Number(cluster) % SYMBOLS.length],
      symbolSize: members.length > LARGE ? 4 : 7,
      large: members.length > LARGE,
      itemStyle: { color: colourOf(palette, cluster), opacity: 0.65 },
      data: members.map((point) => [coordinate(point, x, 'x'), coordinate(point, y, 'y')]),
    })),
  })

/** Return a point's figure, which is named as the column or by its axis. */
export function coordinate(
  point: Points[string][number],
  column: string,
  axis: 'x' | 'y',
): number | null {
  const value = (point as unknown as Record<string, string | number | null>)[column] ?? point[axis]
  return value === null || value === undefined ? null : Number(value)
}

function axis(column: string, palette: Palette, nameGap: number) {
  const formatter = MONEY.includes(column) ? formatShortMoney : formatNumber
  return {
    type: 'value',
    scale: true,
    name: columnLabel(column),
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { color: palette.ink },
    axisLabel: { color: palette.quiet, formatter: (value: number) => formatter(value) },
    axisLine: { lineStyle: { color: palette.line } },
    splitLine: { lineStyle: { color: palette.line } },
  }
}

/** How far each cluster's mean is from all customers', in standard deviations, for each figure. */
export const radar =
  (profiles: Profiles) =>
  (palette: Palette): EChartsCoreOption => {
    const columns = featuresOf(profiles)
    const most = Math.max(
      1,
      ...Object.values(profiles).flatMap(({ features }) =>
        features.map((f) => Math.abs(f.difference)),
      ),
    )
    return {
      legend: { top: 0, itemWidth: 32, textStyle: { color: palette.ink } },
      radar: {
        radius: '60%',
        center: ['50%', '55%'],
        splitNumber: 4,
        indicator: columns.map((column) => ({ name: columnLabel(column), min: -most, max: most })),
        axisName: { color: palette.ink, width: 90, overflow: 'break' },
        axisLine: { lineStyle: { color: palette.line } },
        splitLine: { lineStyle: { color: palette.line } },
        splitArea: { show: false },
      },
      series: {
        type: 'radar',
        data: Object.entries(profiles).map(([cluster, profile]) => ({
          name: letter(cluster),
          value: columns.map((column) => round(differenceOf(profile, column))),
          symbol: SYMBOLS[Number(cluster) % SYMBOLS.length],
          symbolSize: 7,
          lineStyle: {
            color: colourOf(palette, cluster),
            width: 2,
            type: LINES[Number(cluster) % LINES.length],
          },
          itemStyle: { color: colourOf(palette, cluster) },
          areaStyle: { color: colourOf(palette, cluster), opacity: 0.08 },
        })),
      },
    }
  }

const LINES = ['solid', 'dashed', 'dotted']
const round = (value: number) => Math.round(value * 100) / 100

/** Return the figures that the profiles describe, in the first one's order. */
export function featuresOf(profiles: Profiles): string[] {
  const names = Object.values(profiles).flatMap(({ features }) =>
    features.map(({ feature }) => feature),
  )
  return [...new Set(names)].sort()
}

/** Return how far a cluster's mean of a figure is from all customers'. */
export const differenceOf = (profile: Profiles[string], column: string) =>
  profile.features.find(({ feature }) => feature === column)?.difference ?? 0

/** The silhouette for each number of clusters. */
export const sweep =
  (steps: SweepStep[], current: number) =>
  (palette: Palette): EChartsCoreOption => ({
    grid: { left: 48, right: 16, top: 16, bottom: 40 },
    xAxis: {
      type: 'category',
      data: steps.map(({ n_clusters }) => n_clusters),
      axisLabel: { color: palette.quiet },
      axisLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { color: palette.quiet },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: 'line',
        lineStyle: { color: palette.accent },
        itemStyle: { color: palette.accent },
        symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
          steps[dataIndex]?.n_clusters === current ? 14 : 7,
        data: steps.map(({ silhouette }) => silhouette),
      },
      {
        type: 'line',
        symbol: 'none',
        lineStyle: { color: palette.quiet, type: 'dotted' },
        data: steps.map(({ silhouette_null }) => silhouette_null),
      },
    ],
  })

export interface Move {
  from: string
  to: string
  customers: number
}

/** Who moved from which cluster to which. */
export const sankey =
  (moves: Move[]) =>
  (palette: Palette): EChartsCoreOption => {
    const before = (name: string) => `${name} `
    const names = [...new Set(moves.flatMap(({ from, to }) => [before(from), to]))]
    return {
      series: {
        type: 'sankey',
        left: 8,
        right: 60,
        nodeGap: 14,
        data: names.map((name) => ({
          name,
          itemStyle: { color: colourOfName(name.trim(), palette) },
        })),
        links: moves.map(({ from, to, customers }) => ({
          source: before(from),
          target: to,
          value: customers,
        })),
        label: { color: palette.ink },
        lineStyle: { color: 'source', opacity: 0.3 },
      },
    }
  }

const colourOfName = (name: string, palette: Palette) =>
  name.length === 1 ? colourOf(palette, name.charCodeAt(0) - 65) : palette.quiet

/** The rows of the table beside each chart. */
export const amountRows = (amounts: Amounts) => {
  const all = Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
  return Object.entries(amounts).map(([cluster, amount]) => [
    letter(cluster),
    formatCount(amount),
    formatShare(amount / all),
  ])
}
