import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

export const SORTS = ['newest', 'heat', 'title'] as const
export type Sort = (typeof SORTS)[number]
const PER_PAGE = 24

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const isSort = (value: unknown): value is Sort => SORTS.some((sort) => sort === value)

export interface LibraryFilters {
  q: string
  genre: string
  language: string
  /** A year (1995) or a decade (1990s). */
  year: string
  /** `1` or nothing. */
  audio: string
  lyrics: string
  sort: Sort
}

/** Nothing filtered. */
export const UNFILTERED = { q: '', genre: '', language: '', year: '', audio: '', lyrics: '' }

/** The library's state, kept in the address: what it says is what is shown. */
export function useLibraryState() {
  const route = useRoute()
  const router = useRouter()

  const filters = computed((): LibraryFilters => ({
    q: text(route.query.q),
    genre: text(route.query.genre),
    language: text(route.query.language),
    year: /^(\d{4}|\d{3}0s)$/.test(text(route.query.year)) ? text(route.query.year) : '',
    audio: route.query.audio === '1' ? '1' : '',
    lyrics: route.query.lyrics === '1' ? '1' : '',
    sort: isSort(route.query.sort) ? route.query.sort : 'newest',
  }))
  const page = computed(() => Math.max(1, Math.floor(Number(route.query.page)) || 1))

  /** Filters changed: back to the first page. */
  function filter(change: Partial<LibraryFilters>): void {
    const { sort, ...rest } = { ...filters.value, ...change }
    const query: LocationQueryRaw = sort === 'newest' ? {} : { sort }
    for (const [name, value] of Object.entries(rest)) if (value) query[name] = value
    void router.push({ query })
  }

  function turnTo(next: number): void {
    void router.push({ query: { ...route.query, page: next > 1 ? String(next) : undefined } })
  }

  return { filters, page, filter, turnTo }
}

function fetchSongs({ year, ...given }: LibraryFilters, page: number, signal: AbortSignal) {
  const { q, genre, language, audio, lyrics, sort } = given
  const isDecade = year.endsWith('s')
  const query = {
    q: q || undefined,
    genre: genre || undefined,
    language: language || undefined,
    year: year && !isDecade ? Number(year) : undefined,
    decade: isDecade ? parseInt(year) : undefined,
    has_audio: audio ? true : undefined,
    has_lyrics: lyrics ? true : undefined,
    sort,
    page,
    per_page: PER_PAGE,
  }
  return ask(api.GET('/api/songs', { params: { query }, signal }))
}

/** One page of the library (desktop). */
export const useLibraryPage = (
  filters: () => LibraryFilters,
  page: () => number,
  enabled: () => boolean,
) =>
  useQuery({
    queryKey: computed(() => [...keys.songs, 'page', filters(), page()]),
    queryFn: ({ signal }) => fetchSongs(filters(), page(), signal),
    placeholderData: keepPreviousData,
    enabled,
  })

/** The library as one growing list (phone). */
export const useLibraryList = (filters: () => LibraryFilters, enabled: () => boolean) =>
  useInfiniteQuery({
    queryKey: computed(() => [...keys.songs, 'list', filters()]),
    queryFn: ({ pageParam, signal }) => fetchSongs(filters(), pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: ({ page, per_page, total }) => (page * per_page < total ? page + 1 : null),
    placeholderData: keepPreviousData,
    enabled,
  })

/** What the filters offer. */
export const useFacets = () =>
  useQuery({
    queryKey: keys.facets,
    queryFn: async ({ signal }) => {
      const [genres, languages, years] = await Promise.all([
        ask(api.GET('/api/genres', { signal })),
        ask(api.GET('/api/languages', { signal })),
        ask(api.GET('/api/years', { signal })),
      ])
      return { genres: genres.items, languages: languages.items, years: years.items }
    },
  })

/** An artist's name as the charts know it; null where there is none. */
export const useArtistName = (artist: () => number | null) =>
  useQuery({
    queryKey: computed(() => [...keys.artists, 'name', artist()]),
    queryFn: async ({ signal }) => {
      const params = { path: { name: 'artist-heat' }, query: { artist: artist() ?? 0 } } as const
      const { rows } = await ask(api.GET('/api/charts/{name}', { params, signal }))
      const label = rows.find(({ id }) => id === artist())?.label
      return typeof label === 'string' ? label : null
    },
    enabled: computed(() => artist() !== null),
    staleTime: Infinity,
  })
