import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { InfiniteData } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Comment, CommentsPage, ReportReason, Tone } from '@/api/types'
import { useLoginPrompt } from '@/stores/loginPrompt'
import { useToasts } from '@/stores/toasts'

export interface CommentsFilter {
  label: Tone | null
  sort: 'heat' | 'time'
  word: string | null
}

const onSong = (song_id: number) => ({ path: { song_id } })
const onComment = (comment_id: number) => ({ params: { path: { comment_id } } })

/** A song's comments, page by page. */
export const useComments = (songId: () => number, filter: () => CommentsFilter) =>
  useInfiniteQuery({
    queryKey: computed(() => [...keys.comments(songId()), filter()]),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const { label, sort, word } = filter()
      const query = {
        sort,
        ...(label && { label }),
        ...(word && { word }),
        ...(pageParam && { after: pageParam }),
      }
      const params = { ...onSong(songId()), query }
      return ask(api.GET('/api/songs/{song_id}/comments', { params, signal }))
    },
    getNextPageParam: (page) => page.after,
  })

export const useSongSentiment = (songId: () => number) =>
  useQuery({
    queryKey: computed(() => keys.songSentiment(songId())),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/songs/{song_id}/sentiment', { params: onSong(songId()), signal })),
  })

/** Everything one can do with a song's comments; a visitor is asked to log in. */
export function useCommentDeeds(songId: () => number) {
  const queryClient = useQueryClient()
  const toasts = useToasts()
  const loginPrompt = useLoginPrompt()
  const { t } = useI18n()

  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: keys.comments(songId()) }),
      queryClient.invalidateQueries({ queryKey: keys.songSentiment(songId()) }),
      queryClient.invalidateQueries({ queryKey: keys.song(songId()) }),
    ])

  function refused(error: unknown): void {
    if (isProblem(error) && error.status === 401) loginPrompt.ask()
    else toasts.show({ tone: 'error', text: t('comments.notSaved') })
  }

  const post = useMutation({
    mutationFn: (text: string) =>
      ask(api.POST('/api/songs/{song_id}/comments', { params: onSong(songId()), body: { text } })),
    onSuccess: () => {
      toasts.show({ tone: 'ok', text: t('comments.form.sent') })
      return refresh()
    },
  })

  /** Change a comment in every list that shows it. */
  function patch(id: number, change: Partial<Comment>): void {
    queryClient.setQueriesData<InfiniteData<CommentsPage>>(
      { queryKey: keys.comments(songId()) },
      (held) =>
        held && {
          ...held,
          pages: held.pages.map((page) => ({
            ...page,
            items: page.items.map((one) => (one.id === id ? { ...one, ...change } : one)),
          })),
        },
    )
  }

  async function like({ id, liked, likes }: Comment): Promise<void> {
    patch(id, { liked: !liked, likes: likes + (liked ? -1 : 1) })
    try {
      const path = '/api/comments/{comment_id}/like'
      patch(id, await ask(liked ? api.DELETE(path, onComment(id)) : api.PUT(path, onComment(id))))
    } catch (error) {
      patch(id, { liked, likes })
      refused(error)
    }
  }

  async function deed(answer: Promise<unknown>, said: string, anew = false): Promise<void> {
    try {
      await answer
      toasts.show({ tone: 'ok', text: said })
      if (anew) await refresh()
    } catch (error) {
      refused(error)
    }
  }

  const remove = ({ id }: Comment) =>
    deed(ask(api.DELETE('/api/comments/{comment_id}', onComment(id))), t('comments.deleted'), true)

  const report = ({ id }: Comment, reason: ReportReason) =>
    deed(
      ask(
        api.PUT('/api/comments/{comment_id}/report', {
          ...onComment(id),
          body: { reason },
        }),
      ),
      t('comments.reported'),
    )

  const correct = ({ id }: Comment, label: Tone) =>
    deed(
      ask(api.PUT('/api/comments/{comment_id}/correction', { ...onComment(id), body: { label } })),
      t('comments.corrected'),
    )

  return { post, like, remove, report, correct }
}
