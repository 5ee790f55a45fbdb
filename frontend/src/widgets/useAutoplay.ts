import { useDocumentVisibility, useIntervalFn, usePreferredReducedMotion } from '@vueuse/core'
import { computed, ref, watchEffect, type Ref } from 'vue'

const SLIDE_STAYS_MS = 6000

/** Call `advance` every six seconds unless the reader stopped it, is on it, or wants stillness. */
export function useAutoplay(advance: () => void, isHeld: Ref<boolean>) {
  const isStopped = ref(false)
  const motion = usePreferredReducedMotion()
  const visibility = useDocumentVisibility()
  const isPlaying = computed(() => !isStopped.value && motion.value !== 'reduce')

  const { pause, resume } = useIntervalFn(advance, SLIDE_STAYS_MS, { immediate: false })
  watchEffect(() => {
    if (isPlaying.value && !isHeld.value && visibility.value === 'visible') resume()
    else pause()
  })

  return { isStopped, isPlaying, mayMove: computed(() => motion.value !== 'reduce') }
}
