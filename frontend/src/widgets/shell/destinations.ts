import {
  ChartColumn,
  House,
  Leaf,
  LibraryBig,
  ListMusic,
  MessageSquareHeart,
  MonitorPlay,
  Sparkles,
  Star,
  UserRound,
} from '@lucide/vue'

/** What works today; each later part adds its own. A phone's tab bar has room for four beside `mine`. */
export const destinations = [
  { to: '/', label: 'shell.nav.home', icon: House, needsLogin: false, onPhone: true },
  {
    to: '/recommendations/blend',
    label: 'shell.nav.forYou',
    icon: Sparkles,
    needsLogin: true,
    onPhone: false,
  },
  {
    to: '/library',
    label: 'shell.nav.library',
    icon: LibraryBig,
    needsLogin: false,
    onPhone: true,
  },
  {
    to: '/playlists',
    label: 'shell.nav.playlists',
    icon: ListMusic,
    needsLogin: false,
    onPhone: false,
  },
  {
    to: '/healing',
    label: 'shell.nav.healing',
    icon: Leaf,
    needsLogin: false,
    onPhone: false,
  },
  {
    to: '/sentiment',
    label: 'shell.nav.sentiment',
    icon: MessageSquareHeart,
    needsLogin: false,
    onPhone: true,
  },
  {
    to: '/analysis',
    label: 'shell.nav.analysis',
    icon: ChartColumn,
    needsLogin: false,
    onPhone: true,
  },
  {
    to: '/screen',
    label: 'shell.nav.screen',
    icon: MonitorPlay,
    needsLogin: false,
    onPhone: false,
  },
  { to: '/me/ratings', label: 'shell.nav.ratings', icon: Star, needsLogin: true, onPhone: false },
] as const

/** The last tab of a phone; on a desktop it is in the account's menu. */
export const mine = { to: '/me', label: 'shell.nav.me', icon: UserRound } as const
