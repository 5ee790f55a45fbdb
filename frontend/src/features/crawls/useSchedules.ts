import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { CrawlOrder } from '@/api/types'
import { useToasts } from '@/stores/toasts'

/** The sources of crawls, and what each still needs. */
export const useSources = () =>
  useQuery({
    queryKey: keys.sources,
    queryFn: ({ signal }) => ask(api.GET('/api/admin/crawls/sources', { signal })),
  })

/** Crawls that come again and again. */
export const useSchedules = () =>
  useQuery({
    queryKey: keys.schedules,
    queryFn: ({ signal }) => ask(api.GET('/api/admin/schedules', { signal })),
    refetchInterval: 60_000,
  })

/** Add, pause and remove schedules. */
export function useScheduleDeeds() {
  const queryClient = useQueryClient()
  const toasts = useToasts()
  const { t } = useI18n()
  const onSettled = () => queryClient.invalidateQueries({ queryKey: keys.schedules })
  const onError = () => toasts.show({ tone: 'error', text: t('problems.unexpected') })

  const add = useMutation({
    mutationFn: (body: CrawlOrder & { cron: string }) =>
      ask(api.POST('/api/admin/schedules', { body })),
    onSettled,
  })
  const turn = useMutation({
    mutationFn: ({ id, enabled }: { id: number; enabled: boolean }) =>
      ask(
        api.PATCH('/api/admin/schedules/{schedule_id}', {
          params: { path: { schedule_id: id } },
          body: { enabled },
        }),
      ),
    onError,
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: number) =>
      ask(
        api.DELETE('/api/admin/schedules/{schedule_id}', {
          params: { path: { schedule_id: id } },
        }),
      ),
    onSuccess: () => toasts.show({ tone: 'ok', text: t('crawls.schedules.removed') }),
    onError,
    onSettled,
  })
  return { add, turn, remove }
}
