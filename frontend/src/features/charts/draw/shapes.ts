import {
  escape,
  faded,
  figure,
  frame,
  labelAxis,
  named,
  series,
  type Drawing,
  type Option,
} from './base'

const LEAN = 0.08
/** A word leans to a side beyond this. */

/** Plays by weekday and hour. */
export function week(drawing: Drawing): Option {
  const { look, words } = drawing
  const data = named(drawing).filter(({ raw }) => raw !== null)
  const most = Math.max(1, ...data.map((row) => figure(row)))
  return {
    ...frame(drawing),
    tooltip: {
      ...(frame(drawing).tooltip as object),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = data[dataIndex]
        return row
          ? `${escape(row.name)}&emsp;<b>${words.number(figure(row))}</b> ${words.t('charts.unit.plays')}`
          : ''
      },
    },
    xAxis: labelAxis(drawing, {
      data: Array.from({ length: 24 }, (_, hour) => String(hour)),
      axisLabel: { color: look.ink3, fontFamily: look.figures, interval: look.narrow ? 5 : 2 },
    }),
    yAxis: labelAxis(drawing, {
      inverse: true,
      data: [0, 1, 2, 3, 4, 5, 6].map((day) => words.weekday(day)),
    }),
    visualMap: {
      show: false,
      min: 0,
      max: most,
      inRange: { color: [faded(look.series[0] ?? look.ink, 0.08), look.series[0] ?? look.ink] },
    },
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: look.ground, borderWidth: 2, borderRadius: 3 },
        data: data.map((row) => [figure(row, 'hour'), figure(row, 'weekday'), figure(row)]),
      },
    ],
  }
}

/** Three shares as liquid balls: praise, lyrics, playable. */
export function gauges(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const shares = chart.rows.filter((row) => row.of !== null)
  const colours = [look.warm, look.series[0] ?? look.ink, look.series[3] ?? look.ink]
  const width = 100 / shares.length
  return {
    ...frame(drawing),
    tooltip: { show: false },
    title: shares.map((row, place) => ({
      text: words.label('overview', String(row.label)),
      left: `${width * (place + 0.5)}%`,
      bottom: '3%',
      textAlign: 'center',
      textStyle: { color: look.ink2, fontSize: 13, fontWeight: 400 },
    })),
    series: shares.map((row, place) => {
      const colour = colours[place] ?? look.ink
      const share = figure(row, 'of') ? figure(row) / figure(row, 'of') : 0
      return {
        type: 'liquidFill',
        name: words.label('overview', String(row.label)),
        radius: look.narrow ? '40%' : '61%',
        center: [`${width * (place + 0.5)}%`, '44%'],
        data: look.still ? [share] : [share, share - 0.03],
        amplitude: look.still ? 0 : 6,
        waveAnimation: !look.still,
        // The figure is read on either wave.
        color: [colour, faded(colour, 0.75)],
        backgroundStyle: { color: faded(colour, 0.06) },
        outline: {
          borderDistance: 4,
          itemStyle: { borderColor: colour, borderWidth: 1.5, opacity: 0.6, shadowBlur: 0 },
        },
        itemStyle: { shadowBlur: 0, opacity: 0.92 },
        label: {
          formatter: figure(row, 'of') ? words.percent(share) : '–',
          fontSize: 22,
          fontWeight: 600,
          fontFamily: look.figures,
          color: look.ink,
          insideColor: look.ground,
        },
        silent: true,
      }
    }),
  }
}

/** Words, warm where they praise and cool where they pan. */
export function cloud(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const shape = series(chart)[0] ?? {}
  return {
    ...frame(drawing),
    tooltip: {
      ...(frame(drawing).tooltip as object),
      formatter: ({ name, value }: { name: string; value: number }) =>
        `${escape(name)}&emsp;<b>${words.number(value)}</b> ${words.t('charts.unit.times')}`,
    },
    series: [
      {
        ...shape,
        type: 'wordCloud',
        width: '96%',
        height: '94%',
        gridSize: 10,
        rotationRange: [0, 0],
        sizeRange: look.narrow ? [12, 30] : [12, 38],
        drawOutOfBound: false,
        shrinkToFit: false,
        layoutAnimation: !look.still,
        textStyle: { fontFamily: look.sans, fontWeight: 600 },
        data: named(drawing).map((row) => ({
          name: row.name,
          value: figure(row),
          raw: row.raw,
          textStyle: { color: lean(figure(row, 'sentiment'), look) },
        })),
      },
    ],
  }
}

const lean = (sentiment: number, look: Drawing['look']): string =>
  sentiment > LEAN ? look.warm : sentiment < -LEAN ? look.cool : look.mid
