import { ref, watch, type Ref } from 'vue'

/** Skeletons fade in by CSS after this long; keep in step with `.skeleton-in` in base.css. */
const APPEARS_AFTER_MS = 200
const STAYS_MS = 400

/** Whether to show the skeleton: one that has appeared stays 400 ms, so that nothing flashes. */
export function useCalmPending(pending: Ref<boolean>): Ref<boolean> {
  const held = ref(pending.value)
  let began = Infinity
  // It counts from the frame in which it is painted: a slow computer may first be busy for long.
  const begin = (): void => {
    began = Infinity
    requestAnimationFrame(() => (began = Date.now()))
  }
  if (pending.value) begin()

  watch(pending, (now, _before, onCleanup) => {
    if (now) {
      begin()
      held.value = true
      return
    }
    const shownFor = Date.now() - began - APPEARS_AFTER_MS
    const rest = shownFor > 0 ? STAYS_MS - shownFor : 0
    const timer = setTimeout(() => (held.value = false), Math.max(0, rest))
    onCleanup(() => clearTimeout(timer))
  })

  return held
}
