/** Back to front: ochre, cinnabar, gamboge, azurite-teal, indigo, lotus-violet. */
const PIGMENTS = ['#a8733f', '#c04a38', '#d3a044', '#4aa0ae', '#7f9ddb', '#b9a0dc']
const STEPS = 120

export interface Ridge {
  colour: string
  opacity: number
  /** Heights of the line, left to right, as shares of the picture's height; 0 is its foot. */
  heights: number[]
  /** Where its foot lies, as a share of the picture's height from the top. */
  foot: number
}

/** Where the crests of each range cross the farthest line; they come in pairs. */
const CRESTS = [0.52, 0.65, 1, 1.137, 1.48, 1.62, 1.96, 2.1]
/** How far a crest moves to the left from one line to the next. */
const SLANT = 1.15
const CREST_WIDTH = 0.042

const bell = (x: number, centre: number, width: number) => Math.exp(-(((x - centre) / width) ** 2))

/**
 * `count` lines of mountains at `seconds`, the farthest first, between `top` and `bottom`.
 * Ranges run from the upper right to the lower left and swell like breath.
 */
export function ridgelines(count: number, seconds: number, top: number, bottom: number): Ridge[] {
  return Array.from({ length: count }, (_, i) => {
    const near = i / (count - 1)
    const breath = 1 + 0.14 * Math.sin(seconds * 0.55 + i * 0.42)
    const sway = 0.006 * Math.sin(seconds * 0.3 + i * 0.7)
    const tall = (0.03 + 0.1 * near) * breath
    const heights = Array.from({ length: STEPS + 1 }, (_unused, n) => {
      const x = n / STEPS
      const crests = CRESTS.reduce(
        (sum, crest, k) =>
          sum + (k % 2 ? 0.72 : 1) * bell(x, crest - SLANT * near + sway, CREST_WIDTH),
        0,
      )
      const ripple = Math.sin(x * 19 + i * 0.9 + seconds * 0.22) * Math.sin(x * 5.3 - i * 0.6)
      return tall * crests * bell(x, 0.42, 0.36) + ripple * 0.004
    })
    return {
      colour: PIGMENTS[Math.min(PIGMENTS.length - 1, Math.floor(near * PIGMENTS.length))] ?? '',
      opacity: 0.5 + 0.45 * near,
      heights,
      foot: top + (bottom - top) * near,
    }
  })
}
