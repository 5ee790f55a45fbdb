import { toPng } from 'html-to-image'
import { download } from '@/features/charts/download'

/** Save what stands on the board as one picture. */
export async function takePicture(board: HTMLElement, ground: string): Promise<void> {
  const fontEmbedCSS = await facesInUse()
  const picture = await toPng(board, { pixelRatio: 2, backgroundColor: ground, fontEmbedCSS })
  download(picture, 'huisheng-screen.png')
}

/** The font faces the page has loaded, whole: a picture fetches nothing. By itself the library
 * would take every slice of the serif along. */
async function facesInUse(): Promise<string> {
  const loaded = [...document.fonts].filter(({ status }) => status === 'loaded').map(nameOf)
  const rules = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule),
  )
  const faces = rules
    .filter(({ style }) => loaded.includes(nameOf(described(style))))
    .map(async (rule) => {
      const [, file] = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src')) ?? []
      if (!file) return ''
      const address = new URL(file, rule.parentStyleSheet?.href ?? location.href).href
      return rule.cssText.replace(file, await inside(address))
    })
  return (await Promise.all(faces)).join('\n')
}

const described = (style: CSSStyleDeclaration) => ({
  family: style.getPropertyValue('font-family'),
  weight: style.getPropertyValue('font-weight'),
  unicodeRange: style.getPropertyValue('unicode-range') || 'U+0-10FFFF',
})

const nameOf = ({ family, weight, unicodeRange }: ReturnType<typeof described>): string =>
  [family.replaceAll(/["']/g, ''), weight, unicodeRange.replaceAll(/\s/g, '').toUpperCase()].join()

/** A file as a data URL. */
async function inside(address: string): Promise<string> {
  const file = await (await fetch(address)).blob()
  return new Promise((tell, fail) => {
    const reader = new FileReader()
    reader.onload = () => tell(reader.result as string)
    reader.onerror = () => fail(reader.error ?? new Error(address))
    reader.readAsDataURL(file)
  })
}
