import { onScopeDispose, watchEffect } from 'vue'
import { usePlayer } from '@/stores/player'

/** Media keys, headphones and the lock screen, where the browser knows them. */
export function useMediaSession(): void {
  if (!('mediaSession' in navigator)) return
  const player = usePlayer()
  const { mediaSession } = navigator

  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => (player.wanted = true),
    pause: () => (player.wanted = false),
    previoustrack: player.previous,
    nexttrack: player.next,
    seekto: ({ seekTime }) => seekTime !== undefined && player.seek(seekTime),
    seekbackward: ({ seekOffset }) => player.seek(player.position - (seekOffset ?? 5)),
    seekforward: ({ seekOffset }) => player.seek(player.position + (seekOffset ?? 5)),
  }
  const actions = Object.entries(handlers) as [MediaSessionAction, MediaSessionActionHandler][]
  for (const [action, handler] of actions) mediaSession.setActionHandler(action, handler)

  watchEffect(() => {
    const song = player.current?.song
    mediaSession.playbackState = player.wanted ? 'playing' : song ? 'paused' : 'none'
    mediaSession.metadata = song
      ? new MediaMetadata({
          title: song.title,
          artist: song.artists.map(({ name }) => name).join(' / '),
          album: song.album?.title ?? '',
        })
      : null
  })
  watchEffect(() => {
    const duration = player.current?.song.audio?.seconds
    if (!duration) return
    mediaSession.setPositionState({ duration, position: Math.min(player.position, duration) })
  })
  onScopeDispose(() => {
    for (const [action] of actions) mediaSession.setActionHandler(action, null)
    mediaSession.metadata = null
  })
}
