import { useMediaQuery } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useTheme } from '@/stores/theme'
import { NIGHT, pageLook, type Look } from './look'

/** The look of charts here: the board's night set, or the page's theme as it is now. */
export function useLook(night: () => boolean) {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  const narrow = useMediaQuery('(width < 768px)')
  const theme = useTheme()
  const page = shallowRef(pageLook())
  watch(
    () => theme.isDark,
    () => (page.value = pageLook()),
    { flush: 'post' },
  )
  return computed((): Look => ({
    ...page.value,
    ...(night() ? NIGHT : {}),
    still: still.value,
    narrow: narrow.value,
  }))
}
