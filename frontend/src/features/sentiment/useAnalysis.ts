import { useMutation, useQuery } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'

/** Analyse one text; nothing of it is kept on the server. */
export const useAnalysis = () =>
  useMutation({
    mutationFn: (text: string) => ask(api.POST('/api/sentiment', { body: { text } })),
  })

export const useSentimentModel = () =>
  useQuery({
    queryKey: keys.sentimentModel,
    queryFn: ({ signal }) => ask(api.GET('/api/sentiment/model', { signal })),
  })
