import userEvent from '@testing-library/user-event'
import { waitFor } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { expect, it } from 'vitest'
import { song } from '@test/fixtures'
import { openSite, screen } from '@test/render'
import { page, refuse, server } from '@test/server'
import { media } from '@test/setup'

/** A library of 60 songs that answers as asked, and keeps what it was asked. */
function serve(total = 60) {
  const asked: Record<string, string>[] = []
  server.use(
    http.get('*/api/songs', ({ request }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      asked.push(query)
      const number = Number(query.page)
      const items = total ? [song(number * 100), song(number * 100 + 1)] : []
      return HttpResponse.json(page(items, total, number))
    }),
  )
  return asked
}

it('shows what the address says', async () => {
  const asked = serve()
  await openSite('/library?q=歌&genre=民谣&year=2026&sort=heat&page=2')
  expect(await screen.findByText('「歌」共 60 首')).toBeInTheDocument()
  expect(asked).toEqual([
    { q: '歌', genre: '民谣', year: '2026', sort: 'heat', page: '2', per_page: '24' },
  ])
  expect(screen.getByLabelText('曲风')).toHaveDisplayValue('民谣 (10)')
  expect(screen.getByLabelText('排序')).toHaveDisplayValue('最热')
  expect(screen.getByRole('searchbox', { name: '在歌曲库中筛选' })).toHaveValue('歌')
})

it('marks the letters that matched', async () => {
  serve()
  await openSite('/library?q=歌10')
  await screen.findByText('「歌10」共 60 首')
  const heading = screen.getByRole('heading', { name: '歌100' })
  expect(heading.querySelector('mark')).toHaveTextContent('歌10')
})

it('puts a filter into the address and goes back to the first page', async () => {
  serve()
  const { router } = await openSite('/library?page=2')
  await screen.findByText('共 60 首')
  await userEvent.selectOptions(screen.getByLabelText('曲风'), '摇滚')
  await waitFor(() => expect(router.currentRoute.value.query).toEqual({ genre: '摇滚' }))
  await userEvent.click(screen.getByRole('button', { name: '清除筛选' }))
  await waitFor(() => expect(router.currentRoute.value.query).toEqual({}))
})

it('offers decades, songs to play and songs to read', async () => {
  const asked = serve()
  const { router } = await openSite('/library')
  await screen.findByText('共 60 首')
  await userEvent.selectOptions(screen.getByLabelText('年代'), '2020 年代 (4)')
  await userEvent.click(screen.getByRole('button', { name: '可播放' }))
  await userEvent.click(screen.getByRole('button', { name: '有歌词' }))
  await waitFor(() =>
    expect(router.currentRoute.value.query).toEqual({ year: '2020s', audio: '1', lyrics: '1' }),
  )
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({ decade: '2020', has_audio: 'true', has_lyrics: 'true' }),
  )
  expect(asked.at(-1)).not.toHaveProperty('year')
  await userEvent.click(screen.getByRole('button', { name: '有歌词', pressed: true }))
  await waitFor(() =>
    expect(router.currentRoute.value.query).toEqual({ year: '2020s', audio: '1' }),
  )
})

it('follows the typing, once it rests, and keeps the filters', async () => {
  const asked = serve()
  const { router } = await openSite('/library?genre=民谣')
  await screen.findByText('共 60 首')
  await userEvent.type(screen.getByRole('searchbox', { name: '在歌曲库中筛选' }), '雾港')
  await screen.findByText('「雾港」共 60 首')
  expect(router.currentRoute.value.query).toEqual({ genre: '民谣', q: '雾港' })
  expect(asked.map(({ q }) => q)).toEqual([undefined, '雾港'])
})

it('turns numbered pages on a desktop', async () => {
  serve()
  const { router } = await openSite('/library')
  await userEvent.click(await screen.findByRole('button', { name: '第 2 页' }))
  expect(await screen.findByRole('heading', { name: '歌200' })).toBeInTheDocument()
  expect(screen.queryByRole('heading', { name: '歌100' })).toBeNull()
  expect(router.currentRoute.value.query.page).toBe('2')
})

it('grows one list on a phone', async () => {
  media.add('(width < 768px)')
  serve()
  await openSite('/library')
  await userEvent.click(await screen.findByRole('button', { name: '加载更多' }))
  expect(await screen.findByRole('heading', { name: '歌200' })).toBeInTheDocument()
  expect(screen.getByRole('heading', { name: '歌100' })).toBeInTheDocument()
  expect(screen.queryByRole('navigation', { name: '分页' })).toBeNull()
})

it('says what was not found and offers three genres', async () => {
  serve(0)
  const { router } = await openSite('/library?q=没有这首')
  expect(await screen.findByText('没有找到「没有这首」')).toBeInTheDocument()
  expect(screen.getAllByRole('button', { name: /^(民谣|摇滚|电子|古风)$/ })).toHaveLength(3)
  await userEvent.click(screen.getByRole('button', { name: '摇滚' }))
  await waitFor(() => expect(router.currentRoute.value.query).toEqual({ genre: '摇滚' }))
})

it('says that an empty library is empty', async () => {
  serve(0)
  await openSite('/library')
  expect(await screen.findByText('曲库还是空的')).toBeInTheDocument()
})

it('says why there is no list, and tries again', async () => {
  serve()
  server.use(http.get('*/api/songs', () => refuse('internal', 500), { once: true }))
  await openSite('/library')
  expect(await screen.findByRole('alert')).toHaveTextContent('服务器出了点问题')
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(await screen.findByText('共 60 首')).toBeInTheDocument()
})
