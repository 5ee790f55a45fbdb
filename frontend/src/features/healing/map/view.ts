import type { Points } from './columns'

/** The part of the plane in sight: valence from left to right, arousal from bottom to top. */
export interface View {
  left: number
  right: number
  bottom: number
  top: number
}

/** A little more than the plane, so that no point lies on the edge. */
const EDGE = 1.04
export const WHOLE: View = { left: -EDGE, right: EDGE, bottom: -EDGE, top: EDGE }
const CLOSEST = 0.02

export const QUADRANTS = ['tense', 'bright', 'low', 'calm'] as const
export type Quadrant = (typeof QUADRANTS)[number]
export const PARTS: Record<Quadrant, View> = {
  tense: { left: -EDGE, right: 0, bottom: 0, top: EDGE },
  bright: { left: 0, right: EDGE, bottom: 0, top: EDGE },
  low: { left: -EDGE, right: 0, bottom: -EDGE, top: 0 },
  calm: { left: 0, right: EDGE, bottom: -EDGE, top: 0 },
}

export const isWhole = (view: View): boolean =>
  view.right - view.left >= 2 * EDGE - 1e-6 && view.top - view.bottom >= 2 * EDGE - 1e-6

/** A stretch of one axis moved back inside the plane, its width kept where there is room. */
function within(from: number, to: number): [number, number] {
  const width = Math.min(2 * EDGE, Math.max(CLOSEST, to - from))
  const start = Math.min(EDGE - width, Math.max(-EDGE, (from + to - width) / 2))
  return [start, start + width]
}

export function clamp({ left, right, bottom, top }: View): View {
  const [l, r] = within(left, right)
  const [b, t] = within(bottom, top)
  return { left: l, right: r, bottom: b, top: t }
}

/** Nearer (factor below 1) or farther, around a place given in shares of the view from top left. */
export function zoomed(view: View, factor: number, x = 0.5, y = 0.5): View {
  const width = view.right - view.left
  const height = view.top - view.bottom
  const kept = Math.min(1, Math.max(factor, CLOSEST / width, CLOSEST / height))
  const scale = factor < 1 ? kept : factor
  const [across, up] = [view.left + x * width, view.top - y * height]
  return clamp({
    left: across - x * width * scale,
    right: across + (1 - x) * width * scale,
    top: up + y * height * scale,
    bottom: up - (1 - y) * height * scale,
  })
}

/** Moved by shares of its own size: right and down are positive. */
export function moved(view: View, right: number, down: number): View {
  const [dx, dy] = [(view.right - view.left) * right, (view.bottom - view.top) * down]
  return clamp({
    left: view.left + dx,
    right: view.right + dx,
    bottom: view.bottom + dy,
    top: view.top + dy,
  })
}

/** As it stands in an address; nothing for the whole plane. */
export const written = (view: View): string | undefined =>
  isWhole(view)
    ? undefined
    : [view.left, view.right, view.bottom, view.top].map((edge) => edge.toFixed(3)).join(',')

/** Read from an address; the whole plane where it says nothing that makes sense. */
export function readView(said: unknown): View {
  const edges = typeof said === 'string' ? said.split(',').map(Number) : []
  const [left = NaN, right = NaN, bottom = NaN, top = NaN] = edges
  const isSense = edges.length === 4 && edges.every(Number.isFinite) && left < right && bottom < top
  return isSense ? clamp({ left, right, bottom, top }) : WHOLE
}

/** The points in sight, the one nearest to the middle first. */
export function inSight({ valence, arousal }: Points, view: View): number[] {
  const [across, up] = [(view.left + view.right) / 2, (view.bottom + view.top) / 2]
  const far = new Float32Array(valence.length)
  const found: number[] = []
  for (let at = 0; at < valence.length; at += 1) {
    const [x, y] = [valence[at] ?? 0, arousal[at] ?? 0]
    if (x < view.left || x > view.right || y < view.bottom || y > view.top) continue
    far[at] = (x - across) ** 2 + (y - up) ** 2
    found.push(at)
  }
  return found.sort((a, b) => (far[a] ?? 0) - (far[b] ?? 0) || a - b)
}

/** The point nearest to a place in pixels from top left; -1 where none is within reach. */
export function nearest(
  points: Points,
  view: View,
  place: { x: number; y: number },
  size: { width: number; height: number },
  reach: number,
): number {
  const perX = size.width / (view.right - view.left)
  const perY = size.height / (view.top - view.bottom)
  let [best, found] = [reach * reach, -1]
  for (let at = 0; at < points.valence.length; at += 1) {
    const dx = ((points.valence[at] ?? 0) - view.left) * perX - place.x
    const dy = (view.top - (points.arousal[at] ?? 0)) * perY - place.y
    const far = dx * dx + dy * dy
    if (far < best) [best, found] = [far, at]
  }
  return found
}

/** How many songs each quadrant holds; one on an axis belongs to the brighter, livelier side. */
export function counted({ valence, arousal }: Points): Record<Quadrant, number> {
  const counts = { tense: 0, bright: 0, low: 0, calm: 0 }
  valence.forEach((x, at) => {
    const isLively = (arousal[at] ?? 0) >= 0
    counts[x >= 0 ? (isLively ? 'bright' : 'calm') : isLively ? 'tense' : 'low'] += 1
  })
  return counts
}
