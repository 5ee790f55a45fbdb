/** The colours and faces a chart is drawn in: those of the page, or the board's own night set. */
export interface Look {
  ink: string
  ink2: string
  ink3: string
  grid: string
  ground: string
  raised: string
  series: readonly string[]
  warm: string
  cool: string
  mid: string
  gold: string
  sans: string
  figures: string
  /** Stands still: no waves, no scrolling, no growing. */
  still: boolean
  narrow: boolean
}

export const NIGHT: Omit<Look, 'sans' | 'figures' | 'still' | 'narrow'> = {
  ink: '#eef3f2',
  ink2: '#a9b6b8',
  ink3: '#7b8a8d',
  grid: 'rgba(207,227,234,.10)',
  ground: '#0b1013',
  raised: '#172126',
  series: ['#58b7c6', '#ee6b4f', '#f0be5c', '#66c29a', '#b9a0dc', '#7f9ddb', '#cc8f62', '#d6e6ea'],
  warm: '#f0a05a',
  cool: '#86aee6',
  mid: '#a9b6b8',
  gold: '#f0be5c',
}

/** Read the page's tokens as they are now. */
export function pageLook(): Omit<Look, 'still' | 'narrow'> {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    ink2: token('--ink-2'),
    ink3: token('--ink-3'),
    grid: token('--line'),
    ground: token('--surface'),
    raised: token('--surface'),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((place) => token(`--d${place}`)),
    warm: token('--warm'),
    cool: token('--cool'),
    mid: token('--mid'),
    gold: token('--star'),
    sans: token('--font-sans'),
    figures: token('--font-num'),
  }
}
