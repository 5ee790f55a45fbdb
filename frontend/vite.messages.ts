import { baseCompile } from '@intlify/message-compiler'
import type { Plugin } from 'vite'

interface Messages {
  [key: string]: string | Messages
}

/** Messages are parsed here, so that the page carries no message compiler. */
export function parsedMessages(): Plugin {
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

/** What a page does without: the message compiler, devtools, the options API. */
export const DEFINE = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'false',
  __VUE_I18N_LEGACY_API__: 'false',
  __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  __INTLIFY_PROD_DEVTOOLS__: 'false',
}
