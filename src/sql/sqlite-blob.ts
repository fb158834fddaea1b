/** Parts of a blob in a row, without the rest of it. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { refused } from './error.js'
import { native } from './native.js'
import type { SqliteConnection } from './sqlite-connection.js'

/** Which blob. */
export interface BlobPlace {
  /** The database it is in: `main`, `temp`, or the name of one that is attached. Default: `main`. */
  schema?: string | undefined
  table: string
  column: string
  /** The row's number: its `rowid`, or its integer primary key. */
  row: number | bigint
}

/** Runs with the connection when it is its turn. */
type Run = <T>(
  operation: string,
  options: CallOptions | undefined,
  go: (connection: SqliteConnection, options: CallOptions | undefined) => Promise<T>,
) => Promise<T>

/** A blob in a row. Made by {@link SqliteDatabase.blob}; every call looks it up anew, so it needs no end. */
export class SqliteBlob {
  readonly #run: Run
  readonly #place: readonly [schema: string, table: string, column: string, row: bigint]

  /** @internal */
  constructor(run: Run, place: BlobPlace) {
    const operation = 'sql.Database.blob'
    const { schema = 'main', table, column, row } = place
    for (const [name, value] of Object.entries({ schema, table, column })) {
      if (typeof value !== 'string') throw refused(operation, `place.${name}`, 'a string', value)
    }
    if (typeof row !== 'bigint' && !Number.isSafeInteger(row)) {
      throw refused(operation, 'place.row', 'a whole number or a bigint', row)
    }
    this.#run = run
    this.#place = [schema, table, column, BigInt(row)]
  }

  /** How many bytes it has. */
  size(options?: CallOptions): Promise<number> {
    const operation = 'sql.Blob.size'
    return this.#run(operation, options, (connection, left) =>
      boundary.call(operation, left, (call) => {
        native.sqliteConnectionBlobSizeTask(call, connection.number, ...this.#place)
      }),
    )
  }

  /** `length` bytes from `offset` on. `ERR_SQL_STATE` when it has not so many. */
  read(offset: number, length: number, options?: CallOptions): Promise<Uint8Array> {
    const operation = 'sql.Blob.read'
    return this.#run(operation, options, (connection, left) =>
      boundary.call(operation, left, (call) => {
        native.sqliteConnectionBlobReadTask(call, connection.number, ...this.#place, offset, length)
      }),
    )
  }

  /** Writes over what is there from `offset` on; a blob does not grow: `zeroblob(n)` makes room. */
  write(offset: number, bytes: Uint8Array, options?: CallOptions): Promise<void> {
    const operation = 'sql.Blob.write'
    return this.#run(operation, options, (connection, left) =>
      boundary.call(operation, left, (call) => {
        native.sqliteConnectionBlobWriteTask(call, connection.number, ...this.#place, offset, bytes)
      }),
    )
  }
}
