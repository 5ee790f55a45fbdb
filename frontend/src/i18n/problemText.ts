import { useI18n } from 'vue-i18n'
import { isProblem, type FieldProblem } from '@/api/problem'

/** Words for what went wrong: ours by kind, else the server's own sentence. */
export function useProblemText() {
  const { t, te } = useI18n()

  function fieldText(problem: FieldProblem): string {
    const key = `problems.field.${problem.code}`
    return te(key) ? t(key, problem.params ?? {}) : problem.message
  }

  function problemText(error: unknown): string {
    if (!isProblem(error)) return t('problems.unexpected')
    const key = `problems.${error.kind}`
    if (te(key)) return t(key, { seconds: error.retryAfter ?? 60 })
    return error.detail || t('problems.unexpected')
  }

  return { problemText, fieldText }
}
