import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { ChartFilter } from './chartFilter'

const DRAWER_LENGTH = 20

/** A chart's numbers for the songs of a filter; on a wall, asked for again by itself. */
export const useChart = (
  name: () => string,
  filter: () => ChartFilter,
  refreshSeconds: () => number | null = () => null,
) =>
  useQuery({
    queryKey: computed(() => [...keys.charts, name(), filter()]),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/charts/{name}', {
          params: { path: { name: name() }, query: filter() },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: computed(() => (refreshSeconds() ?? 0) * 1000 || false),
  })

/** The songs behind a filter, hottest first. */
export const useChartSongs = (
  filter: () => ChartFilter,
  page: () => number,
  enabled: () => boolean,
) =>
  useQuery({
    queryKey: computed(() => [...keys.charts, 'songs', filter(), page()]),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/charts/songs', {
          params: { query: { ...filter(), page: page(), per_page: DRAWER_LENGTH } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled,
  })
