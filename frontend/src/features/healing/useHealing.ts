import { useMutation, useQuery } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import { keys } from '@/api/keys'
import type { JourneyMode, MoodPoint } from '@/api/types'

/** A text or a tap on the plane. */
export interface Said {
  text?: string
  point?: MoodPoint
  goOn?: boolean
  /** The person agreed that it goes to the named model. */
  sendOut?: boolean
}

/** Who may read a text besides this site. */
export const useHealingInfo = () =>
  useQuery({
    queryKey: keys.healing,
    queryFn: ({ signal }) => ask(api.GET('/api/healing', { signal })),
  })

/** Read a text or a tap; nothing of it is kept. `goOn`: the help lines were seen. */
export const useStateReading = () =>
  useMutation({
    mutationFn: ({ text, point, goOn, sendOut }: Said) => {
      const body = {
        ...{ text: text ?? null, point: point ?? null },
        ...{ go_on: goOn ?? false, send_out: sendOut ?? false },
      }
      return ask(api.POST('/api/healing/state', { body }))
    },
  })

export const useJourneys = () =>
  useMutation({
    mutationFn: (body: { start: MoodPoint; wish: MoodPoint; length: number; seed: number }) =>
      ask(api.POST('/api/healing/journeys', { body })),
  })

interface Check {
  start: MoodPoint
  wish: MoodPoint
  mode: JourneyMode
  felt: -1 | 0 | 1
}

export const useKeepCheck = () =>
  useMutation({ mutationFn: (body: Check) => ask(api.POST('/api/me/mood-checks', { body })) })

export const useEraseChecks = () =>
  useMutation({ mutationFn: () => ask(api.DELETE('/api/me/mood-checks')) })
