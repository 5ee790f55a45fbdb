import {
  along,
  escape,
  figure,
  frame,
  labelAxis,
  named,
  series,
  text,
  valueAxis,
  type Drawing,
  type Option,
  type Part,
} from './base'

interface Point {
  seriesName: string
  axisValueLabel: string
  marker: string
  value: unknown
}

/** Lines: over time from columns, one for each label, or one for each named value. */
export function lines(drawing: Drawing): Option {
  const first = series(drawing.chart)[0] ?? {}
  const x = (first.encode as Part | undefined)?.x
  if (drawing.chart.option.dataZoom) return overTime(drawing)
  return x === 'label' ? overLabels(drawing) : byLabel(drawing, String(x))
}

const onAxis = (drawing: Drawing, value: (point: Point) => number): Part => ({
  ...(frame(drawing).tooltip as object),
  trigger: 'axis',
  axisPointer: { lineStyle: { color: drawing.look.ink3, type: [3, 4] } },
  formatter: (points: Point[]) =>
    [
      escape(points[0]?.axisValueLabel ?? ''),
      ...points.map(
        (point) =>
          `${point.marker}${escape(point.seriesName)}&emsp;<b>${drawing.words.number(value(point))}</b>`,
      ),
    ].join('<br>'),
})

function overTime(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const colour = look.series[0] ?? look.ink
  const days = Float64Array.from((chart.columns.day ?? []) as number[])
  const counts = Float64Array.from((chart.columns.count ?? []) as number[])
  return {
    ...frame(drawing),
    animation: false,
    grid: { left: 4, right: 16, top: 16, bottom: 40, outerBoundsMode: 'same' },
    dataset: { source: { day: days, count: counts }, dimensions: ['day', 'count'] },
    tooltip: onAxis(drawing, ({ value }) => Number((value as number[])[1])),
    xAxis: {
      type: 'time',
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: look.ink3, fontFamily: look.figures, hideOverlap: true },
      splitLine: { show: false },
    },
    yAxis: valueAxis(drawing, { minInterval: 1 }),
    dataZoom: [
      {
        type: 'slider',
        height: 18,
        bottom: 6,
        start: 60,
        end: 100,
        borderColor: 'transparent',
        showDetail: false,
        brushSelect: false,
        fillerColor: along(colour, 0.18, 0.18),
        dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { color: colour, opacity: 0.2 } },
        selectedDataBackground: {
          lineStyle: { opacity: 0 },
          areaStyle: { color: colour, opacity: 0.45 },
        },
        handleStyle: { color: look.ink2, borderColor: 'transparent' },
        moveHandleSize: 0,
      },
      { type: 'inside', start: 60, end: 100, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
    ],
    series: [
      {
        type: 'line',
        name: words.counted(chart.name),
        encode: { x: 'day', y: 'count' },
        showSymbol: false,
        sampling: 'lttb',
        lineStyle: { width: 1.2, color: colour },
        itemStyle: { color: colour },
        areaStyle: { color: along(colour, 0.02, 0.55, false) },
      },
    ],
  }
}

function overLabels(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const data = named(drawing).filter(({ raw }) => raw !== null)
  const tones: Record<string, string> = { positive: look.warm, negative: look.cool }
  return {
    ...frame(drawing),
    tooltip: onAxis(drawing, ({ value }) => Number(value)),
    xAxis: labelAxis(drawing, {
      data: data.map(({ name }) => name),
      boundaryGap: false,
      axisLabel: { color: look.ink3, fontFamily: look.figures, hideOverlap: true },
    }),
    yAxis: valueAxis(drawing, { minInterval: 1 }),
    series: series(chart).map((each, place) => {
      const name = String(each.name)
      const colour = tones[name] ?? look.series[place] ?? look.ink
      return {
        type: 'line',
        name: name === 'count' ? words.counted(chart.name) : words.column(name),
        smooth: 0.3,
        showSymbol: data.length < 3,
        lineStyle: { width: 2, color: colour },
        itemStyle: { color: colour },
        areaStyle: each.areaStyle ? { color: along(colour, 0, 0.3, false) } : undefined,
        data: data.map((row) => ({ value: figure(row, name), raw: row.raw })),
      }
    }),
  }
}

function byLabel(drawing: Drawing, x: string): Option {
  const { chart, look } = drawing
  const months = [...new Set(chart.rows.map((row) => text(row, x) ?? ''))]
  const names = [...new Set(chart.rows.map((row) => text(row) ?? ''))]
  return {
    ...frame(drawing),
    grid: { left: 4, right: look.narrow ? 72 : 84, top: 16, bottom: 4, outerBoundsMode: 'same' },
    tooltip: onAxis(drawing, ({ value }) => Number(value)),
    xAxis: labelAxis(drawing, {
      data: months,
      boundaryGap: false,
      axisLabel: { color: look.ink3, fontFamily: look.figures, hideOverlap: true },
    }),
    yAxis: valueAxis(drawing, { minInterval: 1 }),
    series: names.map((name, place) => {
      const colour = look.series[place] ?? look.ink
      const own = chart.rows.filter((row) => text(row) === name)
      return {
        type: 'line',
        name,
        smooth: 0.3,
        showSymbol: false,
        lineStyle: { width: 2, color: colour },
        itemStyle: { color: colour },
        labelLayout: { moveOverlap: 'shiftY' },
        endLabel: {
          show: true,
          color: colour,
          formatter: '{a}',
          // Names that make way for each other keep a distance.
          lineHeight: 17,
          width: look.narrow ? 64 : 76,
          overflow: 'truncate',
        },
        data: own.map((row) => ({ value: figure(row), raw: name, id: row.id })),
      }
    }),
  }
}
