// Cuts the heading face down to the characters our own Chinese messages use.
// Run by `npm run fonts` after messages change; the result is committed beside its licence.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
const messages = join(src, 'i18n', 'zh-CN')
const fonts = join(src, 'design', 'fonts')
const face = dirname(
  createRequire(import.meta.url).resolve('@fontsource/noto-serif-sc/package.json'),
)

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
const used = readdirSync(messages)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => [...readFileSync(join(messages, name), 'utf8')])
  .filter((character) => character > '\u007f')
const characters = [...new Set([...ascii, ...used])].sort().join('')

const full = readFileSync(join(face, 'files', 'noto-serif-sc-chinese-simplified-700-normal.woff2'))
const subset = await subsetFont(full, characters, { targetFormat: 'woff2' })
writeFileSync(join(fonts, 'huisheng-serif-700.woff2'), subset)
writeFileSync(join(fonts, 'characters.txt'), characters + '\n')
copyFileSync(join(face, 'LICENSE'), join(fonts, 'OFL.txt'))
console.log(`${[...characters].length} characters, ${(subset.length / 1024).toFixed(0)} KB`)
