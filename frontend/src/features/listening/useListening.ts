import { api, ask } from '@/api/client'
import { isProblem } from '@/api/problem'
import { mayHaveSession } from '@/api/session'
import type { ImpressionIn } from '@/api/types'
import { uuid } from '@/api/uuid'

const BATCH_MS = 800
const RETRY_MS = 5000

const seen = new Set<string>()
let waiting: ImpressionIn[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Logging never disturbs the page: a lost connection is tried again once, a refusal is final. */
async function deliver(send: () => Promise<unknown>, retries = 1): Promise<void> {
  try {
    await send()
  } catch (error) {
    if (!isProblem(error)) throw error
    if (error.kind === 'offline' && retries > 0) {
      setTimeout(() => void deliver(send, retries - 1), RETRY_MS)
    }
  }
}

function flush(): void {
  const items = waiting
  waiting = []
  timer = undefined
  void deliver(() => ask(api.POST('/api/impressions', { body: { items }, keepalive: true })))
}

/** Note that a card was on screen; each place of each row counts once. */
export function logImpression(impression: Omit<ImpressionIn, 'id'>): void {
  const place = `${impression.row_id}/${impression.song_id}`
  if (!mayHaveSession() || seen.has(place)) return
  seen.add(place)
  waiting.push({ id: uuid(), ...impression })
  timer ??= setTimeout(flush, BATCH_MS)
}

/** Note that a song was heard long enough to count. */
export function logPlay(song_id: number, row_id: string | null, seconds: number): void {
  if (!mayHaveSession()) return
  const body = { id: uuid(), song_id, row_id, seconds, count: 1 }
  void deliver(() => ask(api.POST('/api/plays', { body, keepalive: true })))
}

/** Note that a song was opened from a row. */
export function logClick(song_id: number, row_id: string | null): void {
  if (!mayHaveSession()) return
  const body = { id: uuid(), song_id, row_id }
  void deliver(() => ask(api.POST('/api/clicks', { body, keepalive: true })))
}
