import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'

import { SimpleTable } from '../parts/SimpleTable'
import { texts } from '../texts'
import type { Palette } from './palette'
import { usePalette } from './palette'

interface FigureProps {
  title: string
  note?: string
  option: (palette: Palette) => EChartsCoreOption
  table: { columns: string[]; rows: ReactNode[][] }
  height?: number
  children?: ReactNode
}

/** A chart with its heading, and the same figures as a table behind a button. */
export function Figure({ title, note, option, table, height = 320, children }: FigureProps) {
  const [asTable, setAsTable] = useState(false)
  const palette = usePalette()
  return (
    <figure className="card chart">
      <figcaption>
        <h3>{title}</h3>
        <button
          type="button"
          className="plain"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? texts.common.showChart : texts.common.showTable}
        </button>
      </figcaption>
      {children}
      {asTable ? (
        <div style={{ height }} className="instead">
          <SimpleTable caption={title} hideCaption {...table} />
        </div>
      ) : (
        <Canvas label={title} height={height} option={withDefaults(option(palette), palette)} />
      )}
      {note && <small>{note}</small>}
    </figure>
  )
}

/** Tooltips are drawn, not HTML: names come from people's files. */
function withDefaults(option: EChartsCoreOption, palette: Palette): EChartsCoreOption {
  return {
    animation: palette.animation,
    animationDuration: 400,
    textStyle: { fontFamily: palette.font, color: palette.ink },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontFamily: palette.font },
    },
    ...option,
  }
}

interface CanvasProps {
  label: string
  height: number
  option: EChartsCoreOption
}

type Chart = {
  setOption(option: EChartsCoreOption, clear: boolean): void
  resize(): void
  dispose(): void
}

function Canvas({ label, height, option }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart>(null)
  const latest = useRef(option)
  useEffect(() => {
    latest.current = option
    chart.current?.setOption(option, true)
  }, [option])
  useEffect(() => {
    let gone = false
    const observer = new ResizeObserver(() => chart.current?.resize())
    void import('./engine').then(({ init }) => {
      if (gone || !place.current) return
      chart.current = init(place.current)
      chart.current.setOption(latest.current, true)
      observer.observe(place.current)
    })
    return () => {
      gone = true
      observer.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [])
  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      style={{ minHeight: height }}
      className="canvas"
    />
  )
}
