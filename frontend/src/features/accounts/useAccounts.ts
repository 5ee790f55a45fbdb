import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Role } from '@/api/types'

export const ROLES = [
  'listener',
  'analyst',
  'clinician',
  'admin',
] as const satisfies readonly Role[]

export interface AccountsAsked {
  q: string
  role: Role | ''
  page: number
}

/** People with an account, newest first. */
export const useAccounts = (asked: () => AccountsAsked) =>
  useQuery({
    queryKey: computed(() => [...keys.accounts, asked()]),
    queryFn: ({ signal }) => {
      const { q, role, page } = asked()
      const query = { q, page, ...(role ? { role } : {}) }
      return ask(api.GET('/api/admin/users', { params: { query }, signal }))
    },
    placeholderData: keepPreviousData,
  })

/** Let somebody be something else. */
export function useRole() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, role }: { id: number; role: Role }) =>
      ask(
        api.PUT('/api/admin/users/{user_id}/role', {
          params: { path: { user_id: id } },
          body: { role },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.accounts }),
        queryClient.invalidateQueries({ queryKey: keys.me }),
      ]),
  })
}
