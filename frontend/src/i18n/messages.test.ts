import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = import.meta.dirname
const areas = readdirSync(join(folder, 'zh-CN')).filter((name) => name.endsWith('.json'))

interface Messages {
  [key: string]: string | Messages
}
const read = (locale: string, area: string) =>
  JSON.parse(readFileSync(join(folder, locale, area), 'utf8')) as Messages

/** `area.key` → the placeholders of its message. */
function flat(node: Messages, path: string): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [
          [
            `${path}.${key}`,
            [...value.matchAll(/\{(\w+)\}/g)]
              .map((hit) => hit[1])
              .sort()
              .join(),
          ],
        ]
      : flat(value, `${path}.${key}`),
  )
}

it('has the same areas in both languages', () => {
  const english = readdirSync(join(folder, 'en')).filter((name) => name.endsWith('.json'))
  expect(english).toEqual(areas)
})

it.each(areas)('says everything of %s in both languages, with the same placeholders', (area) => {
  expect(flat(read('en', area), area).sort()).toEqual(flat(read('zh-CN', area), area).sort())
})

it.each(areas)('uses no exclamation marks in %s', (area) => {
  expect(JSON.stringify([read('zh-CN', area), read('en', area)])).not.toMatch(/[!！]/)
})

it('has every character of our Chinese in the heading face (else run `npm run fonts`)', () => {
  const cut = new Set(readFileSync(join(folder, '../design/fonts/characters.txt'), 'utf8'))
  const used = areas.flatMap((area) => [...JSON.stringify(read('zh-CN', area))])
  expect(used.filter((character) => !cut.has(character))).toEqual([])
})
