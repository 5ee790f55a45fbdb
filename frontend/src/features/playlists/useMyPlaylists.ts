import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Song } from '@/api/types'
import { useProblemText } from '@/i18n/problemText'
import { useToasts } from '@/stores/toasts'

const PER_PAGE = 100

export const useMyPlaylists = (enabled: () => boolean) =>
  useQuery({
    queryKey: keys.myPlaylists,
    enabled,
    queryFn: ({ signal }) => ask(api.GET('/api/me/playlists', { signal })),
  })

/** Every song of an own list: to be put in order it must be known whole. */
export const useOwnSongs = (id: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.playlist(id()), 'own']),
    queryFn: async ({ signal }) => {
      const songs: Song[] = []
      for (let page = 1; ; page += 1) {
        const params = { path: { playlist_id: id() }, query: { page, per_page: PER_PAGE } }
        const found = await ask(api.GET('/api/playlists/{playlist_id}', { params, signal }))
        songs.push(...found.songs.items)
        if (songs.length >= found.songs.total || !found.songs.items.length) return songs
      }
    },
  })

interface NewList {
  title: string
  description: string | null
  song_ids: number[]
}

/** Make, name, fill, order, remove and take in own lists; a refusal is told in a toast. */
export function useListChanges() {
  const queryClient = useQueryClient()
  const toasts = useToasts()
  const { t } = useI18n()
  const { problemText } = useProblemText()

  const list = (playlist_id: number) => ({ params: { path: { playlist_id } } })
  const place = (playlist_id: number, song_id: number) => ({
    params: { path: { playlist_id, song_id } },
  })

  function change<Given, Answer>(send: (given: Given) => Promise<Answer>) {
    return useMutation({
      mutationFn: send,
      onSettled: async () => {
        await queryClient.invalidateQueries({ queryKey: keys.myPlaylists })
        await queryClient.invalidateQueries({ queryKey: ['playlist'] })
      },
      onError: (error) => toasts.show({ tone: 'error', text: problemText(error) }),
    })
  }

  const create = change((body: NewList) => ask(api.POST('/api/me/playlists', { body })))
  const rename = change(
    ({ id, ...body }: { id: number; title: string; description: string | null }) =>
      ask(api.PUT('/api/me/playlists/{playlist_id}', { ...list(id), body })),
  )
  const addSong = change(({ id, songId }: { id: number; songId: number }) =>
    ask(api.PUT('/api/me/playlists/{playlist_id}/songs/{song_id}', place(id, songId))),
  )
  const removeSong = change(({ id, songId }: { id: number; songId: number }) =>
    ask(api.DELETE('/api/me/playlists/{playlist_id}/songs/{song_id}', place(id, songId))),
  )
  const order = change(({ id, song_ids }: { id: number; song_ids: number[] }) =>
    ask(api.PUT('/api/me/playlists/{playlist_id}/order', { ...list(id), body: { song_ids } })),
  )
  const takeIn = change((text: string) =>
    ask(api.POST('/api/me/playlists/import', { body: { text, title: null } })),
  )
  const removal = change((id: number) =>
    ask(api.DELETE('/api/me/playlists/{playlist_id}', list(id))),
  )

  /** Remove a list and say whether it is gone; the toast brings it back. */
  async function remove(id: number): Promise<boolean> {
    const was = await removal.mutateAsync(id).catch(() => null)
    if (!was) return false
    const undo = { label: t('ui.undo'), run: () => create.mutate(was) }
    toasts.show({
      tone: 'ok',
      text: t('playlists.own.removed', { title: was.title }),
      action: undo,
    })
    return true
  }

  return { create, rename, addSong, removeSong, order, takeIn, remove }
}
