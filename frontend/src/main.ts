import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createQueryClient } from './api/queryClient'
import './design/index.css'
import { i18n, setLocale, storedLocale } from './i18n'
import { createAppRouter } from './router'
import { whenIdle } from './ui/whenIdle'

const queryClient = createQueryClient()
await setLocale(storedLocale())

const router = createAppRouter(queryClient)

createApp(App)
  .use(createPinia())
  .use(i18n)
  .use(VueQueryPlugin, { queryClient })
  .use(router)
  .mount('#app')

// Titles and lyrics are data: their serif comes in slices, after our own headings have painted.
void router.isReady().then(() => {
  whenIdle(() => import('@fontsource-variable/noto-serif-sc/wght.css'))
})
