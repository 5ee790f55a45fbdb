import type { Palette } from './palettes'

/** One SVG element: its tag and its attributes, on a 200×200 board. */
export type Shape = [tag: string, attributes: Record<string, string | number>]
type Random = () => number
type Motif = (palette: Palette, random: Random) => Shape[]

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seeded(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const between = (random: Random, low: number, high: number) => low + random() * (high - low)
const count = (n: number) => Array.from({ length: n }, (_, i) => i)
const round = (value: number) => Math.round(value * 10) / 10
const points = (pairs: number[][]) => pairs.map((pair) => pair.map(round).join(' ')).join('L')
const circle = (cx: number, cy: number, r: number, fill: string): Shape => [
  'circle',
  { cx: round(cx), cy: round(cy), r: round(r), fill },
]

const arcs: Motif = ({ bg, a, b, c }, random) => {
  const onRight = random() < 0.5
  const cx = onRight ? between(random, 128, 148) : between(random, 46, 70)
  const step = between(random, 18, 20)
  const bands = [b, bg, a, bg, c, bg, b, bg].map((fill, i) => circle(cx, 200, (8 - i) * step, fill))
  const sun = circle(
    onRight ? 200 - cx : cx + between(random, 64, 104),
    between(random, 36, 46),
    15,
    c,
  )
  return [sun, ...bands]
}

const sunOverHills: Motif = ({ a, b, c }, random) => {
  const hill = (base: number, height: number, fill: string, opacity = 1): Shape => {
    const peak = between(random, 40, 160)
    const d = `M0 ${round(base)}C${round(peak * 0.5)} ${round(base)} ${round(peak * 0.7)} ${round(base - height)} ${round(peak)} ${round(base - height)}S${round(peak + (200 - peak) * 0.55)} ${round(base)} 200 ${round(base - height * 0.25)}V200H0Z`
    return ['path', { d, fill, opacity }]
  }
  const sun = circle(between(random, 62, 138), between(random, 70, 84), between(random, 30, 38), c)
  const mist = count(4).map((i): Shape => [
    'path',
    { d: `M0 ${28 + i * 12}H200`, stroke: b, 'stroke-width': 1.2, opacity: 0.3 - i * 0.06 },
  ])
  return [
    ...mist,
    sun,
    hill(140, between(random, 34, 50), a, 0.5),
    hill(158, between(random, 36, 52), a),
    hill(184, between(random, 30, 46), b),
  ]
}

const waves: Motif = ({ a, b, c }, random) => {
  const strokes: [string, number][] = [
    [a, 2.2],
    [b, 4.6],
    [c, 7],
  ]
  const half = between(random, 21, 27)
  const height = between(random, 6.4, 8.4)
  const drift = between(random, -6, 6)
  const swing = count(8)
    .map(() => `q${round(half / 2)} ${round(-height * 2)} ${round(half)} 0t${round(half)} 0`)
    .join('')
  return count(12).map((i) => {
    const [stroke, width] = strokes[i % 3] ?? [a, 2]
    const start = -4 * half + ((i * drift) % (2 * half))
    const d = `M${round(start)} ${round(5 + i * 17.6)}${swing}`
    return ['path', { d, fill: 'none', stroke, 'stroke-width': width }]
  })
}

const equaliser: Motif = ({ a, b, c }, random) => {
  const warm = [Math.floor(between(random, 2, 5)), Math.floor(between(random, 6, 9))]
  return count(11).map((i) => {
    const height = 28 + 132 * random() ** 1.1
    const fill = warm.includes(i) ? c : i % 2 ? a : b
    return [
      'rect',
      {
        x: round(18 + i * 15.4),
        y: round(100 - height / 2),
        width: 8.4,
        height: round(height),
        rx: 4.2,
        fill,
      },
    ]
  })
}

const moonOverWater: Motif = ({ bg, a, b, c }, random) => {
  const stars = count(14).map(() =>
    circle(between(random, 4, 196), between(random, 6, 100), between(random, 0.7, 1.5), b),
  )
  const cx = between(random, 78, 122)
  const r = between(random, 46, 60)
  const side = random() < 0.5 ? 1 : -1
  const water = count(6).map((i): Shape => [
    'path',
    {
      d: `M0 ${round(158 + i * 8)}H200`,
      stroke: a,
      'stroke-width': round(0.8 + i * 0.85),
      opacity: round(0.45 + i * 0.1),
    },
  ])
  return [
    ...stars,
    circle(cx, 92, r, c),
    circle(cx + side * r * 0.5, 92 - r * 0.28, r * 0.86, bg),
    ...water,
  ]
}

const tiles: Motif = ({ a, b, c }, random) => {
  const fills = [c, c, a, b]
  const turns = [
    'M0 0H50A50 50 0 0 1 0 50Z',
    'M50 0V50A50 50 0 0 1 0 0Z',
    'M50 50H0A50 50 0 0 1 50 0Z',
    'M0 50V0A50 50 0 0 1 50 50Z',
  ]
  return count(16).flatMap((i): Shape[] => {
    const x = (i % 4) * 50
    const y = Math.floor(i / 4) * 50
    const fill = fills[Math.floor(random() * 4)] ?? c
    const kind = random()
    const turn = turns[Math.floor(random() * 4)] ?? ''
    if (kind < 0.42) return [['path', { d: turn, fill, transform: `translate(${x} ${y})` }]]
    if (kind < 0.62) return [circle(x + 25, y + 25, 17, fill)]
    if (kind < 0.74) return [['rect', { x, y, width: 50, height: 50, fill, opacity: 0.5 }]]
    return []
  })
}

const stripedRecord: Motif = ({ bg, a, b, c }, random) => {
  const angle = (random() < 0.5 ? -1 : 1) * between(random, 24, 36)
  const stripes = count(18).map((i): Shape => [
    'rect',
    {
      x: -100,
      y: -86 + i * 21,
      width: 400,
      height: 10.5,
      fill: a,
      opacity: 0.6,
      transform: `rotate(${round(angle)} 100 100)`,
    },
  ])
  const half = (sweep: 0 | 1, fill: string): Shape => [
    'path',
    { d: `M100 44A56 56 0 0 ${sweep} 100 156Z`, fill },
  ]
  return [
    ...stripes,
    circle(100, 100, 56, bg),
    half(0, c),
    half(1, b),
    circle(100, 100, 12, bg),
    circle(100, 100, 6, c),
  ]
}

const rainAndUmbrella: Motif = ({ a, b, c }, random) => {
  const slant = between(random, 0.28, 0.42)
  const rain = count(60).map((): Shape => {
    const x = between(random, -10, 205)
    const y = between(random, -12, 196)
    const length = between(random, 10, 34)
    return [
      'path',
      {
        d: `M${round(x)} ${round(y)}l${round(-length * slant)} ${round(length)}`,
        stroke: random() < 0.25 ? b : a,
        'stroke-width': 1.8,
        'stroke-linecap': 'round',
        opacity: round(between(random, 0.45, 1)),
      },
    ]
  })
  const x = between(random, 78, 122)
  const r = between(random, 40, 54)
  const transform = `rotate(${round(between(random, -12, 12))} ${round(x)} 110)`
  const umbrella: Shape[] = [
    [
      'path',
      {
        d: `M${round(x - r)} 120a${round(r)} ${round(r)} 0 0 1 ${round(2 * r)} 0Z`,
        fill: c,
        transform,
      },
    ],
    [
      'path',
      {
        d: `M${round(x)} 118v${round(r * 0.75)}a8 8 0 0 0 16 0v-3`,
        fill: 'none',
        stroke: c,
        'stroke-width': 4.6,
        'stroke-linecap': 'round',
        transform,
      },
    ],
  ]
  return [...rain, ...umbrella]
}

const ridgelines: Motif = ({ bg, a, c }, random) => {
  const bright = Math.floor(between(random, 5, 10))
  const centre = between(random, 86, 114)
  return count(13).map((i) => {
    const y = 46 + i * 10.8
    const tall = between(random, 14, 30)
    const line = count(29).map((n) => {
      const x = 13 + n * 6.21
      const swell = Math.exp(-(((x - centre) / 36) ** 2))
      return [x, y - swell * tall * between(random, 0.25, 1) - between(random, 0, 1.6)]
    })
    const stroke = i === bright ? c : a
    return [
      'path',
      { d: `M${points(line)}`, fill: bg, stroke, 'stroke-width': 1.7, 'stroke-linejoin': 'round' },
    ]
  })
}

/** The nine motifs, in the order the server counts them. */
export const MOTIFS: readonly Motif[] = [
  arcs,
  sunOverHills,
  waves,
  equaliser,
  moonOverWater,
  tiles,
  stripedRecord,
  rainAndUmbrella,
  ridgelines,
]

/** The same four colours; the three on the ground may change places. */
function turned({ bg, a, b, c }: Palette, by: number): Palette {
  if (by < 0.25) return { bg, a: b, b: c, c: a }
  if (by < 0.5) return { bg, a: c, b: a, c: b }
  return { bg, a, b, c }
}

/** Draw motif number `motif` in `palette`; the same seed always gives the same picture. */
export function draw(motif: number, palette: Palette, seed: number): Shape[] {
  const random = seeded(seed)
  for (let i = 0; i < 3; i++) random()
  return (MOTIFS[motif % MOTIFS.length] ?? arcs)(turned(palette, random()), random)
}
