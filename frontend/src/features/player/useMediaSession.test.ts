import { afterEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { usePlayer } from '@/stores/player'
import { song } from '@test/fixtures'
import { withSetup } from '@test/render'
import { useMediaSession } from './useMediaSession'

afterEach(() => Reflect.deleteProperty(navigator, 'mediaSession'))

class Metadata {
  constructor(readonly said: MediaMetadataInit) {}
}

/** A browser's media keys, and a player that follows them. */
function keys() {
  const handlers = new Map<string, MediaSessionActionHandler | null>()
  const setPositionState = vi.fn()
  const mediaSession = {
    metadata: null as Metadata | null,
    playbackState: 'none',
    setActionHandler: (action: string, run: MediaSessionActionHandler | null) =>
      handlers.set(action, run),
    setPositionState,
  }
  vi.stubGlobal('MediaMetadata', Metadata)
  Object.defineProperty(navigator, 'mediaSession', { value: mediaSession, configurable: true })
  const { result, unmount } = withSetup(() => {
    useMediaSession()
    return usePlayer()
  })
  const press = async (action: MediaSessionAction, details = {}) => {
    handlers.get(action)?.({ action, ...details })
    await nextTick()
  }
  return { player: result, mediaSession, setPositionState, handlers, press, unmount }
}

it('says what is heard', async () => {
  const { player, mediaSession, setPositionState } = keys()
  expect(mediaSession.metadata).toBeNull()
  player.playAll([song(1), song(2)])
  player.seek(12)
  await nextTick()
  expect(mediaSession.metadata?.said).toEqual({ title: '歌1', artist: '歌手1', album: '专辑1' })
  expect(mediaSession.playbackState).toBe('playing')
  expect(setPositionState).toHaveBeenLastCalledWith(expect.objectContaining({ position: 12 }))
  player.next()
  await nextTick()
  expect(mediaSession.metadata?.said.title).toBe('歌2')
})

it('does what the media keys ask', async () => {
  const { player, mediaSession, press } = keys()
  player.playAll([song(1), song(2)])
  await press('pause')
  expect(player.wanted).toBe(false)
  expect(mediaSession.playbackState).toBe('paused')
  await press('play')
  expect(player.wanted).toBe(true)
  await press('nexttrack')
  expect(player.current?.song.id).toBe(2)
  await press('previoustrack')
  expect(player.current?.song.id).toBe(1)
  await press('seekto', { seekTime: 20 })
  expect(player.position).toBe(20)
  await press('seekbackward', {})
  expect(player.position).toBe(15)
  await press('seekforward', { seekOffset: 7 })
  expect(player.position).toBe(22)
})

it('leaves the keys to others when it goes', () => {
  const { player, handlers, mediaSession, unmount } = keys()
  player.playAll([song(1)])
  unmount()
  expect([...handlers.values()].every((run) => run === null)).toBe(true)
  expect(mediaSession.metadata).toBeNull()
})
