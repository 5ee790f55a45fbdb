import { onScopeDispose, type Ref } from 'vue'
import { useRouter } from 'vue-router'

/** The column scrolls, not the window: go to the top on a new page, and back to the place left. */
export function useColumnScroll(
  column: Readonly<Ref<HTMLElement | null>>,
  main: Readonly<Ref<HTMLElement | null>>,
): void {
  const router = useRouter()
  const places = new Map<string, number>()
  let goesBack = false

  const onPopstate = (): void => {
    goesBack = true
  }
  window.addEventListener('popstate', onPopstate)

  const offLeave = router.beforeEach((_to, from) => {
    places.set(from.fullPath, column.value?.scrollTop ?? 0)
  })
  const offEnter = router.afterEach((to, from) => {
    const place = goesBack ? (places.get(to.fullPath) ?? 0) : 0
    const isNewPage = to.path !== from.path
    goesBack = false
    requestAnimationFrame(() => {
      if (isNewPage) main.value?.focus({ preventScroll: true })
      if (isNewPage || to.query.page !== from.query.page) column.value?.scrollTo({ top: place })
    })
  })

  onScopeDispose(() => {
    window.removeEventListener('popstate', onPopstate)
    offLeave()
    offEnter()
  })
}
