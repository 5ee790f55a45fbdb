import { queryOptions, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

/** The slides at the top of the home page: the newest releases. */
export const carouselOptions = () =>
  queryOptions({
    queryKey: keys.carousel,
    queryFn: ({ signal }) => ask(api.GET('/api/home/carousel', { signal })),
  })

export const useCarousel = () => useQuery(carouselOptions())

export const newestOptions = () =>
  queryOptions({
    queryKey: keys.newest,
    queryFn: ({ signal }) => ask(api.GET('/api/home/newest', { signal })),
  })

export const useNewest = () => useQuery(newestOptions())

const pathTo = (song_id: number) => ({ params: { path: { song_id } } })

export const useSong = (id: () => number) =>
  useQuery({
    queryKey: computed(() => keys.song(id())),
    queryFn: ({ signal }) => ask(api.GET('/api/songs/{song_id}', { ...pathTo(id()), signal })),
  })

export const useLyrics = (id: () => number, enabled: () => boolean = () => true) =>
  useQuery({
    enabled,
    queryKey: computed(() => keys.lyrics(id())),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/songs/{song_id}/lyrics', { ...pathTo(id()), signal })),
  })
