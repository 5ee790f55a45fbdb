import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { Me } from '@/api/types'

export interface Credentials {
  username: string
  password: string
}

/** Register, log in and log out; whatever was cached for somebody else is thrown away. */
export function useSession() {
  const queryClient = useQueryClient()

  function become(me: Me | null): void {
    queryClient.setQueryData(keys.me, me)
    void queryClient.resetQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] })
  }

  const login = useMutation({
    mutationFn: (body: Credentials) => ask(api.POST('/api/accounts/login', { body })),
    onSuccess: become,
  })
  const register = useMutation({
    mutationFn: (body: Credentials) => ask(api.POST('/api/accounts/register', { body })),
    onSuccess: become,
  })
  const logout = useMutation({
    mutationFn: () => ask(api.POST('/api/accounts/logout')),
    onSuccess: () => become(null),
  })

  return { login, register, logout }
}
