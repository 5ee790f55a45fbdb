import { describe, expect, it } from 'vitest'
import type { MoodMap } from '@/api/types'
import { sift, unpack } from './columns'
import {
  clamp,
  counted,
  inSight,
  isWhole,
  moved,
  nearest,
  PARTS,
  readView,
  WHOLE,
  written,
  zoomed,
} from './view'

const packed = (values: number[], size: 1 | 2 | 4): string => {
  const bytes = new DataView(new ArrayBuffer(values.length * size))
  values.forEach((value, at) => {
    if (size === 1) bytes.setUint8(at, value)
    else if (size === 2) bytes.setInt16(at * 2, value, true)
    else bytes.setUint32(at * 4, value, true)
  })
  return btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)))
}

const POINTS = unpack({
  ...{ songs: 5, placed: 4, shown: 4, quality: null },
  columns: {
    id_steps: packed([7, 2, 100_000, 1], 4),
    valence: packed([-10_000, -2500, 5000, 10_000], 2),
    arousal: packed([10_000, -5000, 5000, 0], 2),
    told: packed([9, 6, 3, 8], 1),
  },
} satisfies MoodMap)

describe('what the server packed', () => {
  it('is unpacked', () => {
    expect([...POINTS.ids]).toEqual([7, 9, 100_009, 100_010])
    expect([...POINTS.valence]).toEqual([-1, -0.25, 0.5, 1])
    expect([...POINTS.arousal]).toEqual([1, -0.5, 0.5, 0])
  })

  it.each([
    ['all', false, [7, 9, 100_009, 100_010]],
    ['heard', false, [7, 100_009]],
    ['words', false, [9, 100_010]],
    ['all', true, [7, 100_010]],
    ['words', true, [100_010]],
  ] as const)('is sifted: %s, playable %s', (told, playable, ids) => {
    expect([...sift(POINTS, told, playable).ids]).toEqual(ids)
  })
})

describe('the part in sight', () => {
  it('zooms around a place, which stays where it is', () => {
    const near = zoomed(WHOLE, 0.5, 0.25, 0.75)
    const at = (view: typeof WHOLE) => [
      view.left + 0.25 * (view.right - view.left),
      view.top - 0.75 * (view.top - view.bottom),
    ]
    expect(near.right - near.left).toBeCloseTo(1.04)
    at(WHOLE).forEach((edge, axis) => expect(at(near)[axis]).toBeCloseTo(edge))
  })

  it('never leaves the plane', () => {
    expect(zoomed(WHOLE, 3)).toEqual(WHOLE)
    const corner = moved(PARTS.bright, 5, -5)
    expect(corner.right).toBeCloseTo(WHOLE.right)
    expect(corner.top).toBeCloseTo(WHOLE.top)
    expect(corner.right - corner.left).toBeCloseTo(1.04)
  })

  it('has an end: a hundredth part', () => {
    let view = WHOLE
    for (let time = 0; time < 50; time += 1) view = zoomed(view, 0.5, 1, 0)
    expect(view.right - view.left).toBeGreaterThan(0.0199)
    expect(clamp(view).right - view.left).toBeLessThan(0.0201)
  })

  it('is written into the address and read again; nonsense is the whole', () => {
    expect(written(WHOLE)).toBeUndefined()
    expect(readView(written(PARTS.low))).toEqual(PARTS.low)
    for (const said of [undefined, '', 'x', '1,0,0,1', '0,1,2', '0,1,0,NaN']) {
      expect(isWhole(readView(said))).toBe(true)
    }
  })

  it('names its points from the middle outwards', () => {
    expect(inSight(POINTS, WHOLE)).toEqual([1, 2, 3, 0])
    expect(inSight(POINTS, PARTS.bright)).toEqual([2, 3])
    expect(counted(POINTS)).toEqual({ tense: 1, bright: 2, low: 1, calm: 0 })
  })

  it('finds the point under a finger', () => {
    const size = { width: 208, height: 208 }
    const place = { x: 154, y: 54 }
    expect(nearest(POINTS, WHOLE, place, size, 5)).toBe(2)
    expect(nearest(POINTS, WHOLE, { x: 100, y: 20 }, size, 5)).toBe(-1)
  })
})
