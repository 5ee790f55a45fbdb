import type { Me, Mine, Row, RowItem, Song, SongDetail } from '@/api/types'

export const mine = (given: Partial<Mine> = {}): Mine => ({
  stars: 0,
  heart: false,
  hidden: false,
  uncounted: false,
  ...given,
})

export const song = (id: number, given: Partial<Song> = {}): Song => ({
  id,
  title: `歌${id}`,
  artists: [{ id, name: `歌手${id}` }],
  album: { id, title: `专辑${id}` },
  release_date: '2026-11-20',
  release_precision: 'day',
  duration_ms: 185_000,
  language: '国语',
  genres: ['民谣'],
  heat: 80,
  play_count: 1200,
  comment_count: 3,
  praise: null,
  copyright: 'free',
  original: 'original',
  cover: { url: null, palette: id % 10, motif: id % 9 },
  has_lyrics: true,
  audio: { url: `/api/songs/${id}/audio`, seconds: 25 },
  source: 'demo',
  rating: { mean: 4.2, count: 18 },
  mine: mine(),
  ...given,
})

export const songDetail = (id: number, given: Partial<SongDetail> = {}): SongDetail => ({
  ...song(id),
  source_id: `demo-${id}`,
  source_url: null,
  lyricist: '晏殊',
  original_song: null,
  mood: '怅惘',
  tempo: 84,
  created_at: '2026-11-20T10:00:00Z',
  updated_at: '2026-11-21T10:00:00Z',
  ...given,
})

export const item = (id: number, given: Partial<RowItem> = {}): RowItem => ({
  song: song(id),
  score: 0.5,
  fallback: false,
  part: null,
  reason: { kind: 'popular', listeners: 18, days: 30 },
  ...given,
})

export const row = (algorithm: Row['algorithm'], ids: number[], given: Partial<Row> = {}): Row => ({
  row_id: `${algorithm}-${ids.join('-')}`,
  algorithm,
  model_version: 'v1',
  made_at: '2026-11-22T00:00:00Z',
  data_until: null,
  fallback: false,
  state: 'ready',
  basis: { history: 20, neighbours: 23, hearts: 12 },
  total: 40,
  items: ids.map((id) => item(id)),
  ...given,
})

export const me = (given: Partial<Me> = {}): Me => ({
  id: 1,
  username: '林深',
  role: 'listener',
  bio: null,
  avatar: null,
  created_at: '2026-11-22T00:00:00Z',
  tastes: { genres: [], artists: [] },
  has_history: true,
  recent_hearts: [],
  ...given,
})
