import type { Points } from './columns'
import { PARTS, QUADRANTS, type Quadrant, type View } from './view'

/** Colours and faces of the page as it is now. */
export interface Look {
  line: string
  ink: string
  /** Of a point that is merely pointed at. */
  ink3: string
  paper: string
  accent: string
  serif: string
  /** From dark to bright, as red, green, blue. */
  ramp: readonly [number, number, number][]
}

export interface Scene {
  points: Points
  view: View
  width: number
  height: number
  /** Pixels of the screen to one of the page. */
  ratio: number
  names: Record<Quadrant, string>
  marks: readonly { at: number; kind: 'chosen' | 'pointed' | 'playing' }[]
}

const STEPS = 64
/** Above so many in sight, dots melt into densities. */
const FEW = 4_000
const CELL = 2
const NAME_ROOM = 96

const parts = (hex: string): [number, number, number] => {
  const [r = 0, g = 0, b = 0] = (/^#(..)(..)(..)$/.exec(hex.trim())?.slice(1) ?? []).map((part) =>
    parseInt(part, 16),
  )
  return [r, g, b]
}

/** Read the page's tokens. */
export function lookOf(page: Element): Look {
  const style = getComputedStyle(page)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const [cool, mid, warm] = ['--cool', '--mid', '--warm'].map((name) => parts(token(name)))
  const between = (share: number): [number, number, number] => {
    const [from, to, part] = share < 0.5 ? [cool, mid, share * 2] : [mid, warm, share * 2 - 1]
    const mixed = [0, 1, 2].map((at) =>
      Math.round((from?.[at] ?? 0) + ((to?.[at] ?? 0) - (from?.[at] ?? 0)) * part),
    )
    return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0]
  }
  return {
    line: token('--line-strong'),
    ink: token('--ink'),
    ink3: token('--ink-3'),
    paper: token('--paper'),
    accent: token('--accent'),
    serif: token('--font-serif'),
    ramp: Array.from({ length: STEPS }, (_, at) => between(at / (STEPS - 1))),
  }
}

const hue = (look: Look, valence: number): [number, number, number] =>
  look.ramp[Math.round(((Math.max(-1, Math.min(1, valence)) + 1) / 2) * (STEPS - 1))] ?? [0, 0, 0]

/** Draw the part of the plane in sight. */
export function paint(brush: CanvasRenderingContext2D, scene: Scene, look: Look): void {
  const { points, view, width, height, ratio } = scene
  const perX = width / (view.right - view.left)
  const perY = height / (view.top - view.bottom)
  const x = (valence: number) => (valence - view.left) * perX
  const y = (arousal: number) => (view.top - arousal) * perY
  brush.setTransform(ratio, 0, 0, ratio, 0, 0)
  brush.clearRect(0, 0, width, height)

  const seen: number[] = []
  for (let at = 0; at < points.valence.length; at += 1) {
    const [left, top] = [x(points.valence[at] ?? 0), y(points.arousal[at] ?? 0)]
    if (left > -8 && left < width + 8 && top > -8 && top < height + 8) seen.push(at)
  }
  if (seen.length > FEW) densities(brush, scene, look, seen, x, y)
  else {
    const radius = seen.length > 1_000 ? 2.5 : seen.length > 200 ? 3.5 : 5
    brush.globalAlpha = 0.66
    for (const at of seen) {
      const valence = points.valence[at] ?? 0
      brush.fillStyle = `rgb(${hue(look, valence).join()})`
      disc(brush, x(valence), y(points.arousal[at] ?? 0), radius)
      brush.fill()
    }
    brush.globalAlpha = 1
  }

  axes(brush, scene, look, x(0), y(0))
  for (const { at, kind } of scene.marks) {
    const place = points.valence[at]
    if (place === undefined) continue
    const [left, top] = [x(place), y(points.arousal[at] ?? 0)]
    brush.lineWidth = 2.5
    brush.strokeStyle = look.paper
    disc(brush, left, top, 10)
    brush.stroke()
    brush.fillStyle = kind === 'playing' ? look.accent : `rgb(${hue(look, place).join()})`
    disc(brush, left, top, 6)
    brush.fill()
    brush.strokeStyle = kind === 'pointed' ? look.ink3 : kind === 'playing' ? look.accent : look.ink
    brush.lineWidth = 2
    disc(brush, left, top, 8.5)
    brush.stroke()
  }
}

function disc(brush: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  brush.beginPath()
  brush.arc(x, y, radius, 0, 2 * Math.PI)
}

/** Both axes, and each quadrant's name in its outer corner as far as it is in sight. */
function axes(
  brush: CanvasRenderingContext2D,
  { view, width, height, names }: Scene,
  look: Look,
  middle: number,
  level: number,
): void {
  brush.strokeStyle = look.line
  brush.lineWidth = 1
  brush.setLineDash([3, 4])
  brush.beginPath()
  brush.moveTo(middle, 0)
  brush.lineTo(middle, height)
  brush.moveTo(0, level)
  brush.lineTo(width, level)
  brush.stroke()
  brush.setLineDash([])
  brush.fillStyle = look.ink
  brush.strokeStyle = look.paper
  brush.lineJoin = 'round'
  brush.lineWidth = 4
  brush.font = `600 ${width < 480 ? 13 : 15}px ${look.serif}`
  for (const quadrant of QUADRANTS) {
    const part = PARTS[quadrant]
    const isRight = part.right > 0
    const isTop = part.top > 0
    const room = isRight ? width - Math.max(0, middle) : Math.min(width, middle)
    const tall = isTop ? Math.min(height, level) : height - Math.max(0, level)
    const isSeen = part.left < view.right && part.right > view.left
    if (!isSeen || room < NAME_ROOM || tall < 48) continue
    brush.textAlign = isRight ? 'right' : 'left'
    brush.textBaseline = isTop ? 'top' : 'bottom'
    const [left, top] = [isRight ? width - 14 : 14, isTop ? 14 : height - 14]
    // A rim of the ground keeps the name readable on any crowd.
    brush.strokeText(names[quadrant], left, top)
    brush.fillText(names[quadrant], left, top)
  }
}

/** Cells of two pixels, the fuller the stronger: a hundred thousand dots would be one blot. */
function densities(
  brush: CanvasRenderingContext2D,
  { points, width, height }: Scene,
  look: Look,
  seen: readonly number[],
  x: (valence: number) => number,
  y: (arousal: number) => number,
): void {
  const [columns, rows] = [Math.ceil(width / CELL), Math.ceil(height / CELL)]
  const counts = new Uint32Array(columns * rows)
  let most = 1
  for (const at of seen) {
    const column = Math.floor(x(points.valence[at] ?? 0) / CELL)
    const row = Math.floor(y(points.arousal[at] ?? 0) / CELL)
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue
    const cell = row * columns + column
    const count = (counts[cell] ?? 0) + 1
    counts[cell] = count
    most = Math.max(most, count)
  }
  const layer = document.createElement('canvas')
  layer.width = columns
  layer.height = rows
  const within = layer.getContext('2d')
  if (!within) return
  const image = within.createImageData(columns, rows)
  const full = Math.log1p(most)
  const left = x(-1)
  const span = x(1) - left
  counts.forEach((count, cell) => {
    if (!count) return
    const valence = (((cell % columns) * CELL - left) / span) * 2 - 1
    const [r, g, b] = hue(look, valence)
    image.data.set([r, g, b, 70 + Math.round((185 * Math.log1p(count)) / full)], cell * 4)
  })
  within.putImageData(image, 0, 0)
  brush.imageSmoothingEnabled = false
  brush.drawImage(layer, 0, 0, columns * CELL, rows * CELL)
}
