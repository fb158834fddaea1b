import type { HttpError } from 'ferrule/http'

/** The error that a call rejects with. */
export async function refusedBy(call: () => Promise<unknown>): Promise<HttpError> {
  try {
    await call()
  } catch (error) {
    return error as HttpError
  }
  throw new Error('it was not refused')
}
