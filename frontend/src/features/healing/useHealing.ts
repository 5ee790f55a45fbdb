import { useMutation } from '@tanstack/vue-query'
import { api, ask } from '@/api/client'
import type { JourneyMode, MoodPoint } from '@/api/types'

/** A text or a tap on the plane. */
export interface Said {
  text?: string
  point?: MoodPoint
  goOn?: boolean
}

/** Read a text or a tap; nothing of it is kept. `goOn`: the help lines were seen. */
export const useStateReading = () =>
  useMutation({
    mutationFn: ({ text, point, goOn }: Said) => {
      const body = { text: text ?? null, point: point ?? null, go_on: goOn ?? false }
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
