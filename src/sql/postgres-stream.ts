import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { SqlError } from './error.js'
import { native, type Handle } from './native.js'
import type { Shapes } from './postgres-shapes.js'
import type { RowForm } from './rows.js'

/** The rows of a statement, fetched as they are asked for. It can be read once. */
export class RowStream<Row> implements AsyncIterable<Row> {
  readonly #operation: string
  readonly #options: CallOptions | undefined
  readonly #shapes: Shapes
  readonly #form: RowForm
  readonly #open: () => Promise<Handle>
  #cursor: Cursor | undefined
  #used = false
  #disposed = false

  /** @internal */
  constructor(
    operation: string,
    options: CallOptions | undefined,
    shapes: Shapes,
    form: RowForm,
    open: () => Promise<Handle>,
  ) {
    this.#operation = operation
    this.#options = options
    this.#shapes = shapes
    this.#form = form
    this.#open = open
  }

  /** Row by row. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void> {
    for await (const batch of this.batches()) yield* batch
  }

  /** By the block: as many rows as came together, some thousands at most. Takes less time per row. */
  async *batches(): AsyncGenerator<Row[], void> {
    if (this.#used) {
      throw new SqlError(`${this.#operation}: the rows can be read only once`, {
        code: 'ERR_STATE',
        operation: this.#operation,
      })
    }
    this.#used = true
    try {
      this.#cursor = new Cursor(await this.#open())
      while (!this.#isDisposed()) {
        const block = await this.#cursor.next(this.#operation, this.#options)
        if (block === null) return
        yield this.#shapes.rowsOfOne(block, this.#form) as Row[]
      }
    } finally {
      this.dispose()
    }
  }

  /** Ends it where it is; the server stops. Twice is fine. */
  dispose(): void {
    this.#disposed = true
    this.#used = true
    this.#cursor?.dispose()
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }

  #isDisposed(): boolean {
    return this.#disposed
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
