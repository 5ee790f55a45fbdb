import { onScopeDispose, watch } from 'vue'
import { api } from '@/api/client'
import { toProblem } from '@/api/problem'
import { usePlayer, type Entry } from '@/stores/player'

/** A tune takes a second or two. */
const AGAIN_MS = 700
const COUNTS_AFTER_S = 30
/** A longer step between two reports is a seek, not listening. */
const STEP_S = 2

/** Ask until the tune is there; the demo makes it when it is first wanted. */
async function prepare(entry: Entry, signal: AbortSignal, onMaking: () => void): Promise<void> {
  const path = { song_id: entry.song.id }
  for (;;) {
    const { response, error } = await api.GET('/api/songs/{song_id}/audio', {
      params: { path },
      headers: { Range: 'bytes=0-0' },
      // One byte, or the word that it is being made.
      parseAs: 'blob',
      cache: 'no-store',
      signal,
    })
    if (!response.ok) throw toProblem(response, error)
    if (response.status !== 202) return
    onMaking()
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    signal.throwIfAborted()
  }
}

/**
 * The sound behind the player's state: one audio element follows what is wanted.
 * `onHeard` is told once when a song was heard for 30 s or half of it.
 */
export function useAudio(
  onHeard: (entry: Entry, seconds: number) => void,
  onFailed: (entry: Entry, error: unknown) => void,
): void {
  const player = usePlayer()
  const audio = new Audio()
  audio.preload = 'auto'
  let loaded: Entry | null = null
  let loading: AbortController | null = null
  let listened = 0
  let counted = false
  let last = 0

  function recount(): void {
    listened = 0
    counted = false
    last = audio.currentTime
  }

  async function sound(): Promise<void> {
    try {
      await audio.play()
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      // The browser wants a click first; a newer song ends an older one's start.
      if (error.name === 'NotAllowedError') player.wanted = false
      else if (error.name !== 'AbortError') fail(error)
    }
  }

  function fail(error: unknown): void {
    player.state = 'failed'
    player.wanted = false
    const failed = loaded
    loaded = null
    if (failed) onFailed(failed, error)
  }

  async function load(entry: Entry): Promise<void> {
    const controller = (loading = new AbortController())
    loaded = entry
    player.state = 'loading'
    try {
      await prepare(entry, controller.signal, () => (player.state = 'making'))
    } catch (error) {
      if (!controller.signal.aborted) fail(error)
      return
    }
    if (controller.signal.aborted) return
    audio.src = entry.song.audio?.url ?? ''
    audio.currentTime = player.position
    recount()
    player.state = 'ready'
    if (player.wanted) await sound()
  }

  function silence(): void {
    loading?.abort()
    loaded = null
    audio.pause()
    audio.removeAttribute('src')
    audio.load()
    player.state = 'idle'
  }

  watch(
    [() => player.current?.key, () => player.wanted],
    ([key]) => {
      if (loaded && loaded.key !== key) silence()
      if (!player.current) return
      if (!player.wanted) audio.pause()
      else if (!loaded) void load(player.current)
      else if (player.state === 'ready') void sound()
    },
    { immediate: true },
  )
  watch(
    () => player.asked.times,
    () => {
      if (player.state !== 'ready') return
      audio.currentTime = player.position
      last = player.position
      if (player.position === 0) recount()
      if (player.wanted) void sound()
    },
  )
  watch(
    () => player.volume,
    (volume) => (audio.volume = volume),
    { immediate: true },
  )

  const events: Partial<Record<keyof HTMLMediaElementEventMap, () => void>> = {
    timeupdate() {
      if (!loaded || player.state !== 'ready') return
      const step = audio.currentTime - last
      last = audio.currentTime
      player.position = last
      if (step > 0 && step < STEP_S) listened += step
      const enough = Math.min(COUNTS_AFTER_S, (loaded.song.audio?.seconds ?? Infinity) / 2)
      if (counted || listened < enough) return
      counted = true
      onHeard(loaded, Math.round(listened))
    },
    ended: () => {
      recount()
      player.ended()
    },
    error: () => loaded && audio.hasAttribute('src') && fail(audio.error),
    // Headphones and the system pause too.
    pause: () => {
      if (player.state === 'ready' && !audio.ended && loaded) player.wanted = false
    },
    play: () => (player.wanted = true),
  }
  for (const [name, run] of Object.entries(events)) audio.addEventListener(name, run)
  onScopeDispose(silence)
}
