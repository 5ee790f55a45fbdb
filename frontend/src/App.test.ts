import userEvent from '@testing-library/user-event'
import { fireEvent, waitFor } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { me, row, song } from '@test/fixtures'
import { logIn, openSite, screen } from '@test/render'
import { refuse, server } from '@test/server'
import { safeNext } from './router'

it('shows a visitor the newest, the popular and an invitation', async () => {
  server.use(
    http.get('*/api/recommendations', () =>
      HttpResponse.json({ rows: [row('popularity', [1, 2, 3, 4])] }),
    ),
  )
  await openSite('/')
  expect(await screen.findByRole('region', { name: '大家都在听' })).toBeInTheDocument()
  expect(await screen.findByRole('region', { name: '最新歌曲' })).toBeInTheDocument()
  expect(await screen.findByRole('region', { name: '点几颗红心，听听回声' })).toBeInTheDocument()
  expect(await screen.findByText(/演示曲库/)).toBeInTheDocument()
  expect(screen.getByText('300 首歌，30 位歌手，500 位听众')).toBeInTheDocument()
})

it('asks for a login where one is needed, and remembers the way', async () => {
  const { router } = await openSite('/me/ratings')
  expect(router.currentRoute.value).toMatchObject({ name: 'login', query: { next: '/me/ratings' } })
})

it('never leads to another site after the login', () => {
  expect(safeNext('/library?q=a')).toBe('/library?q=a')
  for (const trap of [
    '//evil.invalid',
    'https://evil.invalid',
    '/\\evil.invalid',
    undefined,
    ['/a'],
  ])
    expect(safeNext(trap)).toBe('/')
})

it('shows my last hearts and logs me out', async () => {
  logIn()
  server.use(
    http.get('*/api/accounts/me', () =>
      HttpResponse.json(me({ recent_hearts: [song(1, { title: '青绿' })] })),
    ),
    http.post('*/api/accounts/logout', () => {
      document.cookie = 'csrf_access_token=; max-age=0'
      document.cookie = 'csrf_refresh_token=; max-age=0'
      return new HttpResponse(null, { status: 204 })
    }),
  )
  const { router } = await openSite('/library')
  expect(await screen.findByRole('region', { name: '最近喜欢' })).toHaveTextContent('青绿')
  await userEvent.click(screen.getByRole('button', { name: '林深 的账户' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: '退出登录' }))
  expect(await screen.findAllByRole('link', { name: '登录' })).not.toHaveLength(0)
  await waitFor(() => expect(router.currentRoute.value.path).toBe('/'))
  expect(screen.queryByRole('region', { name: '最近喜欢' })).toBeNull()
})

it('says that the session ran out and goes on as a visitor', async () => {
  logIn()
  server.use(
    http.get('*/api/recommendations', () => refuse('unauthorized', 401)),
    http.post('*/api/accounts/refresh', () => refuse('session-ended', 401)),
  )
  await openSite('/')
  const [notice] = await screen.findAllByText('登录已过期，请重新登录。')
  expect(notice).toBeInTheDocument()
  expect(await screen.findAllByRole('link', { name: '登录' })).not.toHaveLength(0)
})

it('switches theme and language and remembers both', async () => {
  await openSite('/nowhere')
  const preferences = screen.getByRole('button', { name: '外观与语言' })
  await userEvent.click(preferences)
  await userEvent.click(await screen.findByRole('menuitemradio', { name: '深色' }))
  expect(document.documentElement.dataset.theme).toBe('dark')
  expect(localStorage.getItem('huisheng.theme')).toBe('dark')
  await userEvent.click(screen.getByRole('button', { name: '外观与语言' }))
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'English' }))
  expect(await screen.findByRole('heading', { name: 'No such page' })).toBeInTheDocument()
  expect(document.documentElement.lang).toBe('en')
  expect(localStorage.getItem('huisheng.locale')).toBe('en')
})

it('says that the network is gone, and no more when it is back', async () => {
  await openSite('/nowhere')
  await fireEvent(window, new Event('offline'))
  expect(await screen.findByText('网络已断开')).toBeInTheDocument()
  await fireEvent(window, new Event('online'))
  await waitFor(() => expect(screen.queryByText('网络已断开')).toBeNull())
})

it('goes to the search with `/`, but lets fields keep the key', async () => {
  await openSite('/nowhere')
  await userEvent.keyboard('/')
  const search = screen.getByRole('combobox', { name: '搜索' })
  expect(search).toHaveFocus()
  await userEvent.keyboard('雾/港{Enter}')
  expect(search).toHaveValue('雾/港')
})

it('knows the way home from a page that is not there', async () => {
  await openSite('/nowhere')
  expect(screen.getByRole('link', { name: '回首页' })).toHaveAttribute('href', '/')
  expect(document.title).toBe('没有这个页面 · 回声')
})
