import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface ToastMessage {
  id: number
  text: string
  /** Errors stay until closed. */
  tone: 'ok' | 'error'
  action?: { label: string; run: () => void }
}

export const useToasts = defineStore('toasts', () => {
  const messages = ref<ToastMessage[]>([])
  let last = 0

  /** Show a message; one that says the same replaces the earlier one. */
  function show(message: Omit<ToastMessage, 'id'>): void {
    messages.value = messages.value.filter((shown) => shown.text !== message.text)
    messages.value.push({ id: ++last, ...message })
  }

  function dismiss(id: number): void {
    messages.value = messages.value.filter((shown) => shown.id !== id)
  }

  return { messages, show, dismiss }
})
