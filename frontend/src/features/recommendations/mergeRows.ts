import type { Row, RowItem } from '@/api/types'

export type { Algorithm } from '@/api/types'

/** A place in a row: a recommended song, and the row that brought it. */
export interface Slot extends RowItem {
  rowId: string
  /** Rated while on screen: it stays here until reload or 换一批. */
  kept: boolean
}

export interface ShownRow extends Omit<Row, 'items'> {
  slots: Slot[]
  /** How many songs of the ranking 换一批 has passed over. */
  offset: number
}

export const show = (row: Row, offset = 0): ShownRow => {
  const { items, ...rest } = row
  return {
    ...rest,
    offset,
    slots: items.map((item) => ({ ...item, rowId: row.row_id, kept: false })),
  }
}

const isRated = ({ song }: Slot): boolean => (song.mine?.stars ?? 0) > 0
const staysPut = (slot: Slot): boolean => (slot.kept || isRated(slot)) && !slot.song.mine?.hidden

/** Songs that keep their slot, in every row. */
export const keptSongs = (rows: readonly ShownRow[] = []): number[] =>
  rows.flatMap((row) => row.slots.filter(staysPut).map((slot) => slot.song.id))

/** Candidates by an artist who is not in the row yet come first. */
function othersFirst(candidates: Slot[], standing: Slot[]): Slot[] {
  const artists = new Set(standing.flatMap(({ song }) => song.artists.map(({ id }) => id)))
  const repeats = ({ song }: Slot) => song.artists.some(({ id }) => artists.has(id))
  return [...candidates.filter((slot) => !repeats(slot)), ...candidates.filter(repeats)]
}

/** Lay fresh rows over the shown ones: kept cards stay in their slots, only the others change. */
export function mergeRows(shown: readonly ShownRow[] | undefined, fresh: ShownRow[]): ShownRow[] {
  const taken = new Set(keptSongs(shown))
  return fresh.map((row) => {
    const before = shown?.find(({ algorithm }) => algorithm === row.algorithm)?.slots ?? []
    const standing = before.filter(staysPut)
    const spare = othersFirst(
      row.slots.filter(({ song }) => !taken.has(song.id)),
      standing,
    )
    const length = Math.max(row.slots.length, standing.length)
    const slots = Array.from({ length }, (_, place) => {
      const slot = before[place]
      return slot && staysPut(slot) ? { ...slot, kept: true } : spare.shift()
    })
    return { ...row, slots: slots.filter((slot) => slot !== undefined) }
  })
}
