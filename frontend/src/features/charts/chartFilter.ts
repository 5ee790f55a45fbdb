import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Which songs the charts speak of; it lives in the address, so that it can be shared. */
export interface ChartFilter {
  genre?: string
  language?: string
  year_from?: number
  year_to?: number
  artist?: number
  album?: number
  copyright?: string
  original?: string
  source?: string
}
export type FilterKey = keyof ChartFilter

export const UNKNOWN = 'unknown'
/** Whether a chart speaks of the listener alone. */
export const isMine = (name: string): boolean => name.startsWith('my-')
const NUMBERS: readonly FilterKey[] = ['year_from', 'year_to', 'artist', 'album']
const TEXTS: readonly FilterKey[] = ['genre', 'language', 'copyright', 'original', 'source']

export function useChartFilter() {
  const route = useRoute()
  const router = useRouter()

  const filter = computed((): ChartFilter => {
    const found: Record<string, string | number> = {}
    for (const key of [...NUMBERS, ...TEXTS]) {
      const value = route.query[key]
      if (typeof value !== 'string' || !value) continue
      if (!NUMBERS.includes(key)) found[key] = value
      else if (/^\d+$/.test(value)) found[key] = Number(value)
    }
    return found
  })

  function go(next: ChartFilter): void {
    const others = Object.entries(route.query).filter(
      ([key]) => ![...NUMBERS, ...TEXTS].includes(key as FilterKey),
    )
    const query = { ...Object.fromEntries(others), ...next }
    void router.push({ query: query as Record<string, string> })
  }

  return {
    filter,
    /** Add facts to the filter; one that stands already is taken out again. */
    choose(facts: ChartFilter): void {
      const held = filter.value
      const stands = Object.entries(facts).every(([key, value]) => held[key as FilterKey] === value)
      go(stands ? without(held, Object.keys(facts) as FilterKey[]) : { ...held, ...facts })
    },
    drop: (...gone: FilterKey[]) => go(without(filter.value, gone)),
    clear: () => go({}),
  }
}

function without(held: ChartFilter, gone: readonly FilterKey[]): ChartFilter {
  return Object.fromEntries(
    Object.entries(held).filter(([key]) => !gone.includes(key as FilterKey)),
  ) as ChartFilter
}
