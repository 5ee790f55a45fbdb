import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { ChartFilter, FilterKey } from './chartFilter'

const CHARTS = { artist: 'artist-heat', album: 'album-heat' } as const

/** Names of the artist and album a filter asks for: their charts name them. */
export function useFilterNames(filter: Ref<ChartFilter>) {
  const nameOf = (key: 'artist' | 'album') =>
    useQuery({
      queryKey: computed(() => [...keys.charts, 'name', key, filter.value[key]]),
      queryFn: async ({ signal }) => {
        const id = filter.value[key]
        const params = { path: { name: CHARTS[key] }, query: { [key]: id } }
        const { rows } = await ask(api.GET('/api/charts/{name}', { params, signal }))
        return String(rows.find((row) => row.id === id)?.label ?? id)
      },
      enabled: computed(() => filter.value[key] !== undefined),
      staleTime: Infinity,
    })
  const artist = nameOf('artist')
  const album = nameOf('album')
  return computed((): Partial<Record<FilterKey, string>> => ({
    artist: artist.data.value,
    album: album.data.value,
  }))
}
