import { ref } from 'vue'
import { expect, it } from 'vitest'
import { song } from '@test/fixtures'
import { withSetup } from '@test/render'
import type { Lyrics } from '@/api/types'
import { usePlayer } from '@/stores/player'
import { lineAt, usePlace } from './useCurrentLine'

const lines = [1000, 2500, 4000].map((ms) => ({ ms, text: `${ms}`, translation: null }))

it.each([
  [0, -1],
  [999, -1],
  [1000, 0],
  [2499, 0],
  [2500, 1],
  [90_000, 2],
])('at %i ms line %i is sung', (ms, place) => expect(lineAt(lines, ms)).toBe(place))

it('knows no place in words without stamps', () => {
  expect(lineAt([{ ms: null }, { ms: null }], 5000)).toBe(-1)
})

it("never marks a line of another song's words", () => {
  const lyrics = ref<Lyrics | undefined>({ song_id: 1, kind: 'lrc', lines, source: 'demo' })
  const { result } = withSetup(() => ({ player: usePlayer(), place: usePlace(lyrics) }))
  result.player.play(song(1))
  result.player.seek(3)
  expect(result.place.value).toBe(1)
  result.player.play(song(2))
  result.player.seek(3)
  expect(result.place.value).toBe(-1)
})
