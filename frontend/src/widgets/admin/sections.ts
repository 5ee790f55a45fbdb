/** The rooms of the administration; each later part adds its own. */
export const adminSections = [
  { to: '/admin/models', label: 'admin.models.title' },
  { to: '/admin/comments', label: 'admin.comments.title' },
  { to: '/admin/crawls', label: 'admin.crawls.title' },
  { to: '/admin/users', label: 'admin.users.title' },
  { to: '/admin/health', label: 'admin.health.title' },
] as const
