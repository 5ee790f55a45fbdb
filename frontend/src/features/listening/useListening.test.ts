import { waitFor } from '@testing-library/vue'
import { http, HttpResponse } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { logIn } from '@test/render'
import { refuse, server } from '@test/server'

interface Sent {
  items: { id: string; song_id: number; row_id: string; position: number }[]
}

/** A fresh module: what was seen is remembered for as long as the page lives. */
async function listening() {
  vi.resetModules()
  return import('./useListening')
}

function record(...answers: (() => Response)[]) {
  const sent: Sent[] = []
  server.use(
    http.post('*/api/impressions', async ({ request }) => {
      sent.push((await request.json()) as Sent)
      return answers[sent.length - 1]?.() ?? HttpResponse.json({ accepted: 1 }, { status: 202 })
    }),
  )
  return sent
}

const seen = (song_id: number, position: number) => ({
  row_id: 'row-1',
  algorithm: 'rnn' as const,
  model_version: 'v1',
  song_id,
  position,
})
const fakeTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

beforeEach(logIn)

it('sends what was seen together, each place once, each with its own id', async () => {
  fakeTime()
  const sent = record()
  const { logImpression } = await listening()
  logImpression(seen(1, 0))
  logImpression(seen(2, 1))
  logImpression(seen(1, 0))
  await vi.advanceTimersByTimeAsync(1000)
  vi.useRealTimers()
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]?.items.map(({ song_id, position }) => [song_id, position])).toEqual([
    [1, 0],
    [2, 1],
  ])
  const ids = sent[0]?.items.map(({ id }) => id) ?? []
  expect(new Set(ids).size).toBe(2)
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

it('repeats the same ids when nobody answered, so that nothing doubles', async () => {
  fakeTime()
  const sent = record(() => HttpResponse.error())
  const { logImpression } = await listening()
  logImpression(seen(1, 0))
  await vi.waitUntil(async () => {
    await vi.advanceTimersByTimeAsync(1000)
    return sent.length === 2
  })
  expect(sent[1]).toEqual(sent[0])
})

it('takes a refusal as the last word', async () => {
  fakeTime()
  const sent = record(() => refuse('unauthorized', 401))
  server.use(http.post('*/api/accounts/refresh', () => refuse('session-ended', 401)))
  const { logImpression } = await listening()
  logImpression(seen(1, 0))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(sent).toHaveLength(1)
})

it('logs nothing of a visitor', async () => {
  document.cookie = 'csrf_access_token=; max-age=0'
  document.cookie = 'csrf_refresh_token=; max-age=0'
  fakeTime()
  const sent = record()
  const { logImpression } = await listening()
  logImpression(seen(1, 0))
  await vi.advanceTimersByTimeAsync(2000)
  expect(sent).toEqual([])
})

it('tells which row a song was opened from', async () => {
  const clicks: unknown[] = []
  server.use(
    http.post('*/api/clicks', async ({ request }) => {
      clicks.push(await request.json())
      return HttpResponse.json({ accepted: 1 }, { status: 202 })
    }),
  )
  const { logClick } = await listening()
  logClick(7, 'row-1')
  await waitFor(() => expect(clicks).toMatchObject([{ song_id: 7, row_id: 'row-1' }]))
})
