import { computed, ref, shallowRef } from 'vue'
import { api, ask } from '@/api/client'
import { isProblem } from '@/api/problem'
import type { Tone } from '@/api/types'

export interface Scored {
  text: string
  label: Tone | null
  probability: number | null
  error: string | null
  crisis: boolean
}

const AT_ONCE = 400
const WAIT_S = 5

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000))

/** Score many texts in parts, with progress; a server that asks to wait is waited for. */
export function useBatch() {
  const total = ref(0)
  const isRunning = ref(false)
  const error = shallowRef<unknown>(null)
  const results = shallowRef<Scored[]>([])
  let wanted = 0

  async function run(texts: readonly string[]): Promise<void> {
    const mine = ++wanted
    results.value = []
    error.value = null
    total.value = texts.length
    isRunning.value = true
    try {
      for (let at = 0; at < texts.length && mine === wanted;) {
        const part = texts.slice(at, at + AT_ONCE)
        const items = await score(part)
        if (items === null) continue
        if (mine !== wanted) return
        results.value = [
          ...results.value,
          ...items.map((item, index) => ({ ...item, text: part[index] ?? '' })),
        ]
        at += AT_ONCE
      }
    } catch (cause) {
      if (mine === wanted) error.value = cause
    } finally {
      if (mine === wanted) isRunning.value = false
    }
  }

  async function score(texts: string[]): Promise<Omit<Scored, 'text'>[] | null> {
    try {
      const { items } = await ask(api.POST('/api/sentiment/batch', { body: { texts } }))
      return items.map((item) => ({
        ...item,
        error: item.error ?? null,
        crisis: item.crisis ?? false,
      }))
    } catch (cause) {
      if (!isProblem(cause) || cause.status !== 429) throw cause
      await pause(cause.retryAfter ?? WAIT_S)
      return null
    }
  }

  function stop(): void {
    wanted += 1
    isRunning.value = false
  }

  const done = computed(() => results.value.length)
  return { run, stop, total, done, isRunning, error, results }
}
