import { useMediaQuery } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

/** `public/theme.js` reads the same key before the first paint. */
const STORED = 'huisheng.theme'

export const useTheme = defineStore('theme', () => {
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)')
  const stored = localStorage.getItem(STORED)
  const choice = ref<ThemeChoice>(stored === 'dark' || stored === 'light' ? stored : 'system')
  const isDark = computed(() =>
    choice.value === 'system' ? systemIsDark.value : choice.value === 'dark',
  )

  watchEffect(() => {
    document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light'
  })

  function choose(next: ThemeChoice): void {
    choice.value = next
    if (next === 'system') localStorage.removeItem(STORED)
    else localStorage.setItem(STORED, next)
  }

  return { choice, isDark, choose }
})
