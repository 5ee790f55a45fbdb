import { bars } from './bars'
import { series, type Drawing, type Option } from './base'
import { lines } from './lines'
import { pie } from './pies'
import { points } from './points'
import { cloud, gauges, week } from './shapes'

export type { Drawing, Option } from './base'

const DRAW: Record<string, (drawing: Drawing) => Option> = {
  bar: bars,
  pie,
  line: lines,
  scatter: points,
  heatmap: week,
  liquidFill: gauges,
  wordCloud: cloud,
}

/** Turn the server's structure and numbers into what ECharts draws. Pure: the report uses it too. */
export function draw(drawing: Drawing): Option {
  const kind = String(series(drawing.chart)[0]?.type)
  const how = DRAW[kind]
  if (!how) throw new Error(`no drawing for a ${kind} chart`)
  return how(drawing)
}
