import { useEventListener } from '@vueuse/core'
import { usePlayer } from '@/stores/player'
import { usePreferences } from '@/stores/preferences'

const CONTROLS = 'input, textarea, select, button, a, [role], [contenteditable]'
const STEP_S = 5

/** Space plays and pauses, the arrows seek: only while no control has the focus. */
export function usePlayerKeys(): void {
  const player = usePlayer()
  const preferences = usePreferences()
  const keys: Record<string, () => void> = {
    ' ': player.toggle,
    ArrowLeft: () => player.seek(player.position - STEP_S),
    ArrowRight: () => player.seek(player.position + STEP_S),
  }
  useEventListener(document, 'keydown', (event) => {
    const run = keys[event.key]
    if (!run || !preferences.hasShortcuts) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const focused = document.activeElement
    if (focused?.id !== 'main' && focused?.matches(CONTROLS)) return
    event.preventDefault()
    run()
  })
}
