import { escape, frame, valueAxis, type Drawing, type Option } from './base'

const KINDS = 4
const LARGE = 2000

/** Songs by comments and heat: a colour for each of the commonest genres. */
export function points(drawing: Drawing): Option {
  const { chart, look, words } = drawing
  const heat = (chart.columns.heat ?? []) as number[]
  // A logarithm has no zero: one is added to every song's comments, and said on the axis.
  const shifted = ((chart.columns.comments ?? []) as number[]).map((count) => count + 1)
  const songs = added((chart.columns.song_step ?? []) as number[])
  const names = (chart.columns.genres ?? []) as string[]
  const groups = grouped((chart.columns.genre ?? []) as number[], names, words.t('charts.others'))
  return {
    ...frame(drawing),
    animation: false,
    grid: { left: 4, right: 24, top: 34, bottom: 20, outerBoundsMode: 'same' },
    legend: {
      top: 0,
      right: 8,
      itemWidth: 10,
      itemHeight: 10,
      icon: 'roundRect',
      textStyle: { color: look.ink2 },
    },
    tooltip: {
      ...(frame(drawing).tooltip as object),
      formatter: ({ value, seriesName }: { value: number[]; seriesName: string }) =>
        `${escape(seriesName)}<br>${words.column('comments')} <b>${words.number((value[0] ?? 1) - 1)}</b><br>${words.column('heat')} <b>${value[1]}</b>`,
    },
    xAxis: valueAxis(drawing, {
      type: 'log',
      min: 1,
      name: words.t('charts.axis.comments'),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: look.ink3 },
    }),
    yAxis: valueAxis(drawing, { min: 0, max: 100, interval: 25 }),
    series: [...groups].map(([name, places]) => ({
      type: 'scatter',
      name,
      large: songs.length > LARGE,
      largeThreshold: LARGE,
      symbolSize: songs.length > LARGE ? 3 : 5,
      itemStyle: { opacity: 0.62 },
      dimensions: ['comments', 'heat', 'song'],
      data: flat(places, shifted, heat, songs),
    })),
  }
}

/** Ids from the steps between them. */
function added(steps: number[]): number[] {
  let id = 0
  return steps.map((step) => (id += step))
}

/** Points one after another: a hundred thousand small arrays would take longer than the drawing. */
function flat(places: number[], ...columns: number[][]): Float64Array {
  const found = new Float64Array(places.length * columns.length)
  columns.forEach((column, offset) =>
    places.forEach((at, index) => {
      found[index * columns.length + offset] = column[at] ?? 0
    }),
  )
  return found
}

/** Places of the songs of each of the commonest genres, and of all others; -1 is none of `names`. */
function grouped(genres: number[], names: string[], other: string): Map<string, number[]> {
  const all = names.map((): number[] => [])
  const rest: number[] = []
  genres.forEach((genre, at) => (all[genre] ?? rest).push(at))
  const ordered = all
    .map((places, genre): [string, number[]] => [names[genre] ?? other, places])
    .filter(([, places]) => places.length)
    .toSorted((a, b) => b[1].length - a[1].length)
  for (const [, places] of ordered.slice(KINDS)) for (const at of places) rest.push(at)
  return new Map([...ordered.slice(0, KINDS), ...(rest.length ? ([[other, rest]] as const) : [])])
}
