import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether the dialog asking a visitor to log in is open. */
export const useLoginPrompt = defineStore('loginPrompt', () => {
  const isOpen = ref(false)
  const ask = (): void => {
    isOpen.value = true
  }
  return { isOpen, ask }
})
