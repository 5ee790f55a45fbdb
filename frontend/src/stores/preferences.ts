import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'

/** What somebody does not want on this device; stars and hearts obey the mark on the page. */
const STORED = 'huisheng.hidden'
const SHORTCUTS = 'huisheng.shortcuts'
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

  /** Whether keys without Ctrl or Alt do something outside a field: `/`, space, the arrows. */
  const hasShortcuts = ref(localStorage.getItem(SHORTCUTS) !== 'off')

  function allowShortcuts(on: boolean): void {
    hasShortcuts.value = on
    if (on) localStorage.removeItem(SHORTCUTS)
    else localStorage.setItem(SHORTCUTS, 'off')
  }

  return { hidden, hide, hasShortcuts, allowShortcuts }
})
