import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

/** What became of the cards shown in the last days, by recommender and day. */
export const useCardsReport = (days: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.cardsReport, days()]),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/impressions/report', { params: { query: { days: days() } }, signal })),
    placeholderData: keepPreviousData,
  })
