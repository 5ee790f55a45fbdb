/** Fetch what may soon be needed once the browser has nothing better to do. */
export function whenIdle(load: () => Promise<unknown>): void {
  // Lost on the way, it is simply asked for again when it is needed.
  const run = (): void => void load().catch(() => undefined)
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run)
  else setTimeout(run, 1000)
}
