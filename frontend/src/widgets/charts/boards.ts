/** What hangs where on the wall. A place with two charts has a switch. */
export interface Board {
  left: string[][]
  middle: string[][]
  right: string[][]
}

export const BOARDS = {
  library: {
    left: [['overview'], ['copyright'], ['original']],
    middle: [['releases'], ['heat-comments']],
    right: [['artist-heat', 'album-heat'], ['hot-artists'], ['words-lyrics', 'words-comments']],
  },
  listeners: {
    left: [['overview'], ['ratings'], ['language']],
    middle: [['sentiment-by-month'], ['hours']],
    right: [['artist-heat', 'album-heat'], ['genres'], ['words-comments', 'words-lyrics']],
  },
} as const satisfies Record<string, Board>

export type BoardName = keyof typeof BOARDS

/** The charts of the analysis pages, by theme. */
export const THEMES = {
  songs: ['songs-by-year', 'top-albums', 'genres', 'language', 'duration', 'album-types'],
  heat: ['artist-heat', 'album-heat', 'hot-artists'],
  releases: ['releases'],
  rights: ['copyright', 'original'],
  comments: ['heat-comments', 'sentiment-by-month'],
  listening: ['ratings', 'hours'],
  words: ['words-lyrics', 'words-comments'],
} as const

export type Theme = keyof typeof THEMES
