import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

const PER_PAGE = 24

export const useArtist = (id: () => number) =>
  useQuery({
    queryKey: computed(() => keys.artist(id())),
    queryFn: ({ signal }) => {
      const path = { artist_id: id() }
      return ask(api.GET('/api/artists/{artist_id}', { params: { path }, signal }))
    },
  })

export const useAlbum = (id: () => number) =>
  useQuery({
    queryKey: computed(() => keys.album(id())),
    queryFn: ({ signal }) => {
      const path = { album_id: id() }
      return ask(api.GET('/api/albums/{album_id}', { params: { path }, signal }))
    },
  })

/** The songs of an artist or an album, hottest first, as one growing list. */
export const useSongsOf = (owner: () => { artist_id: number } | { album_id: number }) =>
  useInfiniteQuery({
    queryKey: computed(() => [...keys.songs, 'of', owner()]),
    queryFn: ({ pageParam, signal }) => {
      const query = { ...owner(), sort: 'heat' as const, page: pageParam, per_page: PER_PAGE }
      return ask(api.GET('/api/songs', { params: { query }, signal }))
    },
    initialPageParam: 1,
    getNextPageParam: ({ page, per_page, total }) => (page * per_page < total ? page + 1 : null),
  })

/** What everybody hears, for those whose search found nothing. */
export const usePopular = (enabled: () => boolean) =>
  useQuery({
    queryKey: [...keys.songs, 'popular'],
    queryFn: ({ signal }) => {
      const query = { sort: 'heat' as const, per_page: 4 }
      return ask(api.GET('/api/songs', { params: { query }, signal }))
    },
    enabled,
  })
