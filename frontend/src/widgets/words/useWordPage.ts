import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Tone } from '@/api/types'
import type { WordKind, WordScope } from '@/features/words/useWords'

const TONES: readonly Tone[] = ['positive', 'neutral', 'negative']

/** What the page of words shows; it lives in the address, so that it can be shared. */
export function useWordPage() {
  const route = useRoute()
  const router = useRouter()

  const text = (name: string): string => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  /** Change parts of the address; the word chosen before belongs to another cloud. */
  const go = (change: Record<string, string>) =>
    void router.push({
      query: Object.fromEntries(
        Object.entries({ ...route.query, word: '', ...change }).filter(([, value]) => value),
      ),
    })
  const part = (name: string) =>
    computed({ get: () => text(name), set: (value: string) => go({ [name]: value }) })

  const kind = computed<WordKind>({
    get: () => (text('kind') === 'lyrics' ? 'lyrics' : 'comments'),
    set: (value) => go({ kind: value === 'lyrics' ? value : '', tone: '' }),
  })
  const view = computed<'cloud' | 'list'>({
    get: () => (text('view') === 'list' ? 'list' : 'cloud'),
    set: (value) => go({ view: value === 'list' ? value : '', word: text('word') }),
  })
  const genre = computed({
    get: () => text('genre'),
    set: (value: string) => go({ genre: value, artist: '' }),
  })
  const artist = computed(() => (/^\d{1,15}$/.test(text('artist')) ? Number(text('artist')) : null))
  const word = part('word')
  const tone = part('tone')

  const scope = computed((): WordScope => {
    const sentiment = TONES.find((one) => one === tone.value)
    return {
      ...(artist.value !== null && { artist: artist.value }),
      ...(artist.value === null && genre.value && { genre: genre.value }),
      ...(kind.value === 'comments' && sentiment && { sentiment }),
    }
  })
  return { kind, view, genre, artist, tone, word, scope, everybody: () => go({ artist: '' }) }
}
