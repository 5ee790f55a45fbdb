import { computed, type Ref } from 'vue'
import type { Lyrics } from '@/api/types'
import { usePlayer } from '@/stores/player'
import { useLyrics } from './useSongs'

/** The place of the line that is sung at `ms`; -1 before the first and without stamps. */
export function lineAt(lines: readonly { ms: number | null }[], ms: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    const stamp = lines[middle]?.ms
    if (stamp === null || stamp === undefined) return -1
    if (stamp <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Which line of these lyrics is sung now; -1 when they are not of what is played. */
export function usePlace(lyrics: Ref<Lyrics | undefined>): Ref<number> {
  const player = usePlayer()
  return computed(() => {
    const shown = lyrics.value
    if (!shown || shown.song_id !== player.current?.song.id) return -1
    return lineAt(shown.lines, player.position * 1000)
  })
}

/** The line that is sung now, empty between songs: never the song's before. */
export function useCurrentLine() {
  const player = usePlayer()
  const { data: lyrics } = useLyrics(
    () => player.current?.song.id ?? 0,
    () => player.current !== null,
  )
  const place = usePlace(lyrics)
  const line = computed(() => lyrics.value?.lines[place.value]?.text ?? '')
  return { line }
}
