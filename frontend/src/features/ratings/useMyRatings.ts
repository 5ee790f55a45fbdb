import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

const PER_PAGE = 20
const paging = (page: number) => ({ params: { query: { page, per_page: PER_PAGE } } })

/** The songs I rated, latest first. */
export const useMyRatings = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.ratings, page()]),
    queryFn: ({ signal }) => ask(api.GET('/api/me/ratings', { ...paging(page()), signal })),
    placeholderData: keepPreviousData,
  })

/** The songs I do not want to be shown. */
export const useMyHidden = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.hidden, page()]),
    queryFn: ({ signal }) => ask(api.GET('/api/me/hidden', { ...paging(page()), signal })),
    placeholderData: keepPreviousData,
  })
