import { expect, it } from 'vitest'
import { item, mine, row, song } from '@test/fixtures'
import { keptSongs, mergeRows, show, type ShownRow } from './mergeRows'

const ids = (rows: ShownRow[]) => rows.map((shown) => shown.slots.map(({ song: { id } }) => id))
const rated = (id: number) =>
  item(id, { song: song(id, { mine: mine({ stars: 5, heart: true }) }) })

it('shows the fresh rows when nothing stood there before', () => {
  expect(ids(mergeRows(undefined, [show(row('rnn', [1, 2, 3, 4]))]))).toEqual([[1, 2, 3, 4]])
})

it('keeps a rated card in its slot and changes only the others', () => {
  const shown = [show(row('rnn', [], { items: [item(1), rated(2), item(3), item(4)] }))]
  const merged = mergeRows(shown, [show(row('rnn', [5, 6, 7, 8]))])
  expect(ids(merged)).toEqual([[5, 2, 6, 7]])
  expect(merged[0]?.slots[1]).toMatchObject({ kept: true, rowId: shown[0]?.row_id })
})

it('keeps the card after its heart is taken back', () => {
  const shown = mergeRows(
    [show(row('rnn', [], { items: [rated(1), item(2), item(3), item(4)] }))],
    [show(row('rnn', [5, 6, 7, 8]))],
  )
  const unhearted = shown.map((shownRow) => ({
    ...shownRow,
    slots: shownRow.slots.map((slot) => ({ ...slot, song: song(slot.song.id) })),
  }))
  expect(keptSongs(unhearted)).toEqual([1])
  expect(ids(mergeRows(unhearted, [show(row('rnn', [9, 10, 11, 12]))]))).toEqual([[1, 9, 10, 11]])
})

it('never shows a kept song a second time, in any row', () => {
  const shown = [
    show(row('rnn', [], { items: [rated(1), item(2), item(3), item(4)] })),
    show(row('usercf', [5, 6, 7, 8])),
  ]
  const fresh = [show(row('rnn', [2, 3, 4, 9])), show(row('usercf', [1, 5, 6, 7]))]
  const places = ids(mergeRows(shown, fresh)).flat()
  expect(places.filter((id) => id === 1)).toHaveLength(1)
})

it('lets a hidden song go, even one that was rated', () => {
  const hidden = item(1, { song: song(1, { mine: mine({ stars: 5, hidden: true }) }) })
  const shown = [show(row('rnn', [], { items: [hidden, item(2), item(3), item(4)] }))]
  expect(ids(mergeRows(shown, [show(row('rnn', [2, 3, 4, 5]))]))).toEqual([[2, 3, 4, 5]])
})

it('prefers a new artist beside a kept card', () => {
  const sameArtist = item(5, { song: song(5, { artists: [{ id: 1, name: '歌手1' }] }) })
  const shown = [show(row('rnn', [], { items: [rated(1), item(2), item(3), item(4)] }))]
  const fresh = show(row('rnn', [], { items: [sameArtist, item(6), item(7), item(8)] }))
  expect(ids(mergeRows(shown, [fresh]))).toEqual([[1, 6, 7, 8]])
})
