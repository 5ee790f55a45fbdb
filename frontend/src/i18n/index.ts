import { createI18n } from 'vue-i18n'
import zhCN from './zh-CN'

export const LOCALES = { 'zh-CN': '中文', en: 'English' } as const
export type Locale = keyof typeof LOCALES

const STORED = 'huisheng.locale'
const isLocale = (value: string | null): value is Locale => value !== null && value in LOCALES

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN },
  // Named, because only formatters of a name are kept: a new one for each figure is slow.
  numberFormats: { 'zh-CN': { whole: {} }, en: { whole: {} } },
})

export const storedLocale = (): Locale => {
  const stored = localStorage.getItem(STORED)
  return isLocale(stored) ? stored : 'zh-CN'
}

type Messages = Record<string, unknown>
const files = import.meta.glob<Messages>('./*/*.json', { import: 'default' })
const areas = new Set<string>()

async function mergeArea(locale: Locale, area: string): Promise<void> {
  const load = files[`./${locale}/${area}.json`]
  if (!load) throw new Error(`no messages of ${area} in ${locale}`)
  i18n.global.mergeLocaleMessage(locale, { [area]: await load() })
}

/** Load the messages of areas that only some pages speak of; `meta.messages` of a route names them. */
export async function loadAreas(named: readonly string[]): Promise<void> {
  const missing = named.filter((area) => !areas.has(area))
  const locales = i18n.global.availableLocales as Locale[]
  await Promise.all(missing.flatMap((area) => locales.map((locale) => mergeArea(locale, area))))
  missing.forEach((area) => areas.add(area))
}

/** Switch the language of the whole page, loading its messages when they are not there yet. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en' as 'zh-CN')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).default)
    await Promise.all([...areas].map((area) => mergeArea('en', area)))
  }
  i18n.global.locale.value = locale as 'zh-CN'
  document.documentElement.lang = locale
  localStorage.setItem(STORED, locale)
}
