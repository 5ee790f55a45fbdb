import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { DEFINE, parsedMessages } from './vite.messages.ts'

/** The report's drawing code: one script and one style sheet, which the server puts into the file. */
export default defineConfig({
  plugins: [parsedMessages(), vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    ...DEFINE,
    'process.env.NODE_ENV': '"production"',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist/report',
    lib: {
      entry: fileURLToPath(new URL('./src/report/main.ts', import.meta.url)),
      formats: ['iife'],
      name: 'huishengReport',
      fileName: () => 'report.js',
      cssFileName: 'report',
    },
  },
})
