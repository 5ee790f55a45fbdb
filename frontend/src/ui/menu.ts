import type { Component } from 'vue'

/** What a menu can hold: something to do, something on or off, one of several, a line between. */
export type MenuEntry =
  | { kind: 'action'; label: string; icon: Component; run: () => void }
  | { kind: 'check'; label: string; checked: boolean; set: (checked: boolean) => void }
  | {
      kind: 'radio'
      label: string
      value: string
      options: { value: string; label: string; lang?: string }[]
      choose: (value: string) => void
    }
  | { kind: 'line' }
