import { useEventListener } from '@vueuse/core'
import type { ShallowRef } from 'vue'

/** Arrows move between tiles; a tile itself enlarges on Enter, and Esc closes its dialog. */
export function useTileKeys(root: Readonly<ShallowRef<HTMLElement | null>>): void {
  const tiles = () => [...(root.value?.querySelectorAll<HTMLElement>('.place') ?? [])]

  useEventListener(root, 'keydown', (event: KeyboardEvent) => {
    const focused = document.activeElement
    const all = tiles()
    const at = all.findIndex((tile) => tile === focused)
    if (at < 0) return
    const next = neighbour(all, at, event.key)
    if (!next) return
    event.preventDefault()
    next.focus()
  })
}

/** The nearest tile in the direction of an arrow key. */
function neighbour(tiles: HTMLElement[], at: number, key: string): HTMLElement | undefined {
  const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  const here = tiles[at]
  if (!along || !here) return undefined
  const [dx = 0, dy = 0] = along
  const from = centre(here)
  const found = tiles
    .filter((tile) => tile !== here)
    .map((tile) => {
      const to = centre(tile)
      const ahead = (to.x - from.x) * dx + (to.y - from.y) * dy
      const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx)
      return { tile, ahead, distance: ahead + 2 * aside }
    })
    .filter(({ ahead }) => ahead > 1)
    .toSorted((a, b) => a.distance - b.distance)
  return found[0]?.tile
}

function centre(tile: HTMLElement): { x: number; y: number } {
  const { left, top, width, height } = tile.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}
