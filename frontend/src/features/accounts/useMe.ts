import { queryOptions, useQuery } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import { mayHaveSession } from '@/api/session'
import type { Me } from '@/api/types'

async function fetchMe(): Promise<Me | null> {
  if (!mayHaveSession()) return null
  try {
    return await ask(api.GET('/api/accounts/me'))
  } catch (error) {
    if (isProblem(error) && error.status === 401) return null
    throw error
  }
}

export const meOptions = () => queryOptions({ queryKey: keys.me, queryFn: fetchMe })

/** Who is here: the account, or null for a visitor. */
export function useMe() {
  const { data, isPending } = useQuery(meOptions())
  return { me: data, isPending }
}
