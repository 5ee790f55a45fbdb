import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

const ARTISTS_OFFERED = 24

/** What the picker offers: all genres, and the artists most listened to. */
export const useTasteOffer = () =>
  useQuery({
    queryKey: keys.artists,
    queryFn: async ({ signal }) => {
      const query = { per_page: ARTISTS_OFFERED }
      const [genres, artists] = await Promise.all([
        ask(api.GET('/api/genres', { signal })),
        ask(api.GET('/api/artists', { params: { query }, signal })),
      ])
      return { genres: genres.items, artists: artists.items }
    },
  })

export function useSaveTastes() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { genres: string[]; artists: number[] }) =>
      ask(api.PUT('/api/me/tastes', { body })),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: keys.homeRows })
      void queryClient.invalidateQueries({ queryKey: keys.me })
    },
  })
}
