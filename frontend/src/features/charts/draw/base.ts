import type { EChartsCoreOption } from 'echarts/core'
import type { Chart, ChartRow } from '@/api/types'
import type { Look } from '../look'
import type { ChartWords } from '../useChartWords'

/** What drawing a chart needs. */
export interface Drawing {
  chart: Chart
  look: Look
  words: ChartWords
}
export type Option = EChartsCoreOption & Record<string, unknown>
/** The server's structure: plain JSON. */
export type Part = Record<string, unknown>

export const series = (chart: Chart): Part[] => (chart.option.series ?? []) as Part[]
export const axis = (chart: Chart, name: 'xAxis' | 'yAxis'): Part =>
  ((chart.option[name] as Part[] | undefined) ?? [{}])[0] ?? {}

export const text = (row: ChartRow, name = 'label'): string | null =>
  row[name] === null || row[name] === undefined ? null : String(row[name])
export const figure = (row: ChartRow, name = 'count'): number => Number(row[name] ?? 0)

export interface Datum extends ChartRow {
  name: string
  raw: string | null
}

/** Rows with their labels worded; `raw` keeps what the server said. */
export const named = ({ chart, words }: Drawing): Datum[] =>
  chart.rows.map((row) => {
    const raw = text(row)
    return { ...row, raw, name: words.label(chart.name, raw) }
  })

export function frame({ look }: Drawing): Option {
  return {
    animationDuration: look.still ? 0 : 600,
    animationDurationUpdate: look.still ? 0 : 500,
    textStyle: { fontFamily: look.sans, color: look.ink2, fontSize: 12 },
    color: [...look.series],
    grid: { left: 4, right: 16, top: 16, bottom: 4, outerBoundsMode: 'same' },
    tooltip: tooltip(look),
  }
}

export const tooltip = (look: Look): Part => ({
  confine: true,
  backgroundColor: look.raised,
  borderColor: look.grid,
  borderWidth: 1,
  padding: [8, 12],
  textStyle: { color: look.ink, fontSize: 13, fontFamily: look.sans },
  extraCssText: 'border-radius:8px;box-shadow:0 8px 24px rgb(0 0 0 / 18%)',
})

/** Song titles come from outside: what a tooltip shows is always escaped. */
export const escape = (value: string): string =>
  value.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? '',
  )

export const valueAxis = ({ look, words }: Drawing, more: Part = {}): Part => ({
  type: 'value',
  splitNumber: 4,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: {
    color: look.ink3,
    fontFamily: look.figures,
    formatter: (value: number) => words.short(value),
  },
  splitLine: { lineStyle: { color: look.grid, type: [3, 4] } },
  ...more,
})

export const labelAxis = ({ look }: Drawing, more: Part = {}): Part => ({
  type: 'category',
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: look.ink2, hideOverlap: true },
  splitLine: { show: false },
  ...more,
})

/** A colour at some strength: `#rrggbb` and 0..1. */
export function faded(colour: string, alpha: number): string {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour)
  if (!hex) return colour
  const [r, g, b] = hex.slice(1).map((part) => parseInt(part, 16))
  return `rgba(${r},${g},${b},${alpha})`
}

export const along = (colour: string, from: number, to: number, lying = true): Part => ({
  type: 'linear',
  x: 0,
  y: lying ? 0 : 1,
  x2: lying ? 1 : 0,
  y2: 0,
  colorStops: [
    { offset: 0, color: faded(colour, from) },
    { offset: 1, color: faded(colour, to) },
  ],
})
