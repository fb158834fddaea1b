/** What is sent or written: at once, or in pieces. Texts are sent as UTF-8. */
export type ByteSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>

/** A piece that can cross the boundary. */
type Piece = Uint8Array

/** Largest piece that is handed on: a longer one goes in several, so that what follows it is not held up by one copy. */
const LONGEST_PIECE = 1024 * 1024

const encoder = new TextEncoder()

/** Whether a value is a {@link ByteSource}, by its shape: streams of other realms and of other libraries are as good. */
export function isByteSource(value: unknown): value is ByteSource {
  if (typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  return (
    value instanceof Uint8Array ||
    value instanceof ArrayBuffer ||
    value instanceof Blob ||
    isWebStream(value) ||
    Symbol.asyncIterator in value ||
    Symbol.iterator in value
  )
}

/**
 * The bytes of a source, piece by piece, pulled: nothing is read ahead. A source that is left early is told at once, also while
 * its next piece is waited for: a Web stream is cancelled, a Node stream destroyed, an iterator returned.
 *
 * @param refuse makes the error for a piece that is neither bytes nor text.
 */
export function chunksOf(source: ByteSource, refuse: (found: unknown) => Error): AsyncGenerator<Piece, void> {
  return new Chunks(pullOf(source), refuse)
}

/** How the items of a source are fetched. */
interface Pull {
  next: () => Promise<IteratorResult<unknown, unknown>> | IteratorResult<unknown, unknown>
  /** Ends the source; it may be in the middle of a `next`. */
  leave: () => unknown
}

function pullOf(source: ByteSource): Pull {
  if (typeof source === 'string' || source instanceof Uint8Array) return pullOfIterator([source][Symbol.iterator]())
  if (source instanceof ArrayBuffer) return pullOfIterator([new Uint8Array(source)][Symbol.iterator]())
  if (source instanceof Blob) return pullOfWeb(source.stream())
  if (isWebStream(source)) return pullOfWeb(source)
  if (Symbol.asyncIterator in source) {
    const pull = pullOfIterator(source[Symbol.asyncIterator]())
    return isNodeStream(source) ? { ...pull, leave: () => source.destroy() } : pull
  }
  return pullOfIterator(source[Symbol.iterator]())
}

function pullOfWeb(stream: ReadableStream<Uint8Array>): Pull {
  const reader = stream.getReader()
  return { next: () => reader.read(), leave: () => reader.cancel() }
}

function pullOfIterator(iterator: AsyncIterator<unknown> | Iterator<unknown>): Pull {
  return { next: () => iterator.next(), leave: () => iterator.return?.() }
}

class Chunks implements AsyncGenerator<Piece, void> {
  readonly #pull: Pull
  readonly #refuse: (found: unknown) => Error
  /** What is left of an item. */
  #rest: Piece | undefined
  #isDone = false
  #isPending = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(pull: Pull, refuse: (found: unknown) => Error) {
    this.#pull = pull
    this.#refuse = refuse
  }

  next(): Promise<IteratorResult<Piece, void>> {
    const turn = this.#last.then(() => this.#take())
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #take(): Promise<IteratorResult<Piece, void>> {
    while (!this.#isDone) {
      const piece = this.#rest
      if (piece !== undefined && piece.length > 0) {
        this.#rest = piece.length > LONGEST_PIECE ? piece.subarray(LONGEST_PIECE) : undefined
        return { done: false, value: piece.subarray(0, LONGEST_PIECE) }
      }
      await this.#fetch()
    }
    return { done: true, value: undefined }
  }

  async #fetch(): Promise<void> {
    let item: IteratorResult<unknown, unknown>
    this.#isPending = true
    try {
      item = await this.#pull.next()
    } catch (error) {
      // One that was left has nothing more to say.
      if (this.#isDone) return
      this.#isDone = true
      throw error
    } finally {
      this.#isPending = false
    }
    if (this.#isDone) return
    if (item.done === true) this.#isDone = true
    else if (item.value instanceof Uint8Array) this.#rest = item.value
    else if (typeof item.value === 'string') this.#rest = encoder.encode(item.value)
    else {
      await this.return()
      throw this.#refuse(item.value)
    }
  }

  async return(): Promise<IteratorResult<Piece, void>> {
    if (!this.#isDone) {
      this.#isDone = true
      this.#rest = undefined
      const left = Promise.resolve(this.#pull.leave())
      // A generator answers when its own promise has settled, which may be never.
      if (this.#isPending) left.catch(() => undefined)
      else await left
    }
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<Piece, void>> {
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

function isWebStream(value: object): value is ReadableStream<Uint8Array> {
  return typeof (value as Partial<ReadableStream>).getReader === 'function'
}

function isNodeStream(value: object): value is { destroy: () => unknown } {
  const { destroy, pipe } = value as { destroy?: unknown; pipe?: unknown }
  return typeof destroy === 'function' && typeof pipe === 'function'
}
