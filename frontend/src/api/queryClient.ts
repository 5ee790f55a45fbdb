import { QueryClient } from '@tanstack/vue-query'
import { isProblem } from './problem'

/** Ask once more when nobody answered; a refusal is an answer. */
const retry = (failures: number, error: Error): boolean =>
  failures < 1 && (!isProblem(error) || error.status === 0 || error.status >= 500)

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', staleTime: 60_000, refetchOnWindowFocus: false, retry },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
