import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { ByteStream, chunksOf, isByteSource } from '../streams/index.js'
import { refused, sqlError } from './error.js'
import { native, type Handle } from './native.js'
import { PackedRows } from './postgres-packed.js'
import type { PostgresValue } from './postgres-values.js'

/** A table and the columns that rows go into. Names as they are: in SQL, unquoted names are lower case. */
export interface CopyTarget {
  readonly table: string
  /** Default: found by the search path. */
  readonly schema?: string | undefined
  readonly columns: readonly string[]
}

/** Rows of values in the order of the columns. */
export type Rows = Iterable<readonly PostgresValue[]> | AsyncIterable<readonly PostgresValue[]>

/** Sends bytes in the form that the statement names. */
export async function copyBytes(operation: string, source: unknown, open: () => Promise<CopyIn>): Promise<number> {
  if (!isByteSource(source)) throw refused(operation, 'source', 'bytes, text or a stream of them', source)
  const copy = await open()
  try {
    const refuse = (found: unknown): Error => refused(operation, 'source', 'pieces of bytes or text', found)
    for await (const piece of chunksOf(source, refuse)) await copy.write(piece)
    return await copy.finish()
  } finally {
    // Before its end, nothing is kept.
    copy.dispose()
  }
}

/** Sends rows: while one batch is under way the next is packed. */
export async function copyRows(
  operation: string,
  target: CopyTarget,
  source: unknown,
  open: (schema: string | undefined, table: string, columns: readonly string[]) => Promise<CopyIn>,
): Promise<number> {
  checkTarget(operation, target)
  const packed = new PackedRows(operation, target.columns.length)
  const isAsync = isObject(source) && Symbol.asyncIterator in source
  if (!isAsync && !(isObject(source) && Symbol.iterator in source)) {
    throw refused(operation, 'source', 'an iterable of rows', source)
  }
  const copy = await open(target.schema, target.table, target.columns)
  let underWay: Promise<void> | undefined
  const flush = async (): Promise<void> => {
    const bytes = packed.take()
    const before = underWay
    // Begun before the one before it has ended: the object's line keeps the order.
    underWay = copy.writeRows(bytes)
    // Whoever waits for it is told.
    underWay.catch(() => undefined)
    await before
  }
  try {
    if (isAsync) {
      for await (const row of source as AsyncIterable<unknown>) {
        packed.add(row)
        if (packed.isFull) await flush()
      }
    } else {
      for (const row of source as Iterable<unknown>) {
        packed.add(row)
        if (packed.isFull) await flush()
      }
    }
    if (packed.rows > 0) await flush()
    await underWay
    return await copy.finish()
  } finally {
    copy.dispose()
  }
}

function checkTarget(operation: string, target: CopyTarget): void {
  if (!isObject(target)) throw refused(operation, 'target', 'a COPY statement, or a table and columns', target)
  if (typeof target.table !== 'string') throw refused(operation, 'target.table', 'a string', target.table)
  if (target.schema !== undefined && typeof target.schema !== 'string') {
    throw refused(operation, 'target.schema', 'a string', target.schema)
  }
  const { columns } = target
  if (!Array.isArray(columns) || columns.length === 0 || columns.some((name) => typeof name !== 'string')) {
    throw refused(operation, 'target.columns', 'an array of at least one name', columns)
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A copy under way. */
export class CopyIn extends NativeObject {
  readonly #operation: string
  readonly #options: CallOptions | undefined

  private constructor(handle: Handle, operation: string, options: CallOptions | undefined) {
    super(boundary, handle)
    this.#operation = operation
    this.#options = options
  }

  /** @param keeps hears of it. */
  static async open(
    operation: string,
    options: CallOptions | undefined,
    begin: (call: number) => void,
    keeps: (copy: Disposable) => void,
  ): Promise<CopyIn> {
    const copy = new CopyIn(await boundary.call<Handle>(operation, options, begin), operation, options)
    keeps(copy)
    return copy
  }

  write(bytes: Uint8Array): Promise<void> {
    return boundary.call(this.#operation, this.#options, (call) => {
      native.postgresCopyInWrite(call, this.handle, bytes)
    })
  }

  writeRows(packed: Uint8Array): Promise<void> {
    return boundary.call(this.#operation, this.#options, (call) => {
      native.postgresCopyInWriteRows(call, this.handle, packed)
    })
  }

  finish(): Promise<number> {
    return boundary.call(this.#operation, this.#options, (call) => {
      native.postgresCopyInFinish(call, this.handle)
    })
  }
}

/** A copy on its way out. */
export class CopyOut extends NativeObject {
  constructor(handle: Handle) {
    super(boundary, handle)
  }

  /** Its bytes, fetched as they are asked for. */
  bytes(operation: string, options: CallOptions | undefined): ByteStream {
    return new ByteStream({
      next: () =>
        boundary.call<Uint8Array<ArrayBuffer> | null>(operation, options, (call) => {
          native.postgresCopyOutNext(call, this.handle)
        }),
      close: () => {
        this.dispose()
      },
      used: () => sqlError('ERR_STATE', operation, 'the copy can be read only once'),
    })
  }
}
