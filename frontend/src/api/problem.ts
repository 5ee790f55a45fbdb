export interface FieldProblem {
  field: string
  code: string
  message: string
  params?: Record<string, unknown>
}

/** What the server (or the lack of one) refused, by kind. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'

  constructor(
    /** Last part of the problem's type, e.g. `song-not-found`; `offline` when nobody answered. */
    readonly kind: string,
    readonly status: number,
    readonly detail: string,
    readonly errors: readonly FieldProblem[] = [],
    /** Seconds the server asks us to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(detail || kind)
  }
}

interface ProblemBody {
  type?: string
  title?: string
  detail?: string
  errors?: FieldProblem[]
}

const isProblemBody = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null

/** Read an RFC 9457 answer; anything else becomes a problem of kind `unexpected`. */
export function toProblem(response: Response, body: unknown): ApiProblem {
  const problem = isProblemBody(body) ? body : {}
  const kind = problem.type?.split('/').pop() || 'unexpected'
  const wait = Number(response.headers.get('Retry-After'))
  return new ApiProblem(
    kind,
    response.status,
    problem.detail ?? problem.title ?? '',
    problem.errors ?? [],
    wait > 0 ? wait : null,
  )
}

export const isProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem
