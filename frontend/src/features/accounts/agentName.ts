/** Browsers that name others beside themselves, the most particular first. */
const BROWSERS: readonly [string, RegExp][] = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /Safari\//],
]
const SYSTEMS: readonly [string, RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['HarmonyOS', /HarmonyOS/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
]

const first = (names: readonly [string, RegExp][], agent: string): string | undefined =>
  names.find(([, sign]) => sign.test(agent))?.[0]

/** A short name for what a browser calls itself, null when it says nothing known. */
export function agentName(agent: string | null): string | null {
  if (!agent) return null
  const found = [first(BROWSERS, agent), first(SYSTEMS, agent)].filter(Boolean)
  return found.length ? found.join(' · ') : (agent.split(/[\s/]/, 1)[0] ?? null)
}
