import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import type { RowStream } from './database.js'
import { native, type Handle } from './native.js'
import type { Shapes } from './postgres-shapes.js'
import type { RowForm } from './rows.js'

/** What a stream needs to begin. */
export interface StreamStart {
  readonly operation: string
  readonly options: CallOptions | undefined
  readonly shapes: Shapes
  readonly form: RowForm
  readonly open: () => Promise<Handle>
}

/** The rows of a statement, fetched as they are asked for. */
export class PostgresStream<Row> implements RowStream<Row> {
  readonly #start: StreamStart
  #cursor: Cursor | undefined
  #rows: Row[] = []
  #at = 0
  #ended = false
  /** The batch under way: those who ask for more meanwhile wait for it. */
  #pulling: Promise<unknown> = Promise.resolve()

  constructor(start: StreamStart) {
    this.#start = start
  }

  next(): Promise<IteratorResult<Row, undefined>> {
    if (this.#at < this.#rows.length) return Promise.resolve({ done: false, value: this.#rows[this.#at++] as Row })
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    const pulled = this.#pulling.then(() => this.#nextAfterPull())
    this.#pulling = pulled.catch(() => undefined)
    return pulled
  }

  async #nextAfterPull(): Promise<IteratorResult<Row, undefined>> {
    while (this.#at >= this.#rows.length) {
      const batch = await this.#pull()
      if (batch === null) return { done: true, value: undefined }
      this.#rows = batch
      this.#at = 0
    }
    return { done: false, value: this.#rows[this.#at++] as Row }
  }

  async #pull(): Promise<Row[] | null> {
    if (this.#ended) return null
    const { operation, options, shapes, form, open } = this.#start
    try {
      this.#cursor ??= new Cursor(await open())
      const block = await this.#cursor.next(operation, options)
      if (block !== null) return shapes.rowsOfOne(block, form) as Row[]
    } catch (error) {
      this.#end()
      throw error
    }
    this.#end()
    return null
  }

  #end(): void {
    this.#ended = true
    this.#rows = []
    this.#at = 0
    this.#cursor?.dispose()
    this.#cursor = undefined
  }

  async return(): Promise<IteratorResult<Row, undefined>> {
    // A batch under way ends with its cursor; one that is only being opened is ended after it.
    this.#cursor?.dispose()
    await this.#pulling
    this.#end()
    return { done: true, value: undefined }
  }

  async *batches(): AsyncGenerator<Row[], undefined, undefined> {
    try {
      if (this.#at < this.#rows.length) yield this.#rows.slice(this.#at)
      for (;;) {
        const batch = await this.#pull()
        if (batch === null) return undefined
        yield batch
      }
    } finally {
      this.#end()
    }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}

class Cursor extends NativeObject {
  constructor(handle: Handle) {
    super(boundary, handle)
  }

  next(operation: string, options: CallOptions | undefined): Promise<Uint8Array | null> {
    return boundary.call(operation, options, (call) => {
      native.postgresCursorNext(call, this.handle)
    })
  }
}
