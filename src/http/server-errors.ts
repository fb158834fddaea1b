import { refusal } from './server-error.js'
import type { ServerRequest } from './server-request.js'

/** What went wrong, and while answering what. */
export interface ServerErrorEvent {
  readonly error: unknown
  readonly request: ServerRequest
}

/** Who hears of what goes wrong in a server. */
export class ServerErrors {
  readonly #listeners = new Set<(event: ServerErrorEvent) => void>()

  listen(operation: string, listener: (event: ServerErrorEvent) => void): () => void {
    if (typeof listener !== 'function') throw refusal(operation, 'listener', 'a function', listener)
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Tells all of them; without any it is a warning of the process. */
  readonly tell = (error: unknown, request: ServerRequest): void => {
    if (this.#listeners.size === 0) {
      process.emitWarning(error instanceof Error ? error : new Error(String(error)))
      return
    }
    for (const listener of this.#listeners) {
      try {
        listener({ error, request })
      } catch (thrown) {
        // As what an event listener throws: the answers beside it are not its hostages.
        process.nextTick(() => {
          throw thrown
        })
      }
    }
  }
}
