import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

export type WordKind = 'lyrics' | 'comments'

/** The most frequent words of a song's lyrics or comments. */
export const useSongWords = (kind: () => WordKind, song: () => number) =>
  useQuery({
    queryKey: computed(() => [...keys.words, kind(), song()]),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/words/{kind}', {
          params: { path: { kind: kind() }, query: { song: song(), top: 60 } },
          signal,
        }),
      ),
  })

const SHOWN = 10

/** Songs whose lyrics hold a word, most often first. */
export const useSongsWithWord = (word: () => string) =>
  useQuery({
    queryKey: computed(() => [...keys.words, 'songs', word()]),
    queryFn: ({ signal }) => {
      const query = { word: word(), per_page: SHOWN }
      return ask(api.GET('/api/words/lyrics/songs', { params: { query }, signal }))
    },
  })
