import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { CareWish, CareWishIn } from '@/api/types'
import { useProblemText } from '@/i18n/problemText'
import { useToasts } from '@/stores/toasts'

export const useCare = () =>
  useQuery({
    queryKey: keys.care,
    queryFn: ({ signal }) => ask(api.GET('/api/me/care', { signal })),
  })

export const usePatients = () =>
  useQuery({
    queryKey: keys.patients,
    queryFn: ({ signal }) => ask(api.GET('/api/clinic/patients', { signal })),
  })

export const useGenres = () =>
  useQuery({
    queryKey: keys.careGenres,
    queryFn: ({ signal }) => ask(api.GET('/api/genres', { signal })),
  })

/** Changes one thing, then asks anew for what it changes: plans and every proposed row. */
function useChange() {
  const queryClient = useQueryClient()
  const toasts = useToasts()
  const { problemText } = useProblemText()
  return <Given, Answer>(send: (given: Given) => Promise<Answer>) =>
    useMutation({
      mutationFn: send,
      onSuccess: () => {
        for (const queryKey of [keys.homeRows, keys.carousel, keys.newest])
          queryClient.removeQueries({ queryKey })
        void queryClient.invalidateQueries({ queryKey: keys.patients })
        return queryClient.invalidateQueries({ queryKey: keys.care })
      },
      onError: (error) => toasts.show({ tone: 'error', text: problemText(error) }),
    })
}

const onLink = (link_id: number) => ({ params: { path: { link_id } } })
const onTarget = ({ kind, target_id }: CareWish) => ({ path: { kind, target_id } })

export function useCareChanges() {
  const change = useChange()
  return {
    setWish: change((body: CareWishIn) => ask(api.PUT('/api/me/care/wishes', { body }))),
    removeWish: change((wish: CareWish) =>
      ask(api.DELETE('/api/me/care/wishes/{kind}/{target_id}', { params: onTarget(wish) })),
    ),
    makeCode: change(() => ask(api.POST('/api/me/care/code'))),
    confirm: change(({ id, ...body }: { id: number; may_list: boolean; may_note: boolean }) =>
      ask(api.PUT('/api/me/care/links/{link_id}', { ...onLink(id), body })),
    ),
    end: change((id: number) => ask(api.DELETE('/api/me/care/links/{link_id}', onLink(id)))),
  }
}

export function useClinicChanges() {
  const change = useChange()
  return {
    enterCode: change((code: string) => ask(api.POST('/api/clinic/codes', { body: { code } }))),
    setWish: change(({ id, wish }: { id: number; wish: CareWishIn }) =>
      ask(api.PUT('/api/clinic/patients/{link_id}/wishes', { ...onLink(id), body: wish })),
    ),
    removeWish: change(({ id, wish }: { id: number; wish: CareWish }) => {
      const path = { link_id: id, ...onTarget(wish).path }
      return ask(
        api.DELETE('/api/clinic/patients/{link_id}/wishes/{kind}/{target_id}', {
          params: { path },
        }),
      )
    }),
    addNote: change(({ id, text }: { id: number; text: string }) =>
      ask(api.POST('/api/clinic/patients/{link_id}/notes', { ...onLink(id), body: { text } })),
    ),
    leave: change((id: number) => ask(api.DELETE('/api/clinic/patients/{link_id}', onLink(id)))),
  }
}
