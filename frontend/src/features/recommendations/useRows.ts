import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Algorithm, Row, SongPage } from '@/api/types'
import { keptSongs, mergeRows, show, type ShownRow } from './mergeRows'

const ROW_LENGTH = 4
const TRAINING_POLL_MS = 8000

interface Stretch {
  limit: number
  offset: number
  exclude?: number[]
}

/** Song ids as the API takes them in a query. */
const ids = (songs: number[] = []): string | undefined => songs.join(',') || undefined

function fetchRow(algorithm: Algorithm, stretch: Stretch, signal?: AbortSignal): Promise<Row> {
  const params = { path: { algorithm }, query: { ...stretch, exclude: ids(stretch.exclude) } }
  return ask(api.GET('/api/recommendations/{algorithm}', { params, signal }))
}

const songsOutside = (rows: readonly ShownRow[], algorithm: Algorithm): number[] =>
  rows
    .filter((row) => row.algorithm !== algorithm)
    .flatMap((row) => row.slots.map((slot) => slot.song.id))

const shownRows = (client: QueryClient) => client.getQueryData<ShownRow[]>(keys.homeRows)

/** 最新歌曲 stand above the rows and, like the songs of the other rows, in none of them. */
const newest = (client: QueryClient) =>
  client.getQueryData<SongPage>(keys.newest)?.items.map(({ id }) => id) ?? []

/** The rows of the home page. After a rating they are asked for again and laid over the shown ones. */
export const homeRowsOptions = (client: QueryClient) =>
  queryOptions({
    queryKey: keys.homeRows,
    queryFn: async ({ signal }) => {
      const shown = shownRows(client)
      const params = { query: { exclude: ids(keptSongs(shown)) } }
      const { rows } = await ask(api.GET('/api/recommendations', { params, signal }))
      const fresh = rows.map((row) => show(row))
      // A row that was turned over goes on from where it stands.
      for (const [place, { algorithm }] of rows.entries()) {
        const offset = shown?.find((row) => row.algorithm === algorithm)?.offset ?? 0
        if (!offset) continue
        const exclude = [...songsOutside(fresh, algorithm), ...keptSongs(shown), ...newest(client)]
        fresh[place] = show(
          await fetchRow(algorithm, { limit: ROW_LENGTH, offset, exclude }, signal),
          offset,
        )
      }
      return mergeRows(shown, fresh)
    },
    staleTime: Infinity,
  })

export function useHomeRows() {
  const client = useQueryClient()

  const query = useQuery({
    ...homeRowsOptions(client),
    refetchInterval: ({ state }) =>
      state.data?.some((row) => row.state === 'training') ? TRAINING_POLL_MS : false,
  })

  /** 换一批: the next songs of this ranking; nothing keeps its slot. */
  const next = useMutation({
    mutationFn: async (row: ShownRow) => {
      const following = row.offset + ROW_LENGTH
      const offset = following + ROW_LENGTH > row.total ? 0 : following
      const exclude = [...songsOutside(shownRows(client) ?? [], row.algorithm), ...newest(client)]
      return show(await fetchRow(row.algorithm, { limit: ROW_LENGTH, offset, exclude }), offset)
    },
    onSuccess: (turned) => {
      client.setQueryData<ShownRow[]>(keys.homeRows, (rows) =>
        rows?.map((row) => (row.algorithm === turned.algorithm ? turned : row)),
      )
    },
  })

  return { ...query, next }
}

const FULL_LENGTH = 24

/** One ranking from its top, page by page (查看全部). */
export const useFullRow = (algorithm: () => Algorithm, page: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.fullRow(algorithm()), page()]),
    queryFn: async ({ signal }) => {
      const offset = (page() - 1) * FULL_LENGTH
      return show(await fetchRow(algorithm(), { limit: FULL_LENGTH, offset }, signal), offset)
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })

export const fullRowLength = FULL_LENGTH
