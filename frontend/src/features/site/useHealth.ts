import { useQuery } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

const EVERY = 15_000

/** How the site is doing, asked again while somebody looks. */
export const useHealth = () =>
  useQuery({
    queryKey: keys.health,
    queryFn: ({ signal }) => ask(api.GET('/api/admin/health', { signal })),
    refetchInterval: EVERY,
  })
