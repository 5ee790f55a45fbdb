import { fileURLToPath } from 'node:url'
import { baseCompile } from '@intlify/message-compiler'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

interface Messages {
  [key: string]: string | Messages
}

/** Messages are parsed here, so that the page carries no message compiler. */
function parsedMessages(): Plugin {
  const onError = (error: Error): never => {
    throw error
  }
  const parse = (node: string | Messages): unknown =>
    typeof node === 'string'
      ? baseCompile(node, { jit: true, location: false, minify: true, optimize: true, onError }).ast
      : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, parse(value)]))

  return {
    name: 'parsed-messages',
    enforce: 'pre',
    transform: {
      filter: { id: /\/i18n\/[\w-]+\/\w+\.json$/ },
      handler: (code) => JSON.stringify(parse(JSON.parse(code) as Messages)),
    },
  }
}

export default defineConfig({
  plugins: [parsedMessages(), vue()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      '@test': fileURLToPath(new URL('./test', import.meta.url)),
    },
  },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // What every page needs in one file: it compresses better, and changes less often than ours.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'framework',
              test: /node_modules\/(@vue|vue|vue-router|vue-i18n|@vueuse|pinia|@tanstack|@intlify|openapi-fetch)\//,
            },
            {
              name: 'parts',
              test: /src\/(api|features|stores|ui|widgets)|@lucide/,
              minShareCount: 4,
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
