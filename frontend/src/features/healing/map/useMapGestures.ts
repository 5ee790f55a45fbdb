import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { moved, zoomed, type View } from './view'

interface Place {
  x: number
  y: number
}
interface Told {
  /** The pointer rests on a place; null when it has left. */
  point: (place: Place | null) => void
  /** A place was pressed and let go without a drag. */
  press: (place: Place, isTouch: boolean) => void
}

const STILL_PX = 5
const STEP = 0.2
const NEARER = 0.7
const WHEEL = 0.0016

/**
 * Drag, pinch, wheel and keys over a canvas. One finger moves across and leaves scrolling down to
 * the page; the wheel zooms once the map has the focus, or with Ctrl.
 */
export function useMapGestures(
  canvas: Ref<HTMLElement | null>,
  frame: Ref<HTMLElement | null>,
  view: Ref<View>,
  told: Told,
): void {
  const down = new Map<number, Place>()
  let travelled = 0

  function at(event: PointerEvent | WheelEvent): Place & { width: number; height: number } {
    const box = (canvas.value as HTMLElement).getBoundingClientRect()
    const { width, height } = box
    return { x: event.clientX - box.left, y: event.clientY - box.top, width, height }
  }
  const gap = (places: Place[]): number =>
    Math.hypot((places[0]?.x ?? 0) - (places[1]?.x ?? 0), (places[0]?.y ?? 0) - (places[1]?.y ?? 0))

  useEventListener(canvas, 'pointerdown', (event: PointerEvent) => {
    if (event.button) return
    if (!down.size) travelled = 0
    down.set(event.pointerId, at(event))
    canvas.value?.setPointerCapture(event.pointerId)
  })
  useEventListener(canvas, 'pointermove', (event: PointerEvent) => {
    const place = at(event)
    const before = down.get(event.pointerId)
    if (!before) {
      if (event.pointerType === 'mouse') told.point(place)
      return
    }
    const gapBefore = gap([...down.values()])
    down.set(event.pointerId, place)
    const places = [...down.values()]
    const [dx, dy] = [place.x - before.x, place.y - before.y]
    travelled += Math.hypot(dx, dy)
    if (travelled < STILL_PX) return
    told.point(null)
    view.value = moved(
      view.value,
      -dx / place.width / places.length,
      -dy / place.height / places.length,
    )
    if (places.length === 2 && gapBefore) {
      const [x, y] = [
        ((places[0]?.x ?? 0) + (places[1]?.x ?? 0)) / 2,
        ((places[0]?.y ?? 0) + (places[1]?.y ?? 0)) / 2,
      ]
      const factor = gapBefore / Math.max(gap(places), 1)
      view.value = zoomed(view.value, factor, x / place.width, y / place.height)
    }
  })
  useEventListener(canvas, ['pointerup', 'pointercancel'], (event: PointerEvent) => {
    const was = down.delete(event.pointerId)
    if (!was || event.type === 'pointercancel' || travelled >= STILL_PX || down.size) return
    told.press(at(event), event.pointerType !== 'mouse')
  })
  useEventListener(canvas, 'pointerleave', () => told.point(null))
  useEventListener(canvas, 'dblclick', (event: MouseEvent) => {
    const { x, y, width, height } = at(event as PointerEvent)
    view.value = zoomed(view.value, NEARER / 2, x / width, y / height)
  })
  useEventListener(
    canvas,
    'wheel',
    (event: WheelEvent) => {
      const isMeant =
        event.ctrlKey || event.metaKey || frame.value?.contains(document.activeElement)
      if (!isMeant) return
      event.preventDefault()
      const { x, y, width, height } = at(event)
      const turned = event.deltaMode ? event.deltaY * 30 : event.deltaY
      view.value = zoomed(view.value, Math.exp(turned * WHEEL), x / width, y / height)
    },
    { passive: false },
  )
  useEventListener(frame, 'keydown', (event: KeyboardEvent) => {
    const move: Record<string, () => View> = {
      ArrowLeft: () => moved(view.value, -STEP, 0),
      ArrowRight: () => moved(view.value, STEP, 0),
      ArrowUp: () => moved(view.value, 0, -STEP),
      ArrowDown: () => moved(view.value, 0, STEP),
      '+': () => zoomed(view.value, NEARER),
      '=': () => zoomed(view.value, NEARER),
      '-': () => zoomed(view.value, 1 / NEARER),
    }
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : move[event.key]
    if (!next) return
    event.preventDefault()
    // The player listens for arrows too.
    event.stopPropagation()
    view.value = next()
  })
}
