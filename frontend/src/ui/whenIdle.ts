/** Fetch what may soon be needed once the browser has nothing better to do. */
export function whenIdle(load: () => Promise<unknown>): void {
  const run = (): void => void load()
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run)
  else setTimeout(run, 1000)
}
