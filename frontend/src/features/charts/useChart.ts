import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import { isMine, type ChartFilter } from './chartFilter'

const DRAWER_LENGTH = 20

/** A chart's numbers for the songs of a filter, or one of one's own; on a wall, asked for again by itself. */
export const useChart = (
  name: () => string,
  filter: () => ChartFilter,
  refreshSeconds: () => number | null = () => null,
) =>
  useQuery({
    queryKey: computed(() =>
      isMine(name()) ? [...keys.listening, name()] : [...keys.charts, name(), filter()],
    ),
    queryFn: ({ signal }) => {
      const path = { name: name() }
      return ask(
        isMine(path.name)
          ? api.GET('/api/me/listening/{name}', { params: { path }, signal })
          : api.GET('/api/charts/{name}', { params: { path, query: filter() }, signal }),
      )
    },
    placeholderData: keepPreviousData,
    // Never watched inside: a hundred thousand points would each be wrapped.
    shallow: true,
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
