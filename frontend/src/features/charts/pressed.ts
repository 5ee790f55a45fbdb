import type { Chart } from '@/api/types'
import { UNKNOWN, type ChartFilter } from './chartFilter'

/** What ECharts tells of a click, as far as we use it. */
export interface Pressed {
  data?: { raw?: string | null; id?: unknown; others?: unknown } | number[]
  value?: unknown
}

const BY_LABEL: Record<string, 'genre' | 'language' | 'copyright' | 'original'> = {
  genres: 'genre',
  'my-genres': 'genre',
  language: 'language',
  copyright: 'copyright',
  original: 'original',
}
const BY_ID: Record<string, 'artist' | 'album'> = {
  'artist-heat': 'artist',
  'hot-artists': 'artist',
  'my-artists': 'artist',
  'album-heat': 'album',
  'top-albums': 'album',
}

const OTHERS = ['songs-by-year', 'heat-comments', 'my-songs']

/** Whether a press on a mark of this chart means anything; where not, it must not look so. */
export const isPressable = (name: string): boolean =>
  name in BY_LABEL || name in BY_ID || OTHERS.includes(name)

/** What a press on a mark means: facts to filter by, a song to open, or nothing. */
export type Meaning = ChartFilter | { song: number }

export function pressed(chart: Chart, event: Pressed): Meaning | null {
  const { data } = event
  if (Array.isArray(data)) {
    const song = data[2]
    return chart.name === 'heat-comments' && song ? { song } : null
  }
  if (!data || data.others) return null
  if (chart.name === 'my-songs') return typeof data.id === 'number' ? { song: data.id } : null
  const label = BY_LABEL[chart.name]
  if (label) return { [label]: data.raw ?? UNKNOWN }
  const id = BY_ID[chart.name]
  if (id && typeof data.id === 'number') return { [id]: data.id }
  if (chart.name === 'songs-by-year' && data.raw) {
    return { year_from: Number(data.raw), year_to: Number(data.raw) }
  }
  return null
}
