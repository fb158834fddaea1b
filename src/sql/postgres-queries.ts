import { boundary } from '../addon.js'
import { checkedTimeout, NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { ByteStream, type ByteSource } from '../streams/index.js'
import { refusal, SqlError } from './error.js'
import { native, type Handle } from './native.js'
import { copyBytes, copyRows, type CopyTarget, type Rows } from './postgres-copy.js'
import { rowOptions, type QueryOptions, type SyncQueryOptions } from './postgres-options.js'
import type { Shapes } from './postgres-shapes.js'
import { RowStream } from './postgres-stream.js'
import { flattened, type PostgresValue } from './postgres-values.js'
import type { RowObject, SqlValue } from './rows.js'

/** The exports that a database and a transaction each have for itself. */
export interface Doors {
  readonly query: typeof native.postgresQuery
  readonly querySync: typeof native.postgresQuerySync
  readonly execute: typeof native.postgresExecute
  readonly executeSync: typeof native.postgresExecuteSync
  readonly stream: typeof native.postgresStream
  readonly copyIn: typeof native.postgresCopyIn
  readonly copyRows: typeof native.postgresCopyRows
  readonly copyOut: typeof native.postgresCopyOut
}

/** A statement of a batch: its SQL alone, or with its parameters. */
export type BatchItem = string | readonly [sql: string, parameters?: readonly PostgresValue[]]

/**
 * What a {@link PostgresDatabase} and a {@link PostgresTransaction} have in common.
 *
 * Parameters are `$1`, `$2` … in the statement and never become part of its text. The server says of which type each is, and a
 * value that is none of that type is `ERR_SQL_PARAMETER`; nothing is converted by a guess. A string is right for every type: the
 * server reads it. See {@link PostgresValue}.
 *
 * Errors of every method: those of the server, by class (`ERR_SQL_SYNTAX`, `ERR_SQL_CONSTRAINT`, `ERR_SQL_BUSY`, `ERR_SQL_DENIED`,
 * `ERR_SQL_QUERY` …), with SQLSTATE and the server's fields in `details`; `ERR_SQL_CONNECTION` when the connection was lost,
 * `details.retryable` true when the statement had not been sent; `ERR_SQL_POOL_TIMEOUT`; `ERR_SQL_CLOSED`; `ERR_TIMEOUT`. A call
 * that is aborted or timed out is cancelled on the server.
 */
export abstract class PostgresQueries extends NativeObject {
  /** @internal */
  protected readonly shapes: Shapes
  readonly #doors: Doors
  readonly #name: string

  /** @internal */
  protected constructor(name: string, doors: Doors, handle: Handle, shapes: (self: () => Handle) => Shapes, parent?: NativeObject) {
    super(boundary, handle, parent)
    this.#name = name
    this.#doors = doors
    this.shapes = shapes(() => this.handle)
  }

  /**
   * Runs a statement and gives its rows: objects by column name, or arrays with `{ rows: 'array' }`.
   *
   * @example
   * const users = await database.query('select id, name from users where age > $1', [30])
   */
  query(sql: string, parameters: readonly PostgresValue[] | undefined, options: QueryOptions<'array'> & { rows: 'array' }): Promise<SqlValue[][]>
  query(sql: string, parameters?: readonly PostgresValue[], options?: QueryOptions): Promise<RowObject[]>
  async query(sql: string, parameters?: readonly PostgresValue[], options?: QueryOptions): Promise<unknown[]> {
    return this.#rows('query', sql, parameters, options)
  }

  /** {@link query} on this thread, which waits. */
  querySync(sql: string, parameters: readonly PostgresValue[] | undefined, options: SyncQueryOptions<'array'> & { rows: 'array' }): SqlValue[][]
  querySync(sql: string, parameters?: readonly PostgresValue[], options?: SyncQueryOptions): RowObject[]
  querySync(sql: string, parameters?: readonly PostgresValue[], options?: SyncQueryOptions): unknown[] {
    return this.#rowsSync('querySync', sql, parameters, options)
  }

  /** The only row, or null when there is none. More than one is `ERR_SQL_ROW_COUNT`. */
  one(sql: string, parameters: readonly PostgresValue[] | undefined, options: QueryOptions<'array'> & { rows: 'array' }): Promise<SqlValue[] | null>
  one(sql: string, parameters?: readonly PostgresValue[], options?: QueryOptions): Promise<RowObject | null>
  async one(sql: string, parameters?: readonly PostgresValue[], options?: QueryOptions): Promise<unknown> {
    return this.#only('one', await this.#rows('one', sql, parameters, options))
  }

  /** {@link one} on this thread, which waits. */
  oneSync(sql: string, parameters: readonly PostgresValue[] | undefined, options: SyncQueryOptions<'array'> & { rows: 'array' }): SqlValue[] | null
  oneSync(sql: string, parameters?: readonly PostgresValue[], options?: SyncQueryOptions): RowObject | null
  oneSync(sql: string, parameters?: readonly PostgresValue[], options?: SyncQueryOptions): unknown {
    return this.#only('oneSync', this.#rowsSync('oneSync', sql, parameters, options))
  }

  /** Runs a statement and gives the number of rows that it changed or returned. */
  execute(sql: string, parameters?: readonly PostgresValue[], options?: CallOptions): Promise<number> {
    const operation = this.operation('execute')
    return this.started(() => {
      const { values, kinds } = flattened(operation, parameters)
      return boundary.call<number>(operation, this.stoppable(options), (call) => {
        this.#doors.execute(call, this.handle, sql, values, kinds)
      })
    })
  }

  /** {@link execute} on this thread, which waits. */
  executeSync(sql: string, parameters?: readonly PostgresValue[], options?: SyncCallOptions): number {
    const operation = this.operation('executeSync')
    const { values, kinds } = flattened(operation, parameters)
    const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
    boundary.asks(operation)
    return this.#doors.executeSync(timeoutMs, this.handle, sql, values, kinds)
  }

  /**
   * The rows of a statement as they are asked for, for `for await`; `batches()` gives them by the block. What is not asked for
   * stays with the server, so memory is constant whatever the result. It has a connection for itself until it ends: read it to
   * its end, leave the loop, or dispose of it.
   *
   * `signal` and `timeoutMs` hold for each fetch, not for what the loop does in between.
   */
  stream(sql: string, parameters: readonly PostgresValue[] | undefined, options: QueryOptions<'array'> & { rows: 'array' }): RowStream<SqlValue[]>
  stream(sql: string, parameters?: readonly PostgresValue[], options?: QueryOptions): RowStream<RowObject>
  stream(sql: string, parameters?: readonly PostgresValue[], options?: QueryOptions): RowStream<unknown> {
    const operation = this.operation('stream')
    const { form, bigints } = rowOptions(operation, options)
    const { values, kinds } = flattened(operation, parameters)
    const stoppable = this.stoppable(options)
    return new RowStream(operation, stoppable, this.shapes, form, () =>
      boundary.call<Handle>(operation, stoppable, (call) => {
        this.#doors.stream(call, this.handle, sql, values, kinds, bigints)
      }),
    )
  }

  /**
   * Fills a table in bulk and gives the number of rows. Nothing is kept unless all of it came.
   *
   * @param target a table and its columns, for rows of values; or a whole `COPY … FROM STDIN`, for bytes in the form it names.
   * @param source rows, each an array in the order of the columns; or bytes.
   * @example
   * await database.copyIn({ table: 'users', columns: ['id', 'name'] }, [[1, 'Ann'], [2, 'Bob']])
   * await database.copyIn('copy users from stdin (format csv)', createReadStream('users.csv'))
   */
  copyIn(target: CopyTarget, source: Rows, options?: CallOptions): Promise<number>
  copyIn(target: string, source: ByteSource, options?: CallOptions): Promise<number>
  async copyIn(target: string | CopyTarget, source: unknown, options?: CallOptions): Promise<number> {
    const operation = this.operation('copyIn')
    const stoppable = this.stoppable(options)
    if (typeof target === 'string') {
      return copyBytes(operation, source, stoppable, () =>
        boundary.call<Handle>(operation, stoppable, (call) => {
          this.#doors.copyIn(call, this.handle, target)
        }),
      )
    }
    return copyRows(operation, target, source, stoppable, (schema, table, columns) =>
      boundary.call<Handle>(operation, stoppable, (call) => {
        this.#doors.copyRows(call, this.handle, schema, table, columns)
      }),
    )
  }

  /**
   * The bytes of `COPY … TO STDOUT` as a stream, read as it is asked for. It has a connection for itself until it ends.
   *
   * @example
   * await pipeline((await database.copyOut('copy users to stdout (format csv)')).toNode(), createWriteStream('users.csv'))
   */
  async copyOut(sql: string, options?: CallOptions): Promise<ByteStream> {
    const operation = this.operation('copyOut')
    const stoppable = this.stoppable(options)
    const handle = await boundary.call<Handle>(operation, stoppable, (call) => {
      this.#doors.copyOut(call, this.handle, sql)
    })
    const copy = new PostgresCopyOut(handle)
    return new ByteStream({
      next: () => copy.next(operation, stoppable),
      close: () => {
        copy.dispose()
      },
      used: () => new SqlError(`${operation}: the copy can be read only once`, { code: 'ERR_STATE', operation }),
    })
  }

  /** @internal */
  protected operation(method: string): string {
    return `sql.${this.#name}.${method}`
  }

  /** @internal What stops a call: its own options, and what stops everything of this object. */
  protected stoppable(options: CallOptions | undefined): CallOptions | undefined {
    return options
  }

  /** @internal What throws before it begins rejects. */
  protected started<T>(begin: () => Promise<T>): Promise<T> {
    try {
      return begin()
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject(error)
    }
  }

  async #rows(
    method: string,
    sql: string,
    parameters: readonly unknown[] | undefined,
    options: QueryOptions | undefined,
  ): Promise<unknown[]> {
    const operation = this.operation(method)
    const { form, bigints } = rowOptions(operation, options)
    const { values, kinds } = flattened(operation, parameters)
    const blocks = await boundary.call<Uint8Array[]>(operation, this.stoppable(options), (call) => {
      this.#doors.query(call, this.handle, sql, values, kinds, bigints)
    })
    return this.shapes.rowsOf(blocks, form)
  }

  #rowsSync(
    method: string,
    sql: string,
    parameters: readonly unknown[] | undefined,
    options: SyncQueryOptions | undefined,
  ): unknown[] {
    const operation = this.operation(method)
    const { form, bigints } = rowOptions(operation, options)
    const { values, kinds } = flattened(operation, parameters)
    const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
    boundary.asks(operation)
    return this.shapes.rowsOf(this.#doors.querySync(timeoutMs, this.handle, sql, values, kinds, bigints), form)
  }

  #only(method: string, rows: readonly unknown[]): unknown {
    if (rows.length <= 1) return rows[0] ?? null
    const operation = this.operation(method)
    throw new SqlError(`${operation}: expected one row at most, found ${String(rows.length)}`, {
      code: 'ERR_SQL_ROW_COUNT',
      operation,
      details: { found: rows.length },
    })
  }
}

class PostgresCopyOut extends NativeObject {
  constructor(handle: Handle) {
    super(boundary, handle)
  }

  next(operation: string, options: CallOptions | undefined): Promise<Uint8Array<ArrayBuffer> | null> {
    return boundary.call(operation, options, (call) => {
      native.postgresCopyOutNext(call, this.handle)
    })
  }
}

/** Statements one after the other, sent without waiting for each other's answers. */
export function checkedBatch(operation: string, items: unknown): readonly (readonly [string, readonly PostgresValue[] | undefined])[] {
  if (!Array.isArray(items)) throw refusal(operation, 'statements', 'an array', items)
  return (items as unknown[]).map((item, at) => {
    if (typeof item === 'string') return [item, undefined] as const
    if (Array.isArray(item) && typeof item[0] === 'string') {
      return item as unknown as readonly [string, readonly PostgresValue[] | undefined]
    }
    throw refusal(operation, `statements[${String(at)}]`, 'SQL, or an array of SQL and parameters', item)
  })
}
