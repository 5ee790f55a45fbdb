import { expect, it } from 'vitest'
import { draw, MOTIFS } from './motifs'
import { isLight, paletteOf, PALETTES } from './palettes'

const every = MOTIFS.flatMap((_motif, motif) =>
  PALETTES.map((_palette, palette) => [motif, palette]),
)

it('knows ten palettes and nine motifs', () => {
  expect([PALETTES.length, MOTIFS.length]).toEqual([10, 9])
})

it.each(every)('draws motif %i in palette %i the same way every time', (motif = 0, palette = 0) => {
  const shapes = draw(motif, paletteOf(palette), 42)
  expect(shapes.length).toBeGreaterThan(3)
  expect(JSON.stringify(shapes)).not.toMatch(/NaN|undefined|null/)
  expect(draw(motif, paletteOf(palette), 42)).toEqual(shapes)
})

it('draws songs of one motif and palette differently', () => {
  const pictures = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(draw(7, paletteOf(6), seed)))
  expect(new Set(pictures).size).toBe(5)
})

it('puts dark ink on light grounds and cream on dark ones', () => {
  expect(PALETTES.map(({ bg }) => isLight(bg))).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    false,
    true,
    true,
  ])
})
