import { useI18n } from 'vue-i18n'
import type { Reason } from '@/api/types'
import type { ShownRow } from './mergeRows'

/** Why a song stands here and what a row was made from, in words. */
export function useReasons() {
  const { t } = useI18n()
  const key = (name: string) => `recommendations.${name}`

  function reasonText(reason: Reason): string {
    switch (reason.kind) {
      case 'popular': {
        const { listeners, days } = reason
        return days === null
          ? t(key('reason.popular'), { listeners })
          : t(key('reason.popularLately'), { listeners, days })
      }
      case 'similar_to':
        return t(key('reason.similarTo'), {
          title: reason.song.title,
          similarity: reason.similarity.toFixed(2),
        })
      case 'similar_listeners':
        return t(key('reason.similarListeners'), { liked: reason.liked, of: reason.of })
      case 'continues': {
        const titles = reason.songs.map(({ title }) => t(key('reason.title'), { title }))
        const name = reason.ordered ? 'reason.continues' : 'reason.drawnFrom'
        return t(key(name), { titles: titles.join(t(key('reason.and'))) })
      }
      case 'nearest_liked':
        return t(key('reason.nearestLiked'), {
          title: reason.song.title,
          similarity: reason.similarity.toFixed(2),
        })
      case 'alike':
        return t(key(`reason.alike.${reason.modality}`), {
          title: reason.song.title,
          similarity: reason.similarity.toFixed(2),
        })
      case 'taste':
        return t(key('reason.taste'), { choice: reason.pick })
      case 'newest':
        return t(key('reason.newest'))
    }
  }

  function basisText({ algorithm, state, fallback, basis }: ShownRow): string {
    if (state === 'training') return t(key('basis.training'))
    if (algorithm === 'popularity') return t(key('basis.popularity'))
    if (state === 'missing') return t(key('basis.missing'))
    if (fallback) return t(key(basis.history ? 'basis.tooLittle' : 'basis.coldStart'))
    if (algorithm === 'rnn') return t(key('basis.rnn'), { history: basis.history })
    if (algorithm === 'blend') return t(key('basis.blend'))
    if (algorithm === 'two_tower' || algorithm === 'multimodal')
      return t(key(`basis.${algorithm}`), { history: basis.history })
    if (algorithm === 'usercf') return t(key('basis.usercf'), { neighbours: basis.neighbours ?? 0 })
    return basis.hearts
      ? t(key('basis.itemcfHearts'), { hearts: basis.hearts })
      : t(key('basis.itemcf'), { history: basis.history })
  }

  return { reasonText, basisText }
}
