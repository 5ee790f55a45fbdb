import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { me } from '@test/fixtures'
import { logIn, openSite, screen } from '@test/render'
import { page, refuse, server } from '@test/server'

const artist = (id: number) => ({
  id,
  name: `歌手${id}`,
  song_count: 9,
  heat: 50,
  cover: { url: null, palette: 1, motif: 1 },
})
const tastes = { genres: ['民谣'], artists: [{ id: 3, name: '歌手3' }] }
const saved: unknown[] = []

beforeEach(() => {
  logIn()
  saved.length = 0
  server.use(
    http.get('*/api/artists', () => HttpResponse.json(page([1, 2, 3].map(artist)))),
    http.get('*/api/accounts/me', () => HttpResponse.json(me({ tastes }))),
    http.put('*/api/me/tastes', async ({ request }) => {
      saved.push(await request.json())
      return HttpResponse.json(tastes)
    }),
  )
})

it('starts from what I chose before, saves the change and goes on', async () => {
  const { router } = await openSite('/welcome?next=/library')
  expect(await screen.findByRole('button', { name: '民谣' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await userEvent.click(screen.getByRole('button', { name: '民谣' }))
  await userEvent.click(screen.getByRole('button', { name: '古风' }))
  await userEvent.click(screen.getByRole('button', { name: /^歌手1/ }))
  expect(screen.getByText('已选 3 项')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: '选好了' }))
  expect(await screen.findByRole('heading', { name: '歌曲库' })).toBeInTheDocument()
  expect(saved).toEqual([{ genres: ['古风'], artists: [3, 1] }])
  expect(router.currentRoute.value.path).toBe('/library')
})

it('can be skipped', async () => {
  const { router } = await openSite('/welcome')
  await userEvent.click(await screen.findByRole('button', { name: '跳过' }))
  await screen.findByRole('heading', { name: '最新歌曲' })
  expect(router.currentRoute.value.path).toBe('/')
  expect(saved).toEqual([])
})

it('stays and says so when the choice was not saved', async () => {
  server.use(http.put('*/api/me/tastes', () => refuse('database-unavailable', 503)))
  await openSite('/welcome')
  await userEvent.click(await screen.findByRole('button', { name: '古风' }))
  await userEvent.click(screen.getByRole('button', { name: '选好了' }))
  const [notice] = await screen.findAllByText('数据库暂时没有响应，稍后再试。')
  expect(notice).toBeInTheDocument()
  expect(screen.getByRole('button', { name: '古风' })).toHaveAttribute('aria-pressed', 'true')
})
