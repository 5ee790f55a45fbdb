import { House, LibraryBig, MessageSquareHeart, Sparkles, Star } from '@lucide/vue'

/** What works today; each later part adds its own. */
export const destinations = [
  { to: '/', label: 'shell.nav.home', icon: House, needsLogin: false },
  { to: '/recommendations/blend', label: 'shell.nav.forYou', icon: Sparkles, needsLogin: true },
  { to: '/library', label: 'shell.nav.library', icon: LibraryBig, needsLogin: false },
  { to: '/sentiment', label: 'shell.nav.sentiment', icon: MessageSquareHeart, needsLogin: false },
  { to: '/me/ratings', label: 'shell.nav.ratings', icon: Star, needsLogin: true },
] as const
