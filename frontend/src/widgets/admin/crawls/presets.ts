/** Times that come again, as cron writes them; `own` is written by hand, `now` is once. */
export const PRESETS = {
  daily: '30 3 * * *',
  sixHours: '0 */6 * * *',
  weekly: '0 4 * * 1',
} as const
export type When = keyof typeof PRESETS | 'now' | 'own'

/** The preset an expression is, if any. */
export const presetOf = (cron: string): keyof typeof PRESETS | null =>
  (Object.keys(PRESETS) as (keyof typeof PRESETS)[]).find((name) => PRESETS[name] === cron) ?? null
