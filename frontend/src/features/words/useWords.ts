import { useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Tone } from '@/api/types'

export type WordKind = 'lyrics' | 'comments'

/** Whose words: one song's, one artist's, one genre's or all; of comments, by tone. */
export interface WordScope {
  song?: number
  artist?: number
  genre?: string
  sentiment?: Tone
}

const TOP = 100

/** The most frequent words of lyrics or comments. */
export const useWords = (kind: () => WordKind, scope: () => WordScope) =>
  useQuery({
    queryKey: computed(() => [...keys.words, kind(), scope()]),
    queryFn: ({ signal }) => {
      const params = { path: { kind: kind() }, query: { ...scope(), top: TOP } }
      return ask(api.GET('/api/words/{kind}', { params, signal }))
    },
  })

/** Where the same words are drawn as a PNG. */
export function pictureAddress(kind: WordKind, scope: WordScope): string {
  const query = new URLSearchParams({ top: String(TOP), shape: scope.song ? 'cover' : 'record' })
  for (const [name, value] of Object.entries(scope)) query.set(name, String(value))
  return `/api/words/${kind}/picture?${query}`
}

/** Comments that hold a word, the most liked first, page by page. */
export const useCommentsWithWord = (word: () => string, scope: () => WordScope) =>
  useInfiniteQuery({
    queryKey: computed(() => [...keys.words, 'comments', word(), scope()]),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const { artist, genre, sentiment } = scope()
      const query = {
        word: word(),
        limit: SHOWN,
        ...(artist && { artist }),
        ...(genre && { genre }),
        ...(sentiment && { label: sentiment }),
        ...(pageParam && { after: pageParam }),
      }
      return ask(api.GET('/api/comments', { params: { query }, signal }))
    },
    getNextPageParam: (page) => page.after,
  })

const SHOWN = 10

/** Songs whose lyrics hold a word, most often first. */
export const useSongsWithWord = (word: () => string, scope: () => WordScope) =>
  useQuery({
    queryKey: computed(() => [...keys.words, 'songs', word(), scope()]),
    queryFn: ({ signal }) => {
      const { artist, genre } = scope()
      const query = {
        word: word(),
        per_page: SHOWN,
        ...(artist && { artist }),
        ...(genre && { genre }),
      }
      return ask(api.GET('/api/words/lyrics/songs', { params: { query }, signal }))
    },
  })
