import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { logIn, openSite, screen } from '@test/render'
import { refuse, server } from '@test/server'

// What is drawn is a canvas; a browser looks at that. Here the words around it count.
vi.mock('@/features/charts/BaseChart.vue', () => ({ default: { template: '<i />' } }))

const chart = (name: string, rows: object[]) =>
  HttpResponse.json({
    name,
    group: 'mine',
    finding:
      name === 'my-songs' && rows.length
        ? { kind: 'my_top_song', values: { label: '雾港', count: 12, share: 0.4 } }
        : null,
    computed_at: '2026-11-20T10:00:00Z',
    rows,
    columns: {},
    option: { series: [{ type: 'bar', name: 'count' }] },
  })
const counted = (plays: number) => [
  { label: 'plays', count: plays },
  { label: 'hearts', count: plays ? 3 : 0 },
]
const answer = (plays: number) =>
  http.get('*/api/me/listening/:name', ({ params }) => {
    const name = String(params.name)
    if (name === 'my-summary') return chart(name, counted(plays))
    return chart(name, plays ? [{ label: '雾港', count: 12, id: 7 }] : [])
  })

beforeEach(() => logIn())

it('shows my figures, a tile for each chart, and what they say', async () => {
  server.use(answer(30))
  await openSite('/me/listening')
  expect(await screen.findByText('次播放')).toBeInTheDocument()
  expect(screen.getByText('30')).toBeInTheDocument()
  for (const name of ['播放', '听得最多的歌', '听得最多的歌手', '曲风', '收听时段', '评分']) {
    expect(await screen.findByRole('region', { name })).toBeInTheDocument()
  }
  expect(await screen.findByText('《雾港》听得最多，12 次。')).toBeInTheDocument()
})

it('invites a newcomer to listen instead of drawing nothing', async () => {
  server.use(answer(0))
  await openSite('/me/listening')
  expect(await screen.findByText('还没有听歌的记录')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: '去歌曲库' })).toHaveAttribute('href', '/library')
  expect(screen.queryByRole('region', { name: '收听时段' })).toBeNull()
})

it('says why there are no figures, and tries again', async () => {
  server.use(http.get('*/api/me/listening/:name', () => refuse('unavailable', 503)))
  await openSite('/me/listening')
  const retry = await screen.findByRole('button', { name: '重试' })
  server.use(answer(30))
  retry.click()
  expect(await screen.findByText('次播放')).toBeInTheDocument()
})
