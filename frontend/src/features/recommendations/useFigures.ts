import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

/** What the serving recommenders measured on songs held out by time. */
export const useFigures = () =>
  useQuery({
    queryKey: keys.figures,
    queryFn: ({ signal }) => ask(api.GET('/api/recommendations/figures', { signal })),
  })

/** All trained versions, newest first, page by page. */
export const useModelHistory = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.models, page()]),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/models', { params: { query: { page: page() } }, signal })),
    placeholderData: keepPreviousData,
  })
