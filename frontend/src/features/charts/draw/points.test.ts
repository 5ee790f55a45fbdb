import { expect, it } from 'vitest'
import type { Chart } from '@/api/types'
import { NIGHT } from '../look'
import { points } from './points'
import type { Drawing, Part } from './base'

const words = { t: (key: string) => key, column: (name: string) => name } as Drawing['words']
const look = { ...NIGHT, sans: '', figures: '', still: true, narrow: false }
const chart = (columns: Chart['columns']): Chart => ({
  name: 'heat-comments',
  group: 'heat',
  finding: null,
  computed_at: '2026-11-20T10:00:00Z',
  rows: [],
  columns,
  option: { series: [{ type: 'scatter' }] },
})

it('gives each point its own song, from the steps between their ids, by genre', () => {
  const columns = {
    song_step: [7, 1, 92, 1],
    heat: [50.5, 3, 99, 20],
    comments: [0, 12, 5, 8],
    genre: [1, 0, 1, -1],
    genres: ['民谣', '摇滚'],
  }
  const drawn = points({ chart: chart(columns), look, words }).series as Part[]
  expect(drawn.map(({ name, data }) => [name, [...(data as Float64Array)]])).toEqual([
    // Comments and one, heat, song.
    ['摇滚', [1, 50.5, 7, 6, 99, 100]],
    ['民谣', [13, 3, 8]],
    ['charts.others', [9, 20, 101]],
  ])
})

it('draws nothing where no song has a heat', () => {
  const columns = { song_step: [], heat: [], comments: [], genre: [], genres: [] }
  expect(points({ chart: chart(columns), look, words }).series).toEqual([])
})
