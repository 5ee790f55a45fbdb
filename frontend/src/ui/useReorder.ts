import { useEventListener } from '@vueuse/core'
import { nextTick, ref, type Ref } from 'vue'

interface Order {
  /** Put the row at `from` to `to`; what is shown follows at once. */
  shift: (from: number, to: number) => void
  /** The order shown is the one to keep. */
  keep?: () => void
}

/** Pixels a hand moves without meaning to. */
const STIRS = 4

/**
 * Rows of a list into another order: a mouse drags them anywhere, a finger by their `.grip` (else it
 * scrolls), a keyboard by `MoveButtons`, whose focus goes along. Escape puts a dragged row back.
 */
export function useReorder(list: Readonly<Ref<HTMLElement | null>>, { shift, keep }: Order) {
  const dragged = ref<number | null>(null)
  /** The row under a pressed pointer, which may yet turn out to be a click. */
  let held: { place: number; height: number } | null = null
  let began = 0
  let isClickOfDrag = false

  const rows = (): Element[] => [...(list.value?.children ?? [])]

  /** The row at this height; above all the first, below all the last. */
  function placeAt(height: number): number {
    const found = rows().findIndex((row) => height < row.getBoundingClientRect().bottom)
    return found < 0 ? rows().length - 1 : found
  }

  function dragTo(place: number): void {
    if (dragged.value === null || dragged.value === place) return
    shift(dragged.value, place)
    dragged.value = place
  }

  function letGo(): void {
    const isElsewhere = dragged.value !== null && dragged.value !== began
    isClickOfDrag = dragged.value !== null
    setTimeout(() => (isClickOfDrag = false))
    held = null
    dragged.value = null
    if (isElsewhere) keep?.()
  }

  function putBack(): void {
    dragTo(began)
    letGo()
  }

  useEventListener(list, 'pointerdown', (event: PointerEvent) => {
    const on = event.target as Element
    const place = rows().findIndex((row) => row.contains(on))
    if (event.button !== 0 || place < 0) return
    if (event.pointerType === 'mouse' || on.closest('.grip'))
      held = { place, height: event.clientY }
  })
  // The browser would drag a link's address, and follow the link where a dragged row is let go.
  useEventListener(list, 'dragstart', (event: Event) => event.preventDefault())
  useEventListener(
    list,
    'click',
    (event: Event) => {
      if (!isClickOfDrag) return
      event.preventDefault()
      event.stopPropagation()
    },
    { capture: true },
  )
  // The finger may leave the list, and the row it began on moves away from under it.
  useEventListener(document, 'pointermove', (event: PointerEvent) => {
    if (held && dragged.value === null && Math.abs(event.clientY - held.height) > STIRS) {
      began = held.place
      dragged.value = began
    }
    if (dragged.value === null) return
    getSelection()?.removeAllRanges()
    dragTo(placeAt(event.clientY))
    rows()[dragged.value]?.scrollIntoView({ block: 'nearest' })
  })
  useEventListener(document, 'pointerup', letGo)
  useEventListener(document, 'pointercancel', putBack)
  useEventListener(
    document,
    'keydown',
    (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || dragged.value === null) return
      event.stopPropagation()
      putBack()
    },
    { capture: true },
  )

  /** One step by a button, which keeps the focus where it then stands. */
  async function step(from: number, by: -1 | 1): Promise<void> {
    shift(from, from + by)
    keep?.()
    await nextTick()
    const row = rows()[from + by]
    const name = by < 0 ? '.up' : '.down'
    const button = row?.querySelector<HTMLButtonElement>(`${name}:not(:disabled)`)
    ;(button ?? row?.querySelector<HTMLButtonElement>('.move:not(:disabled)'))?.focus()
  }

  return { dragged, step }
}
