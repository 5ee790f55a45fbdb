import { useQuery } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

/** What this installation is: its size, and whether it is the demo library. */
export const useSite = () =>
  useQuery({
    queryKey: keys.site,
    queryFn: ({ signal }) => ask(api.GET('/api/site', { signal })),
  })
