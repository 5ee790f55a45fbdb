import { escape, figure, frame, named, series, type Datum, type Drawing, type Option } from './base'

const SLICES = 6

/** The largest slices, unknown always its own; the rest together. Only the drawing is shortened. */
export function slices(data: Datum[], other: string): Datum[] {
  const unknown = data.filter(({ raw }) => raw === null)
  const known = data.filter(({ raw }) => raw !== null)
  const room = SLICES - unknown.length
  if (known.length <= room) return data.filter((row) => figure(row) > 0)
  const sorted = known.toSorted((a, b) => figure(b) - figure(a))
  const rest = sorted.slice(room - 1)
  const count = rest.reduce((sum, row) => sum + figure(row), 0)
  const together: Datum = { label: null, raw: 'others', name: other, count, others: true }
  return [...sorted.slice(0, room - 1), together, ...unknown].filter((row) => figure(row) > 0)
}

export function pie(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const shape = series(chart)[0] ?? {}
  const data = slices(named(drawing), words.t('charts.others'))
  const all = data.reduce((sum, row) => sum + figure(row), 0)
  const ring = Array.isArray(shape.radius) && !shape.roseType
  const beside = ring && !look.narrow
  const shareOf = (value: number): string => words.percent(value / all, 1)
  return {
    ...frame(drawing),
    tooltip: {
      ...(frame(drawing).tooltip as object),
      formatter: ({ name, value }: { name: string; value: number }) =>
        `${escape(name)}&emsp;<b>${words.number(value)}</b>&emsp;${shareOf(value)}`,
    },
    legend: beside
      ? {
          orient: 'vertical',
          right: 8,
          top: 'center',
          itemWidth: 10,
          itemHeight: 10,
          icon: 'roundRect',
          textStyle: { color: look.ink2, fontSize: 13 },
          formatter: (name: string) => {
            const row = data.find((each) => each.name === name)
            return `${name}  ${row ? shareOf(figure(row)) : ''}`
          },
        }
      : undefined,
    title: ring
      ? {
          text: words.number(all),
          subtext: words.counted(chart.name),
          left: beside ? '32%' : 'center',
          top: 'center',
          textAlign: beside ? 'center' : undefined,
          itemGap: 2,
          textStyle: { color: look.ink, fontFamily: look.figures, fontSize: 20, fontWeight: 600 },
          subtextStyle: { color: look.ink3, fontSize: 12 },
        }
      : undefined,
    series: [
      {
        ...shape,
        type: 'pie',
        center: beside ? ['33%', '50%'] : ['50%', '50%'],
        radius: ring ? ['48%', '70%'] : shape.roseType ? ['14%', '60%'] : '58%',
        itemStyle: { borderColor: look.ground, borderWidth: 2, borderRadius: 4 },
        label: {
          show: !beside,
          overflow: 'none',
          color: look.ink2,
          lineHeight: 16,
          formatter: ({ name, value }: { name: string; value: number }) =>
            `${name}\n{share|${shareOf(value)}}`,
          rich: { share: { color: look.ink, fontFamily: look.figures, fontWeight: 600 } },
        },
        labelLine: { show: !beside, length: 8, length2: 10, lineStyle: { color: look.ink3 } },
        emphasis: { scaleSize: 4 },
        data: data.map((row) => ({
          name: row.name,
          value: figure(row),
          raw: row.raw,
          others: row.others,
          itemStyle: row.raw === null ? { color: look.ink3 } : undefined,
        })),
      },
    ],
  }
}
