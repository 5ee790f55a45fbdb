import type { MoodMap } from '@/api/types'

/** Every placed song: its id, and where it stands from -1 to 1. */
export interface Points {
  ids: Float64Array
  valence: Float32Array
  arousal: Float32Array
  /** Bits: see HEARD to PLAYABLE. */
  told: Uint8Array
}

export const HEARD = 1
export const READ = 2
export const TALKED_OF = 4
export const PLAYABLE = 8
const SCALE = 10_000

/** All, those whose sound was heard, or those placed by words alone. */
export const TOLD = ['all', 'heard', 'words'] as const
export type Told = (typeof TOLD)[number]

function bytes(packed: string): DataView {
  const text = atob(packed)
  const found = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) found[at] = text.charCodeAt(at)
  return new DataView(found.buffer)
}

/** Unpack the columns of the server's answer. */
export function unpack({ columns, shown }: MoodMap): Points {
  const steps = bytes(columns.id_steps)
  const [across, up] = [bytes(columns.valence), bytes(columns.arousal)]
  const ids = new Float64Array(shown)
  const valence = new Float32Array(shown)
  const arousal = new Float32Array(shown)
  let id = 0
  for (let at = 0; at < shown; at += 1) {
    id += steps.getUint32(at * 4, true)
    ids[at] = id
    valence[at] = across.getInt16(at * 2, true) / SCALE
    arousal[at] = up.getInt16(at * 2, true) / SCALE
  }
  return { ids, valence, arousal, told: new Uint8Array(bytes(columns.told).buffer) }
}

/** The points that are asked for. */
export function sift(points: Points, told: Told, playable: boolean): Points {
  const mask = playable ? PLAYABLE : 0
  const kept: number[] = []
  points.told.forEach((bits, at) => {
    const isHeard = (bits & HEARD) !== 0
    const fits = told === 'all' || isHeard === (told === 'heard')
    if (fits && (bits & mask) === mask) kept.push(at)
  })
  if (kept.length === points.ids.length) return points
  return {
    ids: Float64Array.from(kept, (at) => points.ids[at] ?? 0),
    valence: Float32Array.from(kept, (at) => points.valence[at] ?? 0),
    arousal: Float32Array.from(kept, (at) => points.arousal[at] ?? 0),
    told: Uint8Array.from(kept, (at) => points.told[at] ?? 0),
  }
}
