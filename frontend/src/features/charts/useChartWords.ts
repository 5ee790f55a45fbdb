import { useI18n } from 'vue-i18n'
import type { Chart, ChartRow } from '@/api/types'

const COUNTED: Record<string, string> = {
  overview: 'count',
  'hot-artists': 'plays',
  hours: 'plays',
  ratings: 'ratings',
  'sentiment-by-month': 'comments',
  'album-types': 'albums',
  'words-lyrics': 'times',
  'words-comments': 'times',
  'my-summary': 'count',
  'my-ratings': 'ratings',
  'my-plays': 'plays',
  'my-songs': 'plays',
  'my-artists': 'plays',
  'my-genres': 'plays',
  'my-hours': 'plays',
  'my-moods': 'plays',
}

/** Words of charts: labels, findings, figures, in the reader's language. */
export function useChartWords() {
  const { t, te, n, locale } = useI18n()
  const key = (name: string) => `charts.${name}`

  const title = (name: string): string => t(key(`title.${name}`))
  const short = (value: number): string =>
    new Intl.NumberFormat(locale.value, { notation: 'compact', maximumFractionDigits: 1 }).format(
      value,
    )
  const percent = (share: number, digits = 0): string =>
    n(share, { style: 'percent', maximumFractionDigits: digits })
  const weekday = (day: number): string => t(key(`weekday.${day}`))

  /** The label of a row: facts that have a fixed vocabulary are worded, names stay as they are. */
  function label(chart: string, raw: string | null): string {
    if (raw === null) return t('ui.unknown')
    if (chart === 'duration') return duration(Number(raw))
    if (chart === 'ratings') return t(key('stars'), { count: raw })
    if (chart === 'heat-comments') return `${raw}–${Number(raw) + 10}`
    if (chart === 'hours' || chart === 'my-hours') return hour(raw)
    const worded = key(`label.${chart}.${raw}`)
    return te(worded, 'zh-CN') ? t(worded) : raw
  }

  function duration(from: number): string {
    if (from === 0) return t(key('under'), { minutes: 1 })
    if (from >= 360) return t(key('over'), { minutes: 6 })
    return t(key('minutes'), { from: from / 60, to: from / 60 + 1 })
  }

  function hour(raw: string): string {
    const [day, at] = raw.split('/')
    return t(key('hour'), { day: weekday(Number(day)), hour: at })
  }

  function finding(chart: Chart): string {
    const found = chart.finding
    if (!found) return ''
    const values: Record<string, string> = {}
    for (const [name, value] of Object.entries(found.values)) {
      values[name] = worded(chart.name, name, value)
    }
    if (found.kind === 'peak_hour') values.day = weekday(Number(found.values.weekday))
    return t(key(`finding.${found.kind}`), values)
  }

  function worded(chart: string, name: string, value: unknown): string {
    if (name === 'label') return label(chart, value === null ? null : String(value))
    if (typeof value !== 'number') return String(value)
    if (name === 'share') return percent(value, 1)
    return name === 'hour' || name === 'weekday' ? String(value) : n(value)
  }

  /** The columns of a chart's rows as a table shows them. */
  function cell(chart: string, row: ChartRow, name: string): string {
    const value = row[name]
    if (name === 'label') return label(chart, value === null ? null : String(value))
    if (value === null || value === undefined) return '–'
    if (name === 'weekday') return weekday(Number(value))
    if (name === 'share') return percent(Number(value), 1)
    if (name === 'hour') return String(value)
    return typeof value === 'number' ? n(value) : String(value)
  }

  const column = (name: string): string => t(key(`column.${name}`))
  /** What a chart counts. */
  const counted = (chart: string): string => column(COUNTED[chart] ?? 'songs')

  return {
    title,
    label,
    finding,
    cell,
    column,
    counted,
    short,
    percent,
    weekday,
    number: n,
    t,
    locale,
  }
}

export type ChartWords = ReturnType<typeof useChartWords>
