import userEvent from '@testing-library/user-event'
import { waitFor, within } from '@testing-library/vue'
import { delay, http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import type { Mine } from '@/api/types'
import { mine, song } from '@test/fixtures'
import { logIn, openSite, screen } from '@test/render'
import { page, refuse, server } from '@test/server'

const heart = () => screen.getByRole('button', { name: '喜欢《雾港》' })
const chosen = () =>
  within(screen.getByRole('group', { name: '给《雾港》评分' })).getByRole('radio', {
    checked: true,
  })

const taste = (given: Partial<Mine>) =>
  HttpResponse.json({ ...mine(given), rating: { mean: 4.3, count: 19 }, song_id: 1 })

/** The library with one song in it. */
async function openLibrary(given: Mine | null) {
  const items = [song(1, { title: '雾港', mine: given })]
  server.use(http.get('*/api/songs', () => HttpResponse.json(page(items))))
  const site = await openSite('/library')
  await screen.findByRole('heading', { name: '雾港' })
  return site
}

beforeEach(logIn)

it('fills the heart and five stars at once, then shows what the server says', async () => {
  server.use(
    http.put('*/api/songs/1/heart', async () => {
      await delay(50)
      return taste({ stars: 5, heart: true })
    }),
  )
  await openLibrary(mine())
  await userEvent.click(heart())
  expect(heart()).toHaveAttribute('aria-pressed', 'true')
  expect(chosen()).toHaveAccessibleName('5 星，很喜欢')
  expect(await screen.findByText('平均 4.3 分，19 人评分')).toBeInTheDocument()
  expect(heart()).toHaveAttribute('aria-pressed', 'true')
})

it('restores heart and stars when the server refuses, and says so', async () => {
  server.use(http.put('*/api/songs/1/heart', () => refuse('database-unavailable', 503)))
  await openLibrary(mine({ stars: 3 }))
  await userEvent.click(heart())
  const [notice] = await screen.findAllByText('评分没有保存，已恢复')
  expect(notice).toBeInTheDocument()
  expect(heart()).toHaveAttribute('aria-pressed', 'false')
  expect(chosen()).toHaveAccessibleName('3 星，一般')
})

it('restores when nobody answers', async () => {
  server.use(http.put('*/api/songs/1/rating', () => HttpResponse.error()))
  await openLibrary(mine({ stars: 2 }))
  await userEvent.click(screen.getByLabelText('4 星，喜欢'))
  await screen.findAllByText('评分没有保存，已恢复')
  expect(chosen()).toHaveAccessibleName('2 星，较差')
})

it('gives the earlier stars back with the heart', async () => {
  server.use(
    http.put('*/api/songs/1/heart', () => taste({ stars: 5, heart: true })),
    http.delete('*/api/songs/1/heart', async () => {
      await delay(50)
      return taste({ stars: 3 })
    }),
  )
  await openLibrary(mine({ stars: 3 }))
  await userEvent.click(heart())
  await screen.findByText('平均 4.3 分，19 人评分')
  await userEvent.click(heart())
  expect(heart()).toHaveAttribute('aria-pressed', 'false')
  expect(chosen()).toHaveAccessibleName('3 星，一般')
})

it('turns the heart off with a star below five', async () => {
  server.use(http.put('*/api/songs/1/rating', () => taste({ stars: 4 })))
  await openLibrary(mine({ stars: 5, heart: true }))
  await userEvent.click(screen.getByLabelText('4 星，喜欢'))
  expect(heart()).toHaveAttribute('aria-pressed', 'false')
})

it('sends quick changes one after the other and ends with the last', async () => {
  const order: string[] = []
  server.use(
    http.put('*/api/songs/1/heart', async () => {
      await delay(60)
      order.push('on')
      return taste({ stars: 5, heart: true })
    }),
    http.delete('*/api/songs/1/heart', () => {
      order.push('off')
      return taste({})
    }),
  )
  await openLibrary(mine())
  await userEvent.click(heart())
  await userEvent.click(heart())
  expect(heart()).toHaveAttribute('aria-pressed', 'false')
  await waitFor(() => expect(order).toEqual(['on', 'off']))
  await screen.findByText('平均 4.3 分，19 人评分')
  expect(heart()).toHaveAttribute('aria-pressed', 'false')
})

it('asks a visitor to log in and changes nothing', async () => {
  await openLibrary(null)
  await userEvent.click(heart())
  expect(await screen.findByRole('dialog', { name: '登录后才能评分' })).toBeInTheDocument()
  const behind = screen.getByRole('button', { name: '喜欢《雾港》', hidden: true })
  expect(behind).toHaveAttribute('aria-pressed', 'false')
})

it('hides a song, and brings it back from the notice', async () => {
  server.use(
    http.put('*/api/songs/1/hidden', () => taste({ hidden: true })),
    http.delete('*/api/songs/1/hidden', () => taste({})),
  )
  await openLibrary(mine())
  await userEvent.click(screen.getByRole('button', { name: '《雾港》的更多操作' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: '不感兴趣' }))
  await screen.findAllByText('已隐藏《雾港》，推荐里不再出现')
  await userEvent.click(screen.getByRole('button', { name: '撤销' }))
  await userEvent.click(screen.getByRole('button', { name: '《雾港》的更多操作' }))
  expect(await screen.findByRole('menuitem', { name: '不感兴趣' })).toBeInTheDocument()
})

it('leaves a song out of the taste', async () => {
  server.use(http.put('*/api/songs/1/uncounted', () => taste({ uncounted: true })))
  await openLibrary(mine())
  await userEvent.click(screen.getByRole('button', { name: '《雾港》的更多操作' }))
  await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: '不计入口味' }))
  await userEvent.click(screen.getByRole('button', { name: '《雾港》的更多操作' }))
  expect(await screen.findByRole('menuitemcheckbox', { name: '不计入口味' })).toBeChecked()
})
