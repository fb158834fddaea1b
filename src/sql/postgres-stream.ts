import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { native, type Handle } from './native.js'
import type { Shapes } from './postgres-shapes.js'
import { PulledRows } from './row-stream.js'
import type { RowForm } from './rows.js'

/** What a stream needs to begin. */
export interface StreamStart {
  readonly operation: string
  readonly options: CallOptions | undefined
  readonly shapes: Shapes
  readonly form: RowForm
  readonly open: () => Promise<Handle>
  /** Hears of the open cursor. */
  readonly keeps: (cursor: Disposable) => void
}

/** The rows of a statement, fetched as they are asked for. */
export class PostgresStream<Row> extends PulledRows<Row> {
  readonly #start: StreamStart
  #cursor: Cursor | undefined

  constructor(start: StreamStart) {
    super()
    this.#start = start
  }

  protected override async fetch(): Promise<Row[] | null> {
    const { operation, options, shapes, form, open, keeps } = this.#start
    if (this.#cursor === undefined) {
      this.#cursor = new Cursor(await open())
      keeps(this.#cursor)
    }
    const block = await this.#cursor.next(operation, options)
    return block === null ? null : (shapes.rowsOfOne(block, form) as Row[])
  }

  /** A batch under way ends with its cursor; one that is only being opened is ended after it. */
  protected override interrupt(): void {
    this.#cursor?.dispose()
  }

  protected override close(): void {
    this.#cursor?.dispose()
    this.#cursor = undefined
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
