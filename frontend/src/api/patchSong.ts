import type { QueryClient } from '@tanstack/vue-query'
import type { Song } from './types'

type SongPatch = Partial<Pick<Song, 'mine' | 'rating'>>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The same tree with song `id` patched wherever it stands; untouched branches are shared. */
function patched(node: unknown, id: number, patch: SongPatch): unknown {
  if (Array.isArray(node)) {
    const items = node.map((item) => patched(item, id, patch))
    return items.some((item, i) => item !== node[i]) ? items : node
  }
  if (!isObject(node)) return node
  if (node.id === id && 'mine' in node) return { ...node, ...patch }
  const changed = Object.entries(node).flatMap(([key, value]) => {
    const next = patched(value, id, patch)
    return next === value ? [] : [[key, next] as const]
  })
  return changed.length ? { ...node, ...Object.fromEntries(changed) } : node
}

/** Change one song in every cached list, row and page at once. */
export function patchSong(queryClient: QueryClient, id: number, patch: SongPatch): void {
  queryClient.setQueriesData({}, (data: unknown) => patched(data, id, patch))
}
