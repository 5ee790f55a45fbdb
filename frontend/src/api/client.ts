import createClient from 'openapi-fetch'
import { ApiProblem, toProblem } from './problem'
import type { paths } from './schema'
import { sessionFetch } from './session'

export const api = createClient<paths>({ baseUrl: location.origin, fetch: sessionFetch })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a good answer; every other outcome is thrown as an ApiProblem. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    if (cause instanceof TypeError) throw new ApiProblem('offline', 0, '')
    throw cause
  })
  if (!response.ok) throw toProblem(response, error)
  return data as T
}
