import type { Chart } from '@/api/types'
import type { ChartFilter } from '@/features/charts/chartFilter'

/** What the server writes into the file. */
export interface Report {
  made_at: string
  filters: ChartFilter
  charts: Chart[]
}
