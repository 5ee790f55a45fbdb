import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { beginnings, isPartOf } from './vite.beginnings.ts'
import { DEFINE, parsedMessages } from './vite.messages.ts'
import { knownVue } from './vite.treeshake.ts'

export default defineConfig({
  plugins: [parsedMessages(), vue(), knownVue(), beginnings()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      '@test': fileURLToPath(new URL('./test', import.meta.url)),
    },
  },
  define: DEFINE,
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every page needs in two files: ours changes more often than theirs. What some pages
    // share comes only with them.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'framework',
              tags: ['$initial'],
              test: /node_modules\/(@vue|vue|vue-router|vue-i18n|@vueuse|pinia|@tanstack|@intlify|openapi-fetch)\//,
              priority: 2,
            },
            { name: 'shell', tags: ['$initial'], priority: 1 },
            // What home and the board share with other pages, each in one file: many small ones cost
            // more time.
            { name: 'cards', test: isPartOf('/src/pages/HomePage.vue'), minShareCount: 2 },
            { name: 'board', test: isPartOf('/src/pages/ScreenPage.vue'), minShareCount: 2 },
            {
              name: 'parts',
              test: /src\/(api|features|stores|ui|widgets)|@lucide/,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 3000,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['./test/setup.ts'],
    reporters: ['default', './test/countReporter.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
})
