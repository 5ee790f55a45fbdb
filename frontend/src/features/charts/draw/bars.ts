import {
  along,
  axis,
  escape,
  faded,
  figure,
  frame,
  labelAxis,
  named,
  series,
  valueAxis,
  type Drawing,
  type Option,
} from './base'

/** Rows of a ranking that are seen at once; the rest scroll by. */
export const WINDOW = 7

/** Standing bars, or a ranking where the structure lies on its side. */
export function bars(drawing: Drawing): Option {
  return axis(drawing.chart, 'yAxis').type === 'category' ? ranking(drawing) : standing(drawing)
}

function standing(drawing: Drawing): Option {
  const { look, words } = drawing
  const data = named(drawing)
  const colour = look.series[0] ?? look.ink
  return {
    ...frame(drawing),
    tooltip: {
      ...(frame(drawing).tooltip as object),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = data[dataIndex]
        return row ? `${escape(row.name)}&emsp;<b>${words.number(figure(row))}</b>` : ''
      },
    },
    xAxis: labelAxis(drawing, { data: data.map(({ name }) => name) }),
    yAxis: valueAxis(drawing),
    series: [
      {
        type: 'bar',
        barMaxWidth: 26,
        itemStyle: { borderRadius: [6, 6, 0, 0], color: along(colour, 0.35, 1, false) },
        data: data.map((row) => ({ value: figure(row), raw: row.raw, id: row.id })),
      },
    ],
  }
}

function ranking(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const data = named(drawing)
  const value = String(series(chart)[0]?.name ?? 'count')
  const width = look.narrow ? 64 : 88
  return {
    ...frame(drawing),
    grid: { left: width + 26, right: 58, top: 4, bottom: 4 },
    tooltip: {
      ...(frame(drawing).tooltip as object),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = data[dataIndex]
        if (!row) return ''
        const heat =
          value === 'heat'
            ? `${words.column('heat')} <b>${words.number(figure(row, 'heat'))}</b><br>`
            : ''
        return `${escape(row.name)}<br>${heat}${words.counted(chart.name)} <b>${words.number(figure(row))}</b>`
      },
    },
    xAxis: valueAxis(drawing, { show: false, min: 0 }),
    yAxis: labelAxis(drawing, {
      inverse: true,
      data: data.map(({ name }, place) => `${place + 1}\u0000${name}`),
      axisLabel: {
        color: look.ink2,
        width: width + 22,
        overflow: 'truncate',
        align: 'left',
        margin: width + 22,
        formatter: (value: string) => {
          const [place = '', name = ''] = value.split('\u0000')
          return `{${Number(place) <= 3 ? 'top' : 'place'}|${place}}{name|${name}}`
        },
        rich: {
          top: { width: 22, color: look.gold, fontFamily: look.figures, fontWeight: 600 },
          place: { width: 22, color: look.ink3, fontFamily: look.figures },
          name: { color: look.ink2 },
        },
      },
    }),
    dataZoom:
      data.length > WINDOW
        ? [
            {
              type: 'inside',
              yAxisIndex: 0,
              startValue: 0,
              endValue: WINDOW - 1,
              zoomLock: true,
              zoomOnMouseWheel: false,
              moveOnMouseWheel: false,
              moveOnMouseMove: false,
            },
          ]
        : [],
    series: [
      {
        type: 'bar',
        barWidth: 9,
        showBackground: true,
        backgroundStyle: { color: faded(look.ink3, 0.12), borderRadius: 9 },
        itemStyle: { borderRadius: 9, color: along(look.gold, 0.25, 1) },
        label: {
          show: true,
          position: 'right',
          color: look.ink,
          fontFamily: look.figures,
          fontWeight: 600,
          formatter: ({ value }: { value: number }) => words.number(value),
        },
        data: data.map((row) => ({ value: figure(row, value), raw: row.raw, id: row.id })),
      },
    ],
  }
}
