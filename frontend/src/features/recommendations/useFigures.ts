import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Measured } from '@/api/types'

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

/** Let a kept version serve, an older one included. */
export function usePromotion() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ algorithm, version }: Pick<Measured, 'algorithm' | 'version'>) =>
      ask(
        api.PUT('/api/models/{algorithm}/serving', {
          params: { path: { algorithm } },
          body: { version },
        }),
      ),
    onSettled: () =>
      Promise.all(
        [keys.models, keys.figures, ['rows']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  })
}
