export interface Palette {
  bg: string
  a: string
  b: string
  c: string
}

const palette = (colours: string): Palette => {
  const [bg = '', a = '', b = '', c = ''] = colours.split(' ')
  return { bg, a, b, c }
}

/** The ten pigment sets of the covers, in the order the server counts them. */
export const PALETTES: readonly Palette[] = [
  palette('#26304f #d9583f #f0a06a #f3e6d6'),
  palette('#0f4a48 #2f8d7e #cfa64f #efe6cc'),
  palette('#b8392a #f2c987 #2b1713 #f8ebdc'),
  palette('#264a6e #8fb6d2 #dbe5ea #f2a65a'),
  palette('#e0a52e #3a2a26 #f8f0dd #b8432a'),
  palette('#d9e3cb #3f6f52 #1f3b2e #d9822b'),
  palette('#c8b1cc #5b487d #f6eaea #df7759'),
  palette('#1b1a19 #e8e1d3 #7f766a #cc4731'),
  palette('#e6edef #2c638e #7fc0d4 #f3b45c'),
  palette('#efe0d0 #c23a28 #24211e #e3a33a'),
]

export const paletteOf = (index: number): Palette =>
  PALETTES[index % PALETTES.length] ?? palette('#26304f #d9583f #f0a06a #f3e6d6')

/** Relative luminance of a #rrggbb colour, 0–1 (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Whether dark ink reads better on this ground than cream does. */
export const isLight = (ground: string): boolean => luminance(ground) > 0.22
