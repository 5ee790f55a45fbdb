/** The offline report: the same drawing as the pages, fed from what the file itself holds. */
import { createApp } from 'vue'
import { createI18n } from 'vue-i18n'
import '@/design/tokens.css'
import '@/design/base.css'
import charts from '@/i18n/zh-CN/charts.json'
import songs from '@/i18n/zh-CN/songs.json'
import ui from '@/i18n/zh-CN/ui.json'
import ReportPage from './ReportPage.vue'
import type { Report } from './report'

const report = JSON.parse(document.getElementById('numbers')?.textContent ?? '{}') as Report
const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  messages: { 'zh-CN': { charts, songs, ui } },
})

createApp(ReportPage, { report }).use(i18n).mount('#report')
