import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { watchDebounced } from '@vueuse/core'
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import { TOLD, unpack, type Told } from './columns'
import { readView, written } from './view'

const SETTLED_MS = 250
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export interface MapFilters {
  genre: string
  language: string
  /** `1` or nothing. */
  playable: string
  told: Told
}

/** What is shown and which part of it, kept in the address. */
export function useMapState() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed((): MapFilters => ({
    genre: text(route.query.genre),
    language: text(route.query.language),
    playable: route.query.playable === '1' ? '1' : '',
    told: TOLD.find((told) => told === route.query.told) ?? 'all',
  }))

  function filter(change: Partial<MapFilters>): void {
    const { told, ...rest } = { ...filters.value, ...change }
    const query: Record<string, string> = {}
    for (const [name, value] of Object.entries(rest)) if (value) query[name] = value
    if (told !== 'all') query.told = told
    const at = written(view.value)
    void router.push({ query: at ? { ...query, at } : query })
  }

  const view = shallowRef(readView(route.query.at))
  /** The view once it has come to rest: what the list shows. */
  const settled = shallowRef(view.value)
  watchDebounced(
    view,
    (now) => {
      settled.value = now
      const at = written(now)
      if (at !== (text(route.query.at) || undefined)) {
        void router.replace({ query: { ...route.query, at } })
      }
    },
    { debounce: SETTLED_MS },
  )
  watch(
    () => text(route.query.at),
    (at) => {
      // Back and forward: the address speaks.
      if (at !== (written(view.value) ?? '')) settled.value = view.value = readView(at)
    },
  )
  return { filters, filter, view, settled }
}

/** Every placed song of a genre and language. */
export const useMoodMap = (filters: () => MapFilters) =>
  useQuery({
    queryKey: computed(() => {
      const { genre, language } = filters()
      return [...keys.moodMap, genre, language]
    }),
    queryFn: async ({ signal }) => {
      const { genre, language } = filters()
      const query = { genre: genre || undefined, language: language || undefined }
      const found = await ask(api.GET('/api/healing/map', { params: { query }, signal }))
      return { ...found, points: unpack(found) }
    },
    placeholderData: keepPreviousData,
    // Packed columns are compared by nobody.
    structuralSharing: false,
    staleTime: 60_000,
  })

/** The songs of a page of ids, in that order. */
export const useChosenSongs = (ids: () => readonly number[]) =>
  useQuery({
    queryKey: computed(() => [...keys.songs, 'chosen', ids()]),
    queryFn: async ({ signal }) => {
      const query = { ids: ids().join(',') }
      return (await ask(api.GET('/api/songs/chosen', { params: { query }, signal }))).items
    },
    placeholderData: keepPreviousData,
    enabled: computed(() => ids().length > 0),
    staleTime: 60_000,
  })

/** A song that is pointed at for a while, or was pressed. */
export function usePointed() {
  const pointed = ref(-1)
  const resting = ref(-1)
  watchDebounced(pointed, (at) => (resting.value = at), { debounce: 120 })
  return { pointed, resting }
}
