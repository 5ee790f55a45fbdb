import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import { patchSong } from '@/api/patchSong'
import { isProblem } from '@/api/problem'
import type { Mine, Rated, Song } from '@/api/types'
import { useLoginPrompt } from '@/stores/loginPrompt'
import { useToasts } from '@/stores/toasts'

interface Change {
  /** What the screen shows until the server answers. */
  guess: Partial<Mine>
  send: (song_id: number) => Promise<Rated>
}

interface Taste {
  /** Last state the server confirmed: what a refusal restores. */
  confirmed: Pick<Song, 'mine' | 'rating'>
  /** Changes sent and not yet answered. */
  pending: number
}

const tastes = new Map<number, Taste>()
/** Stars a song had before its heart, to show at once when the heart is taken back. */
const starsBefore = new Map<number, number>()

/**
 * Heart, stars, hiding and not counting of one song.
 * The screen changes at once in every list; a refusal restores it and says so.
 */
export function useRating(song: () => Song, rowId: () => string | null = () => null) {
  const queryClient = useQueryClient()
  const { t } = useI18n()
  const toasts = useToasts()
  const loginPrompt = useLoginPrompt()

  const path = (song_id: number) => ({ params: { path: { song_id } } })
  const pathAndRow = (song_id: number) => ({
    params: { path: { song_id }, query: { row_id: rowId() ?? undefined } },
  })

  function begin(change: Change): void {
    const { id, mine, rating } = song()
    const taste = tastes.get(id) ?? { confirmed: { mine, rating }, pending: 0 }
    taste.pending += 1
    tastes.set(id, taste)
    if (mine) patchSong(queryClient, id, { mine: { ...mine, ...change.guess } })
  }

  /** Show what the server holds, unless a newer change is still on its way. */
  function settle(id: number, confirmed?: Taste['confirmed']): void {
    const taste = tastes.get(id)
    if (!taste) return
    if (confirmed) taste.confirmed = confirmed
    taste.pending -= 1
    if (taste.pending > 0) return
    patchSong(queryClient, id, taste.confirmed)
    tastes.delete(id)
  }

  const mutation = useMutation({
    scope: { id: 'taste' },
    mutationFn: ({ id, change }: { id: number; change: Change }) => change.send(id),
    onMutate: ({ change }) => begin(change),
    onSuccess: ({ rating, song_id, ...taste }) => {
      const { stars, heart, hidden, uncounted } = taste
      settle(song_id, { mine: { stars, heart, hidden, uncounted }, rating })
      void queryClient.invalidateQueries({ queryKey: keys.homeRows })
      void queryClient.invalidateQueries({ queryKey: keys.me })
      void queryClient.invalidateQueries({ queryKey: keys.ratings, refetchType: 'none' })
      void queryClient.invalidateQueries({ queryKey: keys.hidden, refetchType: 'none' })
    },
    onError: (error, { id }) => {
      settle(id)
      if (isProblem(error) && error.status === 401) return loginPrompt.ask()
      toasts.show({ tone: 'error', text: t('ratings.notSaved') })
    },
  })

  /** Apply a change, or ask a visitor to log in first. Resolves to whether it was saved. */
  async function apply(change: Change): Promise<boolean> {
    if (!song().mine) {
      loginPrompt.ask()
      return false
    }
    return mutation.mutateAsync({ id: song().id, change }).then(
      () => true,
      () => false,
    )
  }

  const rate = (stars: number) =>
    apply({
      guess: { stars, heart: stars === 5 },
      send: (id) =>
        ask(api.PUT('/api/songs/{song_id}/rating', { ...pathAndRow(id), body: { stars } })),
    })

  function setHeart(on: boolean): Promise<boolean> {
    const { id, mine } = song()
    if (on) starsBefore.set(id, mine?.stars ?? 0)
    return apply({
      guess: { heart: on, stars: on ? 5 : (starsBefore.get(id) ?? 0) },
      send: (song_id) =>
        on
          ? ask(api.PUT('/api/songs/{song_id}/heart', pathAndRow(song_id)))
          : ask(api.DELETE('/api/songs/{song_id}/heart', path(song_id))),
    })
  }

  const setUncounted = (uncounted: boolean) =>
    apply({
      guess: { uncounted },
      send: (id) =>
        uncounted
          ? ask(api.PUT('/api/songs/{song_id}/uncounted', path(id)))
          : ask(api.DELETE('/api/songs/{song_id}/uncounted', path(id))),
    })

  const setHidden = (hidden: boolean) =>
    apply({
      guess: { hidden },
      send: (id) =>
        hidden
          ? ask(api.PUT('/api/songs/{song_id}/hidden', path(id)))
          : ask(api.DELETE('/api/songs/{song_id}/hidden', path(id))),
    })

  /** Take the song out of the rows, with a way back in the toast. */
  async function hide(): Promise<void> {
    const { title } = song()
    if (!(await setHidden(true))) return
    toasts.show({
      tone: 'ok',
      text: t('ratings.hidden', { title }),
      action: { label: t('ui.undo'), run: () => void setHidden(false) },
    })
  }

  return { rate, setHeart, setUncounted, setHidden, hide }
}
