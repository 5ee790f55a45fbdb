import { useI18n } from 'vue-i18n'
import type { Job } from '@/api/types'

/** What the server calls a reason, and the message that words it. */
const REASONS: Record<string, string> = {
  'no JSON': 'noJson',
  'log-in wanted': 'login',
  'robots.txt forbids it': 'robots',
  'not what it should be': 'odd',
  'no id': 'noId',
  DownloadTimeoutError: 'timeout',
  DownloadCancelledError: 'oversize',
  DownloadConnectionRefusedError: 'connection',
  DownloadFailedError: 'connection',
  ResponseDataLossError: 'connection',
}

/** Jobs in the reader's language. */
export function useJobWords() {
  const { t, te } = useI18n()

  const seed = (text: string): string => {
    const [kind = '', ...rest] = text.split(':')
    const name = te(`crawls.seed.${kind}`) ? t(`crawls.seed.${kind}`) : kind
    return rest.length ? `${name} ${rest.join(':')}` : name
  }

  const source = (name: string): string =>
    te(`crawls.source.${name}`) ? t(`crawls.source.${name}`) : name

  const what = (job: Job): string =>
    job.kind === 'import'
      ? t('crawls.history.import', { file: job.subject })
      : t('crawls.history.crawl', { source: source(job.subject) })

  /** Why a job did not reach its end; empty when it did, or goes on. */
  function failure(job: Job): string {
    if (!['failed', 'refused', 'lost', 'cancelled'].includes(job.state)) return ''
    const key = `crawls.problem.${job.problem ?? ''}`
    if (job.problem && te(key)) return t(key)
    const unknown = job.state === 'cancelled' ? 'unknownCancelled' : 'unknown'
    return job.error ? t(`crawls.problem.${unknown}`, { error: job.error }) : ''
  }

  function reason(text: string): string {
    const known = REASONS[text]
    if (known) return t(`crawls.reason.${known}`)
    const [first = '', second = ''] = text.split(' ')
    if (first === 'status') return t('crawls.reason.status', { status: second })
    if (first === 'code') return t('crawls.reason.code', { code: second })
    return text.endsWith(' incomplete') ? t('crawls.reason.incomplete') : text
  }

  return { seed, source, what, failure, reason }
}
