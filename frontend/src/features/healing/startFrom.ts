import { onMounted } from 'vue'
import { useRoute } from 'vue-router'
import type { MoodPoint } from '@/api/types'

/** The address of a journey that starts at a place of the plane. */
export const startingFrom = (valence: number, arousal: number) => ({
  path: '/healing',
  query: { from: `${valence.toFixed(2)},${arousal.toFixed(2)}` },
})

/** Begin there when the address says so. */
export function onStartFrom(begin: (point: MoodPoint) => void): void {
  const route = useRoute()
  onMounted(() => {
    const said = typeof route.query.from === 'string' ? route.query.from.split(',') : []
    const [valence = NaN, arousal = NaN] = said.map(Number)
    if (Math.abs(valence) <= 1 && Math.abs(arousal) <= 1) begin({ valence, arousal })
  })
}
