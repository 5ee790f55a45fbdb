import userEvent from '@testing-library/user-event'
import { waitFor, within } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import type { Row } from '@/api/types'
import { item, mine, row } from '@test/fixtures'
import { logIn, renderPart, screen } from '@test/render'
import { refuse, server } from '@test/server'
import HomeRows from './HomeRows.vue'

const titles = (heading: string) =>
  within(screen.getByRole('region', { name: heading }))
    .getAllByRole('heading', { level: 3 })
    .map((title) => title.textContent)
const RNN = '顺着你刚听的往下走'
const USERCF = '和你口味相近的人在听'

/** The rows the server gives, one answer after the other; the last one stays. */
function serveRows(...answers: Row[][]) {
  const excluded: (string | null)[] = []
  server.use(
    http.get('*/api/recommendations', ({ request }) => {
      excluded.push(new URL(request.url).searchParams.get('exclude'))
      return HttpResponse.json({ rows: answers[Math.min(excluded.length, answers.length) - 1] })
    }),
  )
  return excluded
}

beforeEach(() => {
  logIn()
  server.use(
    http.put('*/api/songs/:id/heart', ({ params }) =>
      HttpResponse.json({
        ...mine({ stars: 5, heart: true }),
        rating: { mean: 5, count: 1 },
        song_id: Number(params.id),
      }),
    ),
  )
})

it('keeps a just-hearted card in its slot while the others change', async () => {
  const excluded = serveRows(
    [row('rnn', [1, 2, 3, 4]), row('usercf', [5, 6, 7, 8])],
    [row('rnn', [11, 12, 13, 14]), row('usercf', [15, 16, 17, 18])],
  )
  renderPart(HomeRows)
  await userEvent.click(await screen.findByRole('button', { name: '喜欢《歌2》' }))
  await waitFor(() => expect(titles(RNN)).toEqual(['歌11', '歌2', '歌12', '歌13']))
  expect(titles(USERCF)).toEqual(['歌15', '歌16', '歌17', '歌18'])
  expect(screen.getByRole('button', { name: '喜欢《歌2》' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  expect(excluded).toEqual([null, '2'])
})

it('leaves the rows alone when the heart was refused', async () => {
  server.use(http.put('*/api/songs/:id/heart', () => refuse('database-unavailable', 503)))
  const excluded = serveRows([row('rnn', [1, 2, 3, 4])], [row('rnn', [11, 12, 13, 14])])
  renderPart(HomeRows)
  await userEvent.click(await screen.findByRole('button', { name: '喜欢《歌2》' }))
  await waitFor(() =>
    expect(screen.getByRole('button', { name: '喜欢《歌2》' })).toHaveAttribute(
      'aria-pressed',
      'false',
    ),
  )
  expect(titles(RNN)).toEqual(['歌1', '歌2', '歌3', '歌4'])
  expect(excluded).toHaveLength(1)
})

it('turns one row over without repeating the songs of the others', async () => {
  serveRows([row('rnn', [1, 2, 3, 4]), row('usercf', [5, 6, 7, 8])])
  const asked: string[] = []
  server.use(
    http.get('*/api/recommendations/rnn', ({ request }) => {
      asked.push(decodeURIComponent(new URL(request.url).search))
      return HttpResponse.json(row('rnn', [21, 22, 23, 24]))
    }),
  )
  renderPart(HomeRows)
  await userEvent.click(await screen.findByRole('button', { name: `换一批：${RNN}` }))
  await waitFor(() => expect(titles(RNN)).toEqual(['歌21', '歌22', '歌23', '歌24']))
  expect(titles(USERCF)).toEqual(['歌5', '歌6', '歌7', '歌8'])
  // 81 to 84 are the newest songs, which stand above the rows.
  expect(asked).toEqual(['?limit=4&offset=4&exclude=5,6,7,8,81,82,83,84'])
})

it('starts a ranking over when it has been turned through', async () => {
  serveRows([row('rnn', [1, 2, 3, 4], { total: 10 })])
  const offsets: (string | null)[] = []
  server.use(
    http.get('*/api/recommendations/rnn', ({ request }) => {
      offsets.push(new URL(request.url).searchParams.get('offset'))
      return HttpResponse.json(row('rnn', [5, 6, 7, 8], { total: 10 }))
    }),
  )
  renderPart(HomeRows)
  const next = await screen.findByRole('button', { name: `换一批：${RNN}` })
  await userEvent.click(next)
  await waitFor(() => expect(next).toBeEnabled())
  await userEvent.click(next)
  await waitFor(() => expect(offsets).toEqual(['4', '0']))
})

it('says why the rows are missing and tries again', async () => {
  server.use(
    http.get('*/api/recommendations', () => refuse('database-unavailable', 503), { once: true }),
  )
  renderPart(HomeRows)
  expect(await screen.findByRole('alert')).toHaveTextContent('数据库暂时没有响应，稍后再试。')
  await userEvent.click(screen.getByRole('button', { name: '重试' }))
  expect(await screen.findByRole('region', { name: RNN })).toBeInTheDocument()
})

it('labels a cold start and leads to the picker', async () => {
  const basis = { history: 0, neighbours: null, hearts: 0 }
  serveRows([row('rnn', [1, 2, 3, 4], { fallback: true, basis })])
  renderPart(HomeRows)
  const region = await screen.findByRole('region', { name: RNN })
  expect(within(region).getByText('热门')).toBeInTheDocument()
  expect(within(region).queryByText('RNN')).toBeNull()
  expect(within(region).getByText(/先选几首喜欢的/)).toBeInTheDocument()
  expect(within(region).getByRole('link', { name: '去选择' })).toHaveAttribute('href', '/welcome')
})

it('marks the popular song that fills a personal row', async () => {
  const items = [item(1), item(2), item(3), item(4, { fallback: true })]
  serveRows([row('rnn', [], { items })])
  renderPart(HomeRows)
  await screen.findByRole('region', { name: RNN })
  expect(screen.getAllByText('热门补位')).toHaveLength(1)
  expect(screen.getByText('RNN')).toBeInTheDocument()
})
