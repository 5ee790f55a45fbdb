import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Song } from '@/api/types'

export type QueuedSong = Pick<Song, 'id' | 'title' | 'artists' | 'album' | 'cover' | 'audio'>
export interface Entry {
  /** One place in the queue: the same song may stand in it twice. */
  key: number
  song: QueuedSong
  rowId: string | null
}
export type Repeat = 'off' | 'all' | 'one'

const STORED = 'huisheng.player'
const MOST = 500
const RESTART_AFTER_S = 3

interface Stored {
  queue: Entry[]
  index: number
  position: number
  repeat: Repeat
  volume: number
  /** The keys in their own order while they are shuffled. */
  unshuffled: number[] | null
}

function restored(): Partial<Stored> {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Stored>
    return Array.isArray(stored.queue) ? stored : {}
  } catch {
    localStorage.removeItem(STORED)
    return {}
  }
}

const kept = ({ id, title, artists, album, cover, audio }: QueuedSong): QueuedSong => ({
  ...{ id, title, artists, album, cover, audio },
})

/** What is played, what comes next, and where in it the listener is; survives a reload. */
export const usePlayer = defineStore('player', () => {
  const stored = restored()
  const queue = ref<Entry[]>(stored.queue ?? [])
  const index = ref(Math.min(stored.index ?? 0, Math.max(queue.value.length - 1, 0)))
  const position = ref(stored.position ?? 0)
  const repeat = ref<Repeat>(stored.repeat ?? 'off')
  const volume = ref(stored.volume ?? 1)
  const unshuffled = ref<number[] | null>(stored.unshuffled ?? null)
  /** Whether the listener wants to hear it; the sound follows. */
  const wanted = ref(false)
  const state = ref<'idle' | 'making' | 'loading' | 'ready' | 'failed'>('idle')
  /** Counts up when somebody asks for a place in the song. */
  const asked = ref({ seconds: 0, times: 0 })
  let lastKey = Math.max(0, ...queue.value.map(({ key }) => key))

  const current = computed(() => queue.value[index.value] ?? null)
  const shuffled = computed(() => unshuffled.value !== null)
  const isPlaying = (id: number): boolean => wanted.value && current.value?.song.id === id

  const entry = (song: QueuedSong, rowId: string | null): Entry => ({
    ...{ key: ++lastKey, song: kept(song), rowId },
  })

  function start(at: number): void {
    index.value = at
    position.value = 0
    wanted.value = true
  }

  /** Hear this song now, from its beginning or this second; the queue goes on after it. */
  function play(song: QueuedSong, rowId: string | null = null, from = 0): void {
    if (current.value?.song.id === song.id) wanted.value = true
    else {
      const at = queue.value.length ? index.value + 1 : 0
      queue.value.splice(at, 0, entry(song, rowId))
      queue.value.splice(MOST)
      start(at)
    }
    if (from) seek(from)
  }

  /** Hear these songs, in place of the queue. */
  function playAll(songs: readonly QueuedSong[], rowId: string | null = null): void {
    const heard = songs.filter(({ audio }) => audio !== null).slice(0, MOST)
    if (!heard.length) return
    queue.value = heard.map((song) => entry(song, rowId))
    unshuffled.value = null
    start(0)
  }

  function enqueue(song: QueuedSong): void {
    queue.value.push(entry(song, null))
  }

  function toggle(): void {
    if (current.value) wanted.value = !wanted.value
  }

  function seek(seconds: number): void {
    const end = current.value?.song.audio?.seconds ?? 0
    position.value = Math.min(Math.max(seconds, 0), end)
    asked.value = { seconds: position.value, times: asked.value.times + 1 }
  }

  /** The next song; at the end the first when all are repeated, else silence. */
  function next(): void {
    if (index.value + 1 < queue.value.length) start(index.value + 1)
    else if (repeat.value === 'all' && queue.value.length > 1) start(0)
    else {
      wanted.value = repeat.value === 'all' && wanted.value
      seek(0)
    }
  }

  /** What follows when a song has ended by itself. */
  function ended(): void {
    if (repeat.value === 'one') seek(0)
    else next()
  }

  function previous(): void {
    if (position.value > RESTART_AFTER_S || index.value === 0) seek(0)
    else start(index.value - 1)
  }

  function jump(key: number): void {
    const at = queue.value.findIndex((one) => one.key === key)
    if (at === index.value) wanted.value = true
    else if (at >= 0) start(at)
  }

  function move(from: number, to: number): void {
    const playing = current.value?.key
    const [moved] = queue.value.splice(from, 1)
    if (moved) queue.value.splice(to, 0, moved)
    index.value = queue.value.findIndex(({ key }) => key === playing)
  }

  function remove(key: number): void {
    const at = queue.value.findIndex((one) => one.key === key)
    if (at < 0) return
    const wasPlaying = at === index.value
    queue.value.splice(at, 1)
    if (at < index.value) index.value -= 1
    if (!wasPlaying) return
    position.value = 0
    if (index.value >= queue.value.length) {
      index.value = Math.max(queue.value.length - 1, 0)
      wanted.value = false
    }
  }

  function clear(): void {
    queue.value = []
    index.value = 0
    position.value = 0
    wanted.value = false
    unshuffled.value = null
  }

  /** Mix what is still to come; the drawer shows the order that will be heard. */
  function shuffle(): void {
    const playing = current.value
    if (unshuffled.value) {
      const order = new Map(unshuffled.value.map((key, place) => [key, place]))
      queue.value = [...queue.value].sort(
        (a, b) => (order.get(a.key) ?? Infinity) - (order.get(b.key) ?? Infinity),
      )
      unshuffled.value = null
      index.value = queue.value.findIndex(({ key }) => key === playing?.key)
    } else {
      unshuffled.value = queue.value.map(({ key }) => key)
      const rest = queue.value.slice(index.value + 1)
      for (let i = rest.length - 1; i > 0; i -= 1) {
        const j = Math.floor(Math.random() * (i + 1))
        ;[rest[i], rest[j]] = [rest[j] as Entry, rest[i] as Entry]
      }
      queue.value = [...queue.value.slice(0, index.value + 1), ...rest]
    }
  }

  watch(
    [queue, index, () => Math.floor(position.value), repeat, volume, unshuffled],
    () => {
      const now: Stored = {
        ...{ queue: queue.value, index: index.value, position: position.value },
        ...{ repeat: repeat.value, volume: volume.value, unshuffled: unshuffled.value },
      }
      localStorage.setItem(STORED, JSON.stringify(now))
    },
    { deep: true },
  )

  return {
    ...{ queue, index, position, repeat, volume, wanted, state, asked, current, shuffled },
    ...{ isPlaying, play, playAll, enqueue, toggle, seek, next, ended, previous, jump, move },
    ...{ remove, clear, shuffle },
  }
})
