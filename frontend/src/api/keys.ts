/** Every cache key in one place, so that one feature can refresh what another shows. */
export const keys = {
  me: ['me'],
  site: ['site'],
  carousel: ['carousel'],
  songs: ['songs'],
  newest: ['songs', 'newest'],
  song: (id: number) => ['song', id],
  lyrics: (id: number) => ['lyrics', id],
  facets: ['facets'],
  artists: ['artists'],
  ratings: ['my', 'ratings'],
  hidden: ['my', 'hidden'],
  homeRows: ['rows', 'home'],
  figures: ['figures'],
  models: ['models'],
  cardsReport: ['cards-report'],
  fullRow: (algorithm: string) => ['rows', 'all', algorithm],
} as const
