import { onScopeDispose, ref, type Ref } from 'vue'

/**
 * How many parts of a long page may stand there: none in the first frame, then one more a frame.
 *
 * What is seen first paints alone, and no part keeps the browser from a click for long.
 */
export function useTurns(): Ref<number> {
  const turns = ref(0)
  let frame = 0
  let timer: ReturnType<typeof setTimeout>

  // A frame's callbacks run before it is painted, the timer after.
  function wait(): void {
    frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        turns.value += 1
        if (turns.value < MOST) wait()
      })
    })
  }
  wait()
  onScopeDispose(() => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  })

  return turns
}

/** By then everything stands. */
const MOST = 12
