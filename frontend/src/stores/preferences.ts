import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'

/** What somebody does not want to see on this device; stars and hearts obey the mark on the page. */
const STORED = 'huisheng.hidden'
export const HIDEABLE = ['stars', 'heart'] as const
export type Hideable = (typeof HIDEABLE)[number]

export const usePreferences = defineStore('preferences', () => {
  const stored = (localStorage.getItem(STORED) ?? '').split(' ')
  const hidden = ref(new Set<Hideable>(HIDEABLE.filter((one) => stored.includes(one))))

  watchEffect(() => {
    for (const one of HIDEABLE) {
      document.documentElement.toggleAttribute(`data-no-${one}`, hidden.value.has(one))
    }
  })

  function hide(one: Hideable, on: boolean): void {
    const next = new Set(hidden.value)
    if (on) next.add(one)
    else next.delete(one)
    hidden.value = next
    if (next.size) localStorage.setItem(STORED, [...next].join(' '))
    else localStorage.removeItem(STORED)
  }

  return { hidden, hide }
})
