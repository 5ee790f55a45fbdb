import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

const PER_PAGE = 24

/** The page in the address: what it says is what is shown. */
export function usePageInAddress() {
  const route = useRoute()
  const router = useRouter()
  const page = computed({
    get: () => Math.max(1, Math.floor(Number(route.query.page)) || 1),
    set: (next) => void router.push({ query: next > 1 ? { page: String(next) } : {} }),
  })
  return page
}

export const usePlaylists = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.playlists, page()]),
    queryFn: ({ signal }) => {
      const query = { page: page(), per_page: PER_PAGE }
      return ask(api.GET('/api/playlists', { params: { query }, signal }))
    },
    placeholderData: keepPreviousData,
  })

export const usePlaylist = (id: () => number, page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.playlist(id()), page()]),
    queryFn: ({ signal }) => {
      const query = { page: page(), per_page: PER_PAGE }
      const path = { playlist_id: id() }
      return ask(api.GET('/api/playlists/{playlist_id}', { params: { path, query }, signal }))
    },
    placeholderData: keepPreviousData,
  })
