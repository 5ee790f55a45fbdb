import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { CrawlOrder, Job } from '@/api/types'
import { useToasts } from '@/stores/toasts'

const LIVE_EVERY = 1_000
const IDLE_EVERY = 10_000

/** Whether a job still waits or runs. */
export const isLive = (job: Pick<Job, 'state'>): boolean =>
  job.state === 'queued' || job.state === 'running'

/** Crawls and imports, newest first; asked for often while one is under way. */
export const useJobs = (page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.jobs, 'page', page()]),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/admin/jobs', { params: { query: { page: page(), per_page: 10 } }, signal }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isLive) ? LIVE_EVERY : IDLE_EVERY),
  })

/** One job with the end of its log, live while it is. */
export const useJob = (id: () => number) =>
  useQuery({
    queryKey: computed(() => keys.job(id())),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/admin/jobs/{job_id}', { params: { path: { job_id: id() } }, signal })),
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? LIVE_EVERY : false),
  })

/** Start a crawl, stop a job, import a file. */
export function useJobDeeds() {
  const queryClient = useQueryClient()
  const toasts = useToasts()
  const { t } = useI18n()
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.jobs })
  const tell = (key: string) => () => toasts.show({ tone: 'ok', text: t(key) })

  const start = useMutation({
    mutationFn: (body: CrawlOrder) => ask(api.POST('/api/admin/crawls', { body })),
    onSuccess: tell('crawls.start.started'),
    onSettled: refresh,
  })
  const stop = useMutation({
    mutationFn: (id: number) =>
      ask(api.POST('/api/admin/jobs/{job_id}/stop', { params: { path: { job_id: id } } })),
    onSuccess: tell('crawls.now.stopped'),
    onSettled: refresh,
  })
  const send = useMutation({
    mutationFn: ({ file, kind }: { file: File; kind: 'plays' | 'ratings' | null }) => {
      const form = new FormData()
      form.append('file', file)
      if (kind) form.append('kind', kind)
      return ask(
        api.POST('/api/admin/imports', {
          body: { file: file.name, kind },
          bodySerializer: () => form,
        }),
      )
    },
    onSuccess: tell('crawls.import.sent'),
    onSettled: refresh,
  })
  return { start, stop, send }
}
