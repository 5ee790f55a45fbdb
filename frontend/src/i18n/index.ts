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
})

export const storedLocale = (): Locale => {
  const stored = localStorage.getItem(STORED)
  return isLocale(stored) ? stored : 'zh-CN'
}

/** Switch the language of the whole page, loading its messages when they are not there yet. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en' as 'zh-CN')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).default)
  }
  i18n.global.locale.value = locale as 'zh-CN'
  document.documentElement.lang = locale
  localStorage.setItem(STORED, locale)
}
