import { Readable } from 'node:stream'

/** Bytes as results have them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Where a stream comes from. */
export interface ByteStreamSource {
  /** The next piece, never empty, or null at the end. Called again only when the last call has settled. */
  readonly next: () => Promise<Bytes | null>
  /** Ends the native side; called once, however the stream ends. */
  readonly close: () => void
  /** What a second reading is refused with. */
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
  readonly #source: ByteStreamSource
  #used = false
  #closed = false

  /** @internal */
  constructor(source: ByteStreamSource) {
    this.#source = source
  }

  /** Whether somebody has begun to read it. */
  get used(): boolean {
    return this.#used
  }

  [Symbol.asyncIterator](): AsyncGenerator<Bytes, void> {
    this.#take()
    return this.#pieces()
  }

  /** All of it. */
  async bytes(): Promise<Bytes> {
    const pieces: Bytes[] = []
    let length = 0
    for await (const piece of this) {
      pieces.push(piece)
      length += piece.length
    }
    if (pieces.length === 1) return pieces[0] as Bytes
    const whole = new Uint8Array(length)
    let at = 0
    for (const piece of pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }

  /** All of it as UTF-8; what is no UTF-8 becomes U+FFFD, and a byte order mark is left out, as in the Web's `text()`. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  /** All of it as JSON. */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown
  }

  /** As a stream of the Web, of bytes. Cancelling it ends this one. */
  toWeb(): ReadableStream<Bytes> {
    this.#take()
    const pieces = this.#pieces()
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

  /** As a stream of Node. Destroying it ends this one. */
  toNode(): Readable {
    this.#take()
    return Readable.from(this.#pieces(), { objectMode: false })
  }

  /** Ends it unread, or in the middle. Twice is fine. */
  cancel(): void {
    this.#used = true
    this.#close()
  }

  #take(): void {
    if (this.#used) throw this.#source.used()
    this.#used = true
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#source.close()
  }

  async *#pieces(): AsyncGenerator<Bytes, void> {
    try {
      while (!this.#closed) {
        const piece = await this.#source.next()
        if (piece === null) return
        yield piece
      }
    } finally {
      this.#close()
    }
  }
}
