import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/vue'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { loadAreas, setLocale } from '@/i18n'
import { server } from './server'

/** Elements on screen, as far as IntersectionObserver is concerned: all of them. */
class SeesEverything implements IntersectionObserver {
  readonly root = null
  readonly rootMargin = ''
  readonly scrollMargin = ''
  readonly thresholds = []
  constructor(private readonly report: IntersectionObserverCallback) {}
  observe(target: Element): void {
    const entry = { isIntersecting: true, target } as IntersectionObserverEntry
    this.report([entry], this)
  }
  disconnect(): void {}
  unobserve(): void {}
  takeRecords(): IntersectionObserverEntry[] {
    return []
  }
}

class NeverResizes implements ResizeObserver {
  observe(): void {}
  disconnect(): void {}
  unobserve(): void {}
}

// A page's code comes when the page is opened; a busy machine takes its time.
configure({ asyncUtilTimeout: 5000 })

/** Media queries that hold; tests add what they need. */
export const media = new Set<string>()

beforeAll(async () => {
  await loadAreas([
    'admin',
    'care',
    'charts',
    'comments',
    'healing',
    'help',
    'how',
    'moodMap',
    'player',
    'playlists',
    'profile',
    'search',
    'sentiment',
    'words',
  ])
  server.listen({ onUnhandledRequest: 'error' })
})

beforeEach(async () => {
  vi.stubGlobal('IntersectionObserver', SeesEverything)
  vi.stubGlobal('ResizeObserver', NeverResizes)
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: media.has(query),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  // Nothing is fetched ahead: a test may be over before it arrives.
  vi.stubGlobal('requestIdleCallback', () => 0)
  HTMLCanvasElement.prototype.getContext = () => null
  Element.prototype.scrollTo = () => undefined
  Element.prototype.hasPointerCapture = () => false
  Element.prototype.scrollIntoView = () => undefined
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      throw new Error(`console.${level}: ${words.map(String).join(' ')}`)
    })
  }
  await setLocale('zh-CN')
})

afterEach(() => {
  cleanup()
  server.resetHandlers()
  localStorage.clear()
  media.clear()
  for (const pair of document.cookie.split('; ')) {
    document.cookie = `${pair.split('=')[0]}=; max-age=0`
  }
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

afterAll(() => server.close())
