import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

export const GROUPS = ['songs', 'artists', 'albums', 'lyrics'] as const
export type Group = (typeof GROUPS)[number]

/** What a query finds; the answer to the one before stays until this one's is there. */
export const useSearch = (q: () => string, limit: number, enabled: () => boolean = () => true) =>
  useQuery({
    queryKey: computed(() => [...keys.search, q(), limit]),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/search', { params: { query: { q: q(), limit } }, signal })),
    placeholderData: keepPreviousData,
    enabled: () => enabled() && q() !== '',
    staleTime: 60_000,
  })

/** Whether anything was found in any group. */
export const isNothing = (found: Record<Group, readonly unknown[]>): boolean =>
  GROUPS.every((group) => found[group].length === 0)
