import type { WebSocketMessage } from './websocket-message.js'

/** Messages one by one. One that is here already costs no more than a promise. */
export class Messages implements AsyncIterableIterator<WebSocketMessage, undefined> {
  readonly #now: () => WebSocketMessage | undefined
  readonly #later: () => Promise<WebSocketMessage | null>
  #ended = false

  constructor(now: () => WebSocketMessage | undefined, later: () => Promise<WebSocketMessage | null>) {
    this.#now = now
    this.#later = later
  }

  next(): Promise<IteratorResult<WebSocketMessage, undefined>> {
    try {
      const value = this.#ended ? undefined : this.#now()
      return value === undefined ? this.#wait() : Promise.resolve({ done: false, value })
    } catch (error) {
      // What the checks threw: an error of ours.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject(error)
    }
  }

  return(): Promise<IteratorResult<WebSocketMessage, undefined>> {
    this.#ended = true
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #wait(): Promise<IteratorResult<WebSocketMessage, undefined>> {
    const value = this.#ended ? null : await this.#later()
    if (value !== null) return { done: false, value }
    this.#ended = true
    return { done: true, value: undefined }
  }
}
