import type { CrawlOrder, CrawlSource } from '@/api/types'

/** Seeds that stand for themselves. */
const NEEDS_NOTHING = ['toplist', 'none']
export const needsValue = (seed: string): boolean => !NEEDS_NOTHING.includes(seed)

/** What stands in the form, as it was typed. */
export interface CrawlForm {
  seed: string
  value: string
  limit: string
  delay: string
  /** Kinds that are left out. */
  left: Record<string, boolean>
}

/** What is wrong with the form, by field. */
export type Complaints = Partial<Record<'value' | 'limit' | 'delay', true>>

const isWhole = (text: string): boolean => /^[1-9]\d{0,6}$/.test(text)
const isSeconds = (text: string): boolean => /^\d+(\.\d+)?$/.test(text) && Number(text) <= 3_600

/** Turn the form into an order, or say which fields cannot be understood. */
export function crawlOrder(
  source: CrawlSource,
  form: CrawlForm,
): { order: CrawlOrder; complaints: null } | { order: null; complaints: Complaints } {
  const [value, limit, delay] = [form.value.trim(), form.limit.trim(), form.delay.trim()]
  const complaints: Complaints = {}
  if (needsValue(form.seed) && !value) complaints.value = true
  if (limit && !isWhole(limit)) complaints.limit = true
  if (delay && !isSeconds(delay)) complaints.delay = true
  if (Object.keys(complaints).length) return { order: null, complaints }
  const kinds = source.kinds.filter((kind) => !form.left[kind])
  const seed = needsValue(form.seed) ? `${form.seed}:${value}` : form.seed
  return {
    order: {
      source: source.name,
      seeds: form.seed === 'none' ? [] : [seed],
      limit: limit ? Number(limit) : null,
      kinds: kinds.length === source.kinds.length ? [] : ['song', ...kinds],
      delay: delay ? Number(delay) : null,
    },
    complaints: null,
  }
}
