import { VueQueryPlugin } from '@tanstack/vue-query'
import { render, screen } from '@testing-library/vue'
import { createPinia } from 'pinia'
import { defineComponent, h, type Component, type Plugin } from 'vue'
import { createMemoryHistory } from 'vue-router'
import App from '@/App.vue'
import { createQueryClient } from '@/api/queryClient'
import { i18n } from '@/i18n'
import { createAppRouter } from '@/router'

/** A session as the browser would hold it. */
export function logIn(): void {
  document.cookie = 'csrf_access_token=access-1'
  document.cookie = 'csrf_refresh_token=refresh-1'
}

function world() {
  const queryClient = createQueryClient()
  queryClient.setDefaultOptions({
    ...queryClient.getDefaultOptions(),
    queries: { ...queryClient.getDefaultOptions().queries, retry: false },
  })
  const router = createAppRouter(queryClient, createMemoryHistory())
  const cache: [Plugin, { queryClient: typeof queryClient }] = [VueQueryPlugin, { queryClient }]
  return { queryClient, router, plugins: [createPinia(), i18n, router, cache] }
}

/** One component, with everything around it that it may ask for. */
export function renderPart(
  component: Component,
  options: { props?: Record<string, unknown>; slots?: Record<string, string> } = {},
) {
  const { plugins, ...rest } = world()
  return { ...rest, ...render(component, { ...options, global: { plugins } }) }
}

/** The whole site, opened at an address. */
export async function openSite(path: string) {
  const { plugins, queryClient, router } = world()
  await router.push(path)
  await router.isReady()
  const rendered = render(App, { global: { plugins } })
  return { queryClient, router, ...rendered }
}

/** Run a composable inside a component and hand back what it returns. */
export function withSetup<T>(setup: () => T) {
  let result: T | undefined
  const Host = defineComponent({
    setup() {
      result = setup()
      return () => h('div')
    },
  })
  const rendered = renderPart(Host)
  return { ...rendered, result: result as T }
}

export { screen }
