import type { Plugin } from 'vite'

/**
 * Where libraries ask, while running, whether this Vue has a function: the answer is known, and the
 * question alone would bring all of Vue along, with everything that nobody calls.
 */
const QUESTIONS = [
  {
    file: /vue-i18n\/dist\/vue-i18n\.mjs$/,
    asked:
      /if \(key in Vue\) \{\s*return Vue\[key\];\s*\}\s*else \{\s*(return Vue\.getCurrentInstance\(\);)\s*\}/,
    known: '$1',
  },
  { file: /reka-ui\/dist\/shared\/useId\.js$/, asked: /"useId" in vue/, known: 'true' },
]

/** Writes the answers in; fails when a library no longer asks. */
export const knownVue = (): Plugin => ({
  name: 'known-vue',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: QUESTIONS.map(({ file }) => file) },
    handler(code, id) {
      const question = QUESTIONS.find(({ file }) => file.test(id))
      if (!question?.asked.test(code)) this.error(`${id} asks otherwise now: see vite.treeshake.ts`)
      return { code: code.replace(question.asked, question.known), map: null }
    },
  },
})
