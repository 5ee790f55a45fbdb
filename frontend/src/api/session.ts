/** The session lives in httpOnly cookies; what a script may see of it is the CSRF pair. */

const REFRESH = '/api/accounts/refresh'
/** Their 401 means "wrong credentials" or "nothing to refresh", not "session ran out". */
const NEVER_REFRESHED = ['/api/accounts/login', '/api/accounts/register', REFRESH]

const lost = new Set<() => void>()

/** Call `listener` when the session ended and could not be renewed. */
export function onSessionLost(listener: () => void): () => void {
  lost.add(listener)
  return () => lost.delete(listener)
}

function cookie(name: string): string | null {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null
}

/** Whether this browser holds a session, so that a visitor causes no 401 at all. */
export const mayHaveSession = (): boolean =>
  cookie('csrf_access_token') !== null || cookie('csrf_refresh_token') !== null

function withCsrf(request: Request): Request {
  if (request.method === 'GET' || request.method === 'HEAD') return request
  const isRefresh = new URL(request.url).pathname === REFRESH
  const token = cookie(isRefresh ? 'csrf_refresh_token' : 'csrf_access_token')
  if (token) request.headers.set('X-CSRF-TOKEN', token)
  return request
}

const send = (request: Request): Promise<Response> => globalThis.fetch(withCsrf(request))

/** Renew the session once for all tabs: who waited for the lock finds a new token and is done. */
async function refresh(stale: string | null): Promise<boolean> {
  const renew = async (): Promise<boolean> => {
    const current = cookie('csrf_access_token')
    if (current !== null && current !== stale) return true
    const url = new URL(REFRESH, location.origin)
    return (await send(new Request(url, { method: 'POST' }))).ok
  }
  return 'locks' in navigator ? navigator.locks.request('huisheng-refresh', renew) : renew()
}

/** `fetch` that adds the CSRF header and answers an expired session by renewing it and asking again. */
export async function sessionFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const stale = cookie('csrf_access_token')
  const response = await send(request)
  const path = new URL(request.url).pathname
  if (response.status !== 401 || NEVER_REFRESHED.includes(path) || !mayHaveSession()) {
    return response
  }
  if (await refresh(stale)) return send(again)
  lost.forEach((listener) => listener())
  return response
}
