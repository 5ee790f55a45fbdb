import { useLocalStorage } from '@vueuse/core'
import type { Tone } from '@/api/types'

export interface Recent {
  text: string
  probability: number
  label: Tone
}

const KEPT = 8

/** What was analysed lately, in this browser alone; the newest first, each text once. */
export function useRecent() {
  const recent = useLocalStorage<Recent[]>('huisheng.sentiment.recent', [])

  function remember(one: Recent): void {
    recent.value = [one, ...recent.value.filter((old) => old.text !== one.text)].slice(0, KEPT)
  }

  const remove = (text: string): void => {
    recent.value = recent.value.filter((old) => old.text !== text)
  }

  const clear = (): void => {
    recent.value = []
  }

  return { recent, remember, remove, clear }
}
