import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import { useToasts } from '@/stores/toasts'

/** Comments that were reported, most reports first. */
export const useReported = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.reports, page()]),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/admin/reports', { params: { query: { page: page() } }, signal })),
    placeholderData: keepPreviousData,
  })

/** Labels that people put right, newest first. */
export const useCorrections = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.corrections, page()]),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/admin/corrections', { params: { query: { page: page() } }, signal })),
    placeholderData: keepPreviousData,
  })

/** Remove a reported comment, or let it stand. */
export function useVerdict() {
  const queryClient = useQueryClient()
  const toasts = useToasts()
  const { t } = useI18n()

  return useMutation({
    mutationFn: ({ id, stands }: { id: number; stands: boolean }) => {
      const params = { path: { comment_id: id } }
      return ask(
        stands
          ? api.DELETE('/api/admin/comments/{comment_id}/reports', { params })
          : api.DELETE('/api/admin/comments/{comment_id}', { params }),
      )
    },
    onSuccess: (_answer, { stands }) =>
      toasts.show({ tone: 'ok', text: t(`admin.comments.${stands ? 'dismissed' : 'removed'}`) }),
    onError: () => toasts.show({ tone: 'error', text: t('comments.notSaved') }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.reports }),
        queryClient.invalidateQueries({ queryKey: keys.corrections }),
        queryClient.invalidateQueries({ queryKey: ['comments'] }),
      ]),
  })
}
