import { Readable } from 'node:stream'
import { joined } from './joined.js'

/** Bytes as results have them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** The pieces of a stream, one after the other. Returning it ends the stream, also while a piece is waited for. */
export interface ByteIterator extends AsyncIterableIterator<Bytes, undefined> {
  return: () => Promise<IteratorResult<Bytes, undefined>>
}

/** Where a stream comes from. */
export interface ByteStreamSource {
  /** The next piece, never empty, or null at the end. Called again only when the last call has settled. */
  readonly next: () => Promise<Bytes | null>
  /** Ends the native side, also in the middle of a `next`, which then settles somehow; called once, however the stream ends. */
  readonly close: () => void
  /** What a second reading, or one that was cancelled, is refused with. */
  readonly used: () => Error
}

/**
 * Bytes that come in pieces. Nothing is fetched before it is asked for, so a slow reader holds the sender back. It can be read
 * once: by `for await`, as a whole, or as a stream of the Web or of Node.
 *
 * @example
 * for await (const piece of stream) size += piece.length
 */
export class ByteStream implements AsyncIterable<Bytes> {
  readonly #pieces: Pieces
  readonly #refuse: () => Error
  #used = false
  #wasCancelled = false

  /** Made by systems: a stream of one's own is better made by the Web or by Node. */
  constructor(source: ByteStreamSource) {
    this.#pieces = new Pieces(source)
    this.#refuse = source.used
  }

  /** Whether somebody has begun to read it. */
  get used(): boolean {
    return this.#used
  }

  [Symbol.asyncIterator](): ByteIterator {
    return this.#take()
  }

  /** All of it. Rejects when the stream is cancelled in the middle: a part must not pass for the whole. */
  async bytes(): Promise<Bytes> {
    const pieces: Bytes[] = []
    let length = 0
    for await (const piece of this) {
      pieces.push(piece)
      length += piece.length
    }
    if (this.#wasCancelled) throw this.#refuse()
    return joined(pieces, length)
  }

  /** All of it as UTF-8; what is no UTF-8 becomes U+FFFD, and a byte order mark is left out, as in the Web's `text()`. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  /** All of it as JSON. */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown
  }

  /** As a stream of the Web, of bytes. Cancelling it ends this one, also while a piece is waited for. */
  toWeb(): ReadableStream<Bytes> {
    const pieces = this.#take()
    return new ReadableStream<Bytes>(
      {
        async pull(controller) {
          const { done, value } = await pieces.next()
          if (done === true) controller.close()
          else controller.enqueue(value)
        },
        async cancel() {
          await pieces.return()
        },
      },
      { highWaterMark: 0 },
    )
  }

  /** As a stream of Node. Destroying it ends this one, also while a piece is waited for. */
  toNode(): Readable {
    const pieces = this.#take()
    return new Readable({
      // What was asked for and no more: Node would read a piece ahead.
      highWaterMark: 0,
      read() {
        pieces.next().then(
          ({ done, value }) => this.push(done === true ? null : value),
          (error: unknown) => this.destroy(error as Error),
        )
      },
      destroy(error, done) {
        pieces.return().then(() => done(error), done)
      },
    })
  }

  /** Ends it unread, or in the middle: who waits for a piece hears that there is none. Twice is fine. */
  cancel(): void {
    this.#used = true
    if (!this.#pieces.hasEnded()) this.#wasCancelled = true
    this.#pieces.end()
  }

  /** The same as {@link cancel}, for `using`. */
  [Symbol.dispose](): void {
    this.cancel()
  }

  /** The same as {@link cancel}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
    return Promise.resolve()
  }

  #take(): Pieces {
    if (this.#used) throw this.#refuse()
    this.#used = true
    return this.#pieces
  }
}

/** The pieces of a source, fetched one after the other. */
class Pieces implements ByteIterator {
  readonly #source: ByteStreamSource
  #ended = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(source: ByteStreamSource) {
    this.#source = source
  }

  next(): Promise<IteratorResult<Bytes, undefined>> {
    const turn = this.#last.then(() => this.#fetch())
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #fetch(): Promise<IteratorResult<Bytes, undefined>> {
    if (this.#ended) return { done: true, value: undefined }
    try {
      const piece = await this.#source.next()
      if (piece !== null && !this.hasEnded()) return { done: false, value: piece }
    } catch (error) {
      // One that was left has nothing more to say.
      if (!this.hasEnded()) {
        this.end()
        throw error
      }
    }
    this.end()
    return { done: true, value: undefined }
  }

  return(): Promise<IteratorResult<Bytes, undefined>> {
    this.end()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** A method: what an await has changed is not known to the compiler. */
  hasEnded(): boolean {
    return this.#ended
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#source.close()
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
