import { defineStore } from 'pinia'
import { ref } from 'vue'

/** The song whose comments stand open beside the page. */
export const useToneDrawer = defineStore('toneDrawer', () => {
  const song = ref<{ id: number; title: string } | null>(null)
  const open = (id: number, title: string): void => {
    song.value = { id, title }
  }
  const close = (): void => {
    song.value = null
  }
  return { song, open, close }
})
