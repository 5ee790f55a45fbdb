import { defineAsyncComponent } from 'vue'
import { loadAreas } from '@/i18n'

/** The card with help lines; it and its words are loaded when they are needed. */
export const HelpLines = defineAsyncComponent(async () => {
  await loadAreas(['help'])
  return import('./HelpLines.vue')
})
