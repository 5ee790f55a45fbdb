import { within } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { songDetail } from '@test/fixtures'
import { openSite, screen } from '@test/render'
import { refuse, server } from '@test/server'

const fact = (name: string) =>
  within(screen.getByRole('region', { name: '歌曲信息' })).getByText(name).nextElementSibling

it('shows the facts and where they came from', async () => {
  server.use(
    http.get('*/api/songs/7', () =>
      HttpResponse.json(songDetail(7, { title: '雾港', source_url: 'https://music.invalid/7' })),
    ),
  )
  await openSite('/songs/7')
  expect(await screen.findByRole('heading', { level: 1, name: '雾港' })).toBeInTheDocument()
  expect(fact('时长')).toHaveTextContent('3:05')
  expect(fact('速度')).toHaveTextContent('84 拍/分')
  expect(fact('播放')).toHaveTextContent('1,200')
  expect(fact('来源')).toHaveTextContent('演示曲库')
  expect(screen.getByRole('link', { name: '查看原始页面' })).toHaveAttribute(
    'href',
    'https://music.invalid/7',
  )
  expect(document.title).toBe('雾港 · 回声')
})

it('shows the unknown as unknown', async () => {
  const nobodyKnows = {
    album: null,
    release_date: null,
    release_precision: null,
    duration_ms: null,
    language: null,
    genres: [],
    heat: null,
    copyright: null,
    original: null,
    lyricist: null,
    mood: null,
    tempo: null,
    artists: [],
    rating: { mean: null, count: 0 },
  }
  server.use(http.get('*/api/songs/7', () => HttpResponse.json(songDetail(7, nobodyKnows))))
  await openSite('/songs/7')
  await screen.findByRole('heading', { level: 1 })
  for (const name of [
    '专辑',
    '发行',
    '时长',
    '语言',
    '曲风',
    '热度',
    '版权',
    '原唱 / 翻唱',
    '作词',
  ])
    expect(fact(name)).toHaveTextContent('未知')
  expect(screen.getByText('还没有人评分')).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: '查看原始页面' })).toBeNull()
})

it('does not invent a day for a year', async () => {
  const year = { release_date: '2019-01-01', release_precision: 'year' as const }
  server.use(http.get('*/api/songs/7', () => HttpResponse.json(songDetail(7, year))))
  await openSite('/songs/7')
  await screen.findByRole('heading', { level: 1 })
  expect(fact('发行')?.textContent?.trim()).toBe('2019')
})

it('links a cover to its original', async () => {
  const cover = { original: 'cover' as const, original_song: { id: 3, title: '夜航船' } }
  server.use(http.get('*/api/songs/7', () => HttpResponse.json(songDetail(7, cover))))
  await openSite('/songs/7')
  expect(await screen.findByRole('link', { name: '夜航船' })).toHaveAttribute('href', '/songs/3')
})

it('shows the lyrics line by line', async () => {
  const lines = ['一曲新词酒一杯', '去年天气旧亭台'].map((text) => ({
    ms: null,
    text,
    translation: null,
  }))
  server.use(
    http.get('*/api/songs/7/lyrics', () =>
      HttpResponse.json({ song_id: 7, kind: 'plain', lines, source: 'demo' }),
    ),
  )
  await openSite('/songs/7')
  expect(await screen.findByText('一曲新词酒一杯')).toBeInTheDocument()
  expect(screen.getByText('歌词来源：演示曲库')).toBeInTheDocument()
})

it.each([
  ['instrumental', '这是一首纯音乐，没有歌词。'],
  ['uncollected', '还没有收录这首歌的歌词。'],
])('tells %s lyrics apart', async (kind, text) => {
  server.use(
    http.get('*/api/songs/7/lyrics', () =>
      HttpResponse.json({ song_id: 7, kind, lines: [], source: null }),
    ),
  )
  await openSite('/songs/7')
  expect(await screen.findByText(text)).toBeInTheDocument()
})

it('says that a song is not there', async () => {
  server.use(http.get('*/api/songs/7', () => refuse('song-not-found', 404)))
  await openSite('/songs/7')
  expect(await screen.findByRole('alert')).toHaveTextContent('没有这首歌')
})

it('shows the facts when only the lyrics cannot be had', async () => {
  server.use(http.get('*/api/songs/7/lyrics', () => refuse('internal', 500)))
  await openSite('/songs/7')
  expect(await screen.findByRole('alert')).toHaveTextContent('服务器出了点问题')
  expect(fact('作词')).toHaveTextContent('晏殊')
})
