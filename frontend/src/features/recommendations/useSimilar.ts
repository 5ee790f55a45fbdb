import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

/** Songs near one song, with the reason of each. */
export const useSimilar = (id: () => number) =>
  useQuery({
    queryKey: computed(() => keys.similar(id())),
    queryFn: ({ signal }) => {
      const params = { path: { song_id: id() } }
      return ask(api.GET('/api/songs/{song_id}/similar', { params, signal }))
    },
  })
