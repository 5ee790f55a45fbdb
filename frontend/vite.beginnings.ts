import type { Plugin, Rolldown } from 'vite'
import { BOARDS } from './src/widgets/charts/boards.ts'

/** What a page shows first, by its path: its modules, fetched lazily or not, and what it asks the API. */
const FIRST = {
  '/': {
    modules: ['/src/pages/HomePage.vue'],
    asked: ['/api/home/carousel', '/api/home/newest', '/api/recommendations', '/api/site'],
  },
  '/screen': {
    modules: [
      '/src/pages/ScreenPage.vue',
      '/src/features/charts/BaseChart.vue',
      '/src/i18n/zh-CN/charts.json',
    ],
    asked: Object.values(BOARDS.library)
      .flat()
      .map(([chart]) => `/api/charts/${chart}`),
  },
}

let importers: (id: string) => readonly string[] = () => []

/** Whether a module is one that the page at `path` cannot do without. */
export const isPartOf =
  (path: string) =>
  (id: string): boolean => {
    const seen = new Set<string>()
    const waiting = [id]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.endsWith(path)) return true
      if (seen.has(next)) continue
      seen.add(next)
      waiting.push(...importers(next))
    }
    return false
  }

/** Every file that comes with this one. */
function family(bundle: Rolldown.OutputBundle, chunk: Rolldown.OutputChunk): Set<string> {
  const found = new Set<string>()
  const waiting = [chunk.fileName]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const one = bundle[name]
    if (found.has(name) || one?.type !== 'chunk') continue
    found.add(name)
    waiting.push(...one.imports)
    one.viteMetadata?.importedCss.forEach((style) => found.add(style))
  }
  return found
}

/** What index.html runs before it shows anything. */
const THEME = '</theme.js>; rel=preload; as=script'

const link = (file: string): string =>
  file.endsWith('.css')
    ? `</${file}>; rel=preload; as=style; crossorigin`
    : `</${file}>; rel=modulepreload`

/** Writes `links.json`: the Link header with which a page's first files and facts come at once. */
export const beginnings = (): Plugin => ({
  name: 'beginnings',
  apply: 'build',
  buildStart() {
    importers = (id) => this.getModuleInfo(id)?.importers ?? []
  },
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
    const holder = (module: string) => {
      const chunk = chunks.find((one) => one.facadeModuleId?.endsWith(module))
      if (!chunk) throw new Error(`${module} is in no file of its own`)
      return chunk
    }
    // The entry itself does nothing but import these, so index.html names them in its place.
    const shared = chunks
      .filter((one) => one.isEntry)
      .flatMap((one) => [...family(bundle, one)].filter((file) => file !== one.fileName))
    const links = Object.entries(FIRST).map(([path, { modules, asked }]) => {
      const own = modules.flatMap((module) => [...family(bundle, holder(module))])
      // A browser asks six at a time, in this order: no script waits behind a slow answer.
      const files = new Set([...shared, ...own])
      const facts = asked.map((address) => `<${address}>; rel=preload; as=fetch; crossorigin`)
      return [path, [THEME, ...[...files].map(link), ...facts].join(', ')]
    })
    this.emitFile({
      type: 'asset',
      fileName: 'links.json',
      source: JSON.stringify(Object.fromEntries(links)),
    })
  },
})
