import { joined } from './joined.js'

/**
 * Small pieces of a source, put together up to `size` bytes; longer ones go on as they are. A piece is never waited for longer
 * than it takes: what has been gathered goes on when the source has nothing ready.
 *
 * Leaving it leaves the source at once, also while a piece is waited for.
 */
export class Gathered implements AsyncGenerator<Uint8Array, void> {
  readonly #pieces: AsyncGenerator<Uint8Array, void>
  readonly #size: number
  /** Asked for and not used yet. */
  #next: Promise<IteratorResult<Uint8Array, void>> | undefined

  constructor(pieces: AsyncGenerator<Uint8Array, void>, size: number) {
    this.#pieces = pieces
    this.#size = size
  }

  async next(): Promise<IteratorResult<Uint8Array, void>> {
    const held: Uint8Array[] = []
    let length = 0
    for (;;) {
      this.#next ??= this.#pieces.next()
      // What is held goes on rather than wait; a piece that is ready is worth a turn.
      const item = length === 0 ? await this.#next : await Promise.race([this.#next, turn()])
      if (item === undefined) break
      if (item.done === true || length + item.value.length > this.#size) {
        if (length > 0) break
        this.#next = undefined
        return item
      }
      this.#next = undefined
      // A copy: the source may use its memory again.
      held.push(item.value.slice())
      length += item.value.length
    }
    return { done: false, value: joined(held, length) }
  }

  async return(): Promise<IteratorResult<Uint8Array, void>> {
    this.#next?.catch(() => undefined)
    return this.#pieces.return()
  }

  async throw(error: unknown): Promise<IteratorResult<Uint8Array, void>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}

/** One turn of the event loop. */
function turn(): Promise<undefined> {
  return new Promise((resolve) => setImmediate(resolve, undefined))
}
