import type { QueryClient } from '@tanstack/vue-query'
import {
  createRouter,
  createWebHistory,
  type RouteLocationRaw,
  type RouterHistory,
} from 'vue-router'
import type { Role } from '@/api/types'
import { loadAreas } from '@/i18n'
import { meOptions } from '@/features/accounts/useMe'
import { homeRowsOptions } from '@/features/recommendations/useRows'
import { carouselOptions, newestOptions } from '@/features/songs/useSongs'

declare module 'vue-router' {
  interface RouteMeta {
    /** Message key of the page's title. */
    title?: string
    needsLogin?: boolean
    /** Areas of messages that only some pages need. */
    messages?: readonly string[]
    /** Only for this role; others are told that there is no such page. */
    role?: Role
    /** Asks for what the first paint shows, while the page's code is on its way. */
    begin?: (client: QueryClient) => void
    /** Stands alone, without side bar and top bar. */
    bare?: boolean
  }
}

const routes = [
  {
    path: '/',
    name: 'home',
    component: () => import('@/pages/HomePage.vue'),
    meta: {
      begin: (client: QueryClient) => {
        void client.prefetchQuery(carouselOptions())
        void client.prefetchQuery(newestOptions())
        void client.prefetchQuery(homeRowsOptions(client))
      },
    },
  },
  {
    path: '/login',
    name: 'login',
    component: () => import('@/pages/LoginPage.vue'),
    meta: { title: 'accounts.login', bare: true },
  },
  {
    path: '/welcome',
    name: 'welcome',
    component: () => import('@/pages/WelcomePage.vue'),
    meta: { title: 'accounts.picker.title', needsLogin: true },
  },
  {
    path: '/library',
    name: 'library',
    component: () => import('@/pages/LibraryPage.vue'),
    meta: { title: 'songs.library.title' },
  },
  {
    path: '/playlists',
    name: 'playlists',
    component: () => import('@/pages/PlaylistsPage.vue'),
    meta: { title: 'playlists.title', messages: ['playlists'] },
  },
  {
    path: '/playlists/:id(\\d+)',
    name: 'playlist',
    component: () => import('@/pages/PlaylistPage.vue'),
    meta: { title: 'playlists.title', messages: ['playlists'] },
    props: (route: { params: { id?: string | string[] } }) => ({ id: Number(route.params.id) }),
  },
  {
    path: '/search',
    name: 'search',
    component: () => import('@/pages/SearchPage.vue'),
    meta: { title: 'search.title', messages: ['search'] },
  },
  {
    path: '/artists/:id(\\d+)',
    name: 'artist',
    component: () => import('@/pages/ArtistPage.vue'),
    meta: { messages: ['search'] },
    props: (route: { params: { id?: string | string[] } }) => ({ id: Number(route.params.id) }),
  },
  {
    path: '/albums/:id(\\d+)',
    name: 'album',
    component: () => import('@/pages/AlbumPage.vue'),
    props: (route: { params: { id?: string | string[] } }) => ({ id: Number(route.params.id) }),
  },
  {
    path: '/sentiment',
    name: 'sentiment',
    component: () => import('@/pages/SentimentPage.vue'),
    meta: { title: 'sentiment.title', messages: ['sentiment'] },
  },
  {
    path: '/healing',
    name: 'healing',
    component: () => import('@/pages/HealingPage.vue'),
    meta: { title: 'healing.title', messages: ['healing', 'help'] },
  },
  {
    path: '/healing/map',
    name: 'mood-map',
    component: () => import('@/pages/MoodMapPage.vue'),
    meta: { title: 'moodMap.title', messages: ['moodMap'] },
  },
  {
    path: '/words',
    name: 'words',
    component: () => import('@/pages/WordsPage.vue'),
    meta: { title: 'words.page.title', messages: ['words', 'sentiment', 'comments'] },
  },
  {
    path: '/songs/:id(\\d+)',
    name: 'song',
    component: () => import('@/pages/SongPage.vue'),
    meta: { messages: ['sentiment', 'words', 'comments'] },
    props: (route: { params: { id?: string | string[] } }) => ({ id: Number(route.params.id) }),
  },
  {
    path: '/recommendations/:algorithm(popularity|usercf|itemcf|rnn|two_tower|multimodal|blend)',
    name: 'row',
    component: () => import('@/pages/RowPage.vue'),
    props: true,
  },
  {
    path: '/me',
    name: 'profile',
    component: () => import('@/pages/ProfilePage.vue'),
    meta: { title: 'profile.title', needsLogin: true, messages: ['profile'] },
  },
  {
    path: '/me/ratings',
    name: 'ratings',
    component: () => import('@/pages/MyRatingsPage.vue'),
    meta: { title: 'ratings.mine.title', needsLogin: true },
  },
  {
    path: '/me/listening',
    name: 'listening',
    component: () => import('@/pages/MyListeningPage.vue'),
    meta: { title: 'charts.mine.title', needsLogin: true, messages: ['charts'] },
  },
  {
    path: '/me/care',
    name: 'care',
    component: () => import('@/pages/CarePage.vue'),
    meta: { title: 'care.title', needsLogin: true, messages: ['care'] },
  },
  {
    path: '/clinic',
    name: 'clinic',
    component: () => import('@/pages/ClinicPage.vue'),
    meta: {
      title: 'care.clinic.title',
      needsLogin: true,
      role: 'clinician' as const,
      messages: ['care'],
    },
  },
  {
    path: '/screen',
    name: 'screen',
    component: () => import('@/pages/ScreenPage.vue'),
    meta: { title: 'charts.screen', bare: true, messages: ['charts'] },
  },
  {
    path: '/analysis',
    name: 'analysis',
    component: () => import('@/pages/AnalysisPage.vue'),
    meta: { title: 'charts.analysis', messages: ['charts', 'words'] },
  },
  {
    path: '/how',
    name: 'how',
    component: () => import('@/pages/HowPage.vue'),
    meta: { title: 'how.title', messages: ['how'] },
  },
  {
    path: '/admin',
    name: 'admin',
    component: () => import('@/pages/AdminPage.vue'),
    redirect: '/admin/models',
    meta: {
      title: 'admin.title',
      needsLogin: true,
      role: 'admin' as const,
      messages: ['admin', 'how'],
    },
    children: [
      {
        path: 'models',
        component: () => import('@/pages/AdminModelsPage.vue'),
        meta: { title: 'admin.models.title' },
      },
      {
        path: 'comments',
        component: () => import('@/pages/AdminCommentsPage.vue'),
        meta: { title: 'admin.comments.title', messages: ['sentiment', 'comments'] },
      },
      {
        path: 'crawls',
        component: () => import('@/pages/AdminCrawlsPage.vue'),
        meta: { title: 'admin.crawls.title', messages: ['crawls'] },
      },
      {
        path: 'users',
        component: () => import('@/pages/AdminUsersPage.vue'),
        meta: { title: 'admin.users.title' },
      },
      {
        path: 'health',
        component: () => import('@/pages/AdminHealthPage.vue'),
        meta: { title: 'admin.health.title' },
      },
    ],
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('@/pages/NotFoundPage.vue'),
    meta: { title: 'shell.notFound.title' },
  },
]

/** Where to go after logging in: a path of ours, never another site. */
export function safeNext(next: unknown): RouteLocationRaw {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

export function createAppRouter(
  queryClient: QueryClient,
  history: RouterHistory = createWebHistory(),
) {
  const router = createRouter({ history, routes })

  router.beforeEach(async (to) => {
    to.meta.begin?.(queryClient)
    if (!to.meta.needsLogin && to.name !== 'login') return true
    const me = await queryClient.ensureQueryData(meOptions()).catch(() => null)
    if (to.meta.needsLogin && !me) return { name: 'login', query: { next: to.fullPath } }
    if (to.meta.role && me?.role !== to.meta.role) {
      return { name: 'not-found', params: { rest: to.path.slice(1).split('/') } }
    }
    if (to.name === 'login' && me) return safeNext(to.query.next)
    return true
  })

  router.beforeResolve(async (to) => {
    await loadAreas(to.matched.flatMap(({ meta }) => meta.messages ?? []))
  })

  return router
}
