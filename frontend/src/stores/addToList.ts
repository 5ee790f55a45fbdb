import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Songs that wait to be put into a list of one's own, and what such a new list may be called. */
export const useAddToList = defineStore('addToList', () => {
  const waiting = ref<{ songIds: number[]; title: string } | null>(null)
  const open = (songIds: number[], title: string): void => {
    waiting.value = { songIds, title }
  }
  const close = (): void => {
    waiting.value = null
  }
  return { waiting, open, close }
})
