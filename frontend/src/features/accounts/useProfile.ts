import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Me } from '@/api/types'

export interface NewPassword {
  password: string
  new: string
}

export interface Leaving {
  username: string
  password: string
  keep_comments: boolean
}

/** Change one's own account; the page shows what the server answered. */
export function useProfile() {
  const queryClient = useQueryClient()
  const become = (me: Me) => queryClient.setQueryData(keys.me, me)

  const change = useMutation({
    mutationFn: (body: { username: string | null; bio: string | null }) =>
      ask(api.PATCH('/api/me', { body })),
    onSuccess: become,
  })
  const setPicture = useMutation({
    mutationFn: (picture: Blob) =>
      ask(
        api.PUT('/api/me/avatar', {
          body: { picture: '' },
          bodySerializer: () => {
            const form = new FormData()
            form.append('picture', picture, 'picture')
            return form
          },
        }),
      ),
    onSuccess: become,
  })
  const removePicture = useMutation({
    mutationFn: () => ask(api.DELETE('/api/me/avatar')),
    onSuccess: become,
  })
  const changePassword = useMutation({
    mutationFn: (body: NewPassword) => ask(api.PUT('/api/me/password', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.sessions }),
  })
  const leave = useMutation({
    mutationFn: (body: Leaving) => ask(api.POST('/api/me/leave', { body })),
  })
  const takeout = useMutation({
    mutationFn: () => ask(api.GET('/api/me/export', { parseAs: 'blob' })),
  })

  return { change, setPicture, removePicture, changePassword, leave, takeout }
}

/** Where I am logged in, and a way to log out there. */
export function useSessions() {
  const queryClient = useQueryClient()
  const sessions = useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => ask(api.GET('/api/me/sessions', { signal })),
  })
  const end = useMutation({
    mutationFn: (id: string) =>
      ask(api.DELETE('/api/me/sessions/{session_id}', { params: { path: { session_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.sessions }),
  })
  return { sessions, end }
}
