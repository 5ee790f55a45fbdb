import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { mine, song } from '@test/fixtures'
import { logIn, openSite, screen } from '@test/render'
import { page, server } from '@test/server'

const updated_at = '2026-11-21T10:00:00Z'

beforeEach(() => {
  logIn()
  const rated = song(1, { title: '雾港', mine: mine({ stars: 5, heart: true }) })
  const hidden = song(2, { title: '慢车', mine: mine({ hidden: true }) })
  server.use(
    http.get('*/api/me/ratings', () =>
      HttpResponse.json(page([{ song: rated, stars: 5, heart: true, updated_at }], 1, 1, 20)),
    ),
    http.get('*/api/me/hidden', () =>
      HttpResponse.json(page([{ song: hidden, hidden_at: updated_at }], 1, 1, 20)),
    ),
  )
})

it('lists what I rated and lets me change it in place', async () => {
  server.use(
    http.put('*/api/songs/1/rating', () =>
      HttpResponse.json({ ...mine({ stars: 2 }), rating: { mean: 2, count: 1 }, song_id: 1 }),
    ),
  )
  await openSite('/me/ratings')
  expect(await screen.findByText('雾港')).toBeInTheDocument()
  expect(screen.getByText('共 1 首')).toBeInTheDocument()
  await userEvent.click(screen.getByLabelText('2 星，较差'))
  expect(screen.getByRole('button', { name: '喜欢《雾港》' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
  expect(screen.getByText('雾港')).toBeInTheDocument()
})

it('brings a hidden song back', async () => {
  let restored = false
  server.use(
    http.delete('*/api/songs/2/hidden', () => {
      restored = true
      return HttpResponse.json({ ...mine(), rating: { mean: null, count: 0 }, song_id: 2 })
    }),
  )
  const { router } = await openSite('/me/ratings')
  await userEvent.click(await screen.findByRole('tab', { name: '隐藏的歌' }))
  await userEvent.click(await screen.findByRole('button', { name: '恢复推荐' }))
  expect(await screen.findByRole('group', { name: '给《慢车》评分' })).toBeInTheDocument()
  expect(restored).toBe(true)
  expect(router.currentRoute.value.query.tab).toBe('hidden')
})

it('says what to do when nothing was rated', async () => {
  server.use(http.get('*/api/me/ratings', () => HttpResponse.json(page([]))))
  await openSite('/me/ratings')
  expect(await screen.findByText('还没有评过歌')).toBeInTheDocument()
})
