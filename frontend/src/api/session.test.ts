import { http, HttpResponse } from 'msw'
import { expect, it, vi } from 'vitest'
import { logIn } from '@test/render'
import { refuse, server } from '@test/server'
import { api, ask } from './client'
import { ApiProblem } from './problem'
import { onSessionLost } from './session'

const me = () => ask(api.GET('/api/accounts/me'))

/** A server whose access token ran out: only the renewed one is taken. */
function expire({ renews }: { renews: boolean }) {
  const calls = { me: 0, refresh: 0, csrf: [] as (string | null)[] }
  server.use(
    http.get('*/api/accounts/me', () => {
      calls.me += 1
      return document.cookie.includes('access-2')
        ? HttpResponse.json({ username: '林深' })
        : refuse('unauthorized', 401)
    }),
    http.post('*/api/accounts/refresh', ({ request }) => {
      calls.refresh += 1
      calls.csrf.push(request.headers.get('X-CSRF-TOKEN'))
      if (!renews) return refuse('session-ended', 401)
      document.cookie = 'csrf_access_token=access-2'
      return HttpResponse.json({})
    }),
  )
  return calls
}

/** Web Locks for one tab: who comes later waits. */
function stubLocks() {
  let last: Promise<unknown> = Promise.resolve()
  const request = <T>(_name: string, work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  vi.stubGlobal('navigator', { locks: { request } })
}

it('renews an expired session once for all who wait, and asks again', async () => {
  logIn()
  stubLocks()
  const calls = expire({ renews: true })
  const answers = await Promise.all([me(), me(), me()])
  expect(answers.map(({ username }) => username)).toEqual(['林深', '林深', '林深'])
  expect(calls).toEqual({ me: 6, refresh: 1, csrf: ['refresh-1'] })
})

it('tells that the session is lost when it cannot be renewed', async () => {
  logIn()
  const lost = vi.fn()
  const off = onSessionLost(lost)
  const calls = expire({ renews: false })
  await expect(me()).rejects.toMatchObject({ kind: 'unauthorized', status: 401 })
  expect(lost).toHaveBeenCalledOnce()
  expect(calls.refresh).toBe(1)
  off()
})

it('takes wrong credentials as they are', async () => {
  logIn()
  const calls = expire({ renews: true })
  server.use(http.post('*/api/accounts/login', () => refuse('wrong-credentials', 401)))
  const body = { username: '林深', password: 'wrong-one' }
  await expect(ask(api.POST('/api/accounts/login', { body }))).rejects.toMatchObject({
    kind: 'wrong-credentials',
  })
  expect(calls.refresh).toBe(0)
})

it('sends the CSRF token with what changes something, and only then', async () => {
  logIn()
  const sent: (string | null)[] = []
  server.use(
    http.get('*/api/accounts/me', ({ request }) => {
      sent.push(request.headers.get('X-CSRF-TOKEN'))
      return HttpResponse.json({})
    }),
    http.put('*/api/songs/:id/heart', ({ request }) => {
      sent.push(request.headers.get('X-CSRF-TOKEN'))
      return HttpResponse.json({})
    }),
  )
  await me()
  await ask(api.PUT('/api/songs/{song_id}/heart', { params: { path: { song_id: 1 } } }))
  expect(sent).toEqual([null, 'access-1'])
})

it('repeats the body when it asks again', async () => {
  logIn()
  expire({ renews: true })
  const bodies: unknown[] = []
  server.use(
    http.put('*/api/songs/:id/rating', async ({ request }) => {
      bodies.push(await request.json())
      return document.cookie.includes('access-2')
        ? HttpResponse.json({})
        : refuse('unauthorized', 401)
    }),
  )
  const params = { path: { song_id: 1 } }
  await ask(api.PUT('/api/songs/{song_id}/rating', { params, body: { stars: 4 } }))
  expect(bodies).toEqual([{ stars: 4 }, { stars: 4 }])
})

it('turns silence into a problem of kind offline', async () => {
  server.use(http.get('*/api/site', () => HttpResponse.error()))
  const silence = ask(api.GET('/api/site'))
  await expect(silence).rejects.toBeInstanceOf(ApiProblem)
  await expect(silence).rejects.toMatchObject({ kind: 'offline', status: 0 })
})

it('reads the wait a server asks for', async () => {
  server.use(
    http.get('*/api/site', () =>
      HttpResponse.json(
        { type: '/problems/too-many-requests', status: 429 },
        { status: 429, headers: { 'Retry-After': '30' } },
      ),
    ),
  )
  await expect(ask(api.GET('/api/site'))).rejects.toMatchObject({ retryAfter: 30 })
})
