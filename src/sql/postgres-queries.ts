import { boundary } from '../addon.js'
import { checkedTimeout, NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import type { ByteSource, ByteStream } from '../streams/index.js'
import type {
  BatchItem,
  ExecuteResult,
  QueryOptions,
  Queries,
  RowStream,
  SyncQueryOptions,
  Transaction,
} from './database.js'
import { refused, sqlError } from './error.js'
import type { native, Handle } from './native.js'
import { askedOf, batchOf, type Asked } from './postgres-asked.js'
import { CopyIn, CopyOut, copyBytes, copyRows, type CopyTarget, type Rows } from './postgres-copy.js'
import type { PostgresTransactionOptions } from './postgres-options.js'
import type { Shapes } from './postgres-shapes.js'
import { PostgresStream } from './postgres-stream.js'
import type { PostgresParams, PostgresValue } from './postgres-values.js'
import type { RowObject } from './rows.js'
import type { SqlFragment } from './sql-tag.js'

/** The exports that a database and a transaction each have for itself. */
export interface Doors {
  readonly query: typeof native.postgresQuery
  readonly querySync: typeof native.postgresQuerySync
  readonly execute: typeof native.postgresExecute
  readonly executeSync: typeof native.postgresExecuteSync
  readonly script: typeof native.postgresScript
  readonly stream: typeof native.postgresStream
  readonly copyIn: typeof native.postgresCopyIn
  readonly copyRows: typeof native.postgresCopyRows
  readonly copyOut: typeof native.postgresCopyOut
}

/**
 * What a {@link PostgresDatabase} and a {@link PostgresTransaction} have in common.
 *
 * Parameters are `$1`, `$2` … in the statement, or `?` in their order, or `:name` with an object of values, and never become part of its
 * text. Where `?` stands for parameters, the operator of that name is written `??`. The server says
 * of which type each is, and a value that is none of that type is `ERR_SQL_PARAMETER`; nothing is converted by a guess. A string is right
 * for every type: the server reads it.
 *
 * Errors of every method: those of the server, by class (`ERR_SQL_SYNTAX`, `ERR_SQL_CONSTRAINT`, `ERR_SQL_BUSY`, `ERR_SQL_DENIED`,
 * `ERR_SQL_QUERY` …), with SQLSTATE and the server's fields in `details`; `ERR_SQL_CONNECTION` when the connection was lost,
 * `details.retryable` true when the statement had not been sent; `ERR_SQL_POOL_TIMEOUT`; `ERR_SQL_CLOSED`; `ERR_TIMEOUT`. A call that is aborted
 * or timed out is cancelled on the server.
 */
export abstract class PostgresQueries extends NativeObject implements Queries {
  /** @internal */
  protected readonly shapes: Shapes
  /** @internal Hears of what has a connection until it ends: a stream, a copy. A database has others. */
  protected readonly keeps: (what: Disposable) => void = () => undefined
  readonly #doors: Doors
  readonly #name: string

  /** @internal */
  protected constructor(name: string, doors: Doors, handle: Handle, shapes: (self: () => Handle) => Shapes) {
    super(boundary, handle)
    this.#name = name
    this.#doors = doors
    this.shapes = shapes(() => this.handle)
  }

  abstract transaction<T>(work: (tx: Transaction) => Promise<T> | T, options?: PostgresTransactionOptions): Promise<T>

  /**
   * All rows: objects by column name, or arrays with `{ rows: 'array' }`.
   *
   * @example
   * const users = await db.query('select id, name from users where age > $1', [30])
   */
  query<Row = RowObject>(sql: string, params?: PostgresParams, options?: QueryOptions): Promise<Row[]>
  query<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row[]>
  async query<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row[]> {
    return (await this.#rows('query', sql, second, third)) as Row[]
  }

  /** {@link query} on this thread, which waits. */
  querySync<Row = RowObject>(sql: string, params?: PostgresParams, options?: SyncQueryOptions): Row[]
  querySync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row[]
  querySync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row[] {
    return this.#rowsSync('querySync', sql, second, third) as Row[]
  }

  /** The only row. `ERR_SQL_ROW_COUNT` when there is none or a second. */
  one<Row = RowObject>(sql: string, params?: PostgresParams, options?: QueryOptions): Promise<Row>
  one<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row>
  async one<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row> {
    return this.#only('one', await this.#rows('one', sql, second, third), 1) as Row
  }

  /** {@link one} on this thread, which waits. */
  oneSync<Row = RowObject>(sql: string, params?: PostgresParams, options?: SyncQueryOptions): Row
  oneSync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row
  oneSync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row {
    return this.#only('oneSync', this.#rowsSync('oneSync', sql, second, third), 1) as Row
  }

  /** The only row, or null. `ERR_SQL_ROW_COUNT` when there is a second. */
  oneOrNull<Row = RowObject>(sql: string, params?: PostgresParams, options?: QueryOptions): Promise<Row | null>
  oneOrNull<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row | null>
  async oneOrNull<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row | null> {
    return this.#only('oneOrNull', await this.#rows('oneOrNull', sql, second, third), 0) as Row | null
  }

  /** {@link oneOrNull} on this thread, which waits. */
  oneOrNullSync<Row = RowObject>(sql: string, params?: PostgresParams, options?: SyncQueryOptions): Row | null
  oneOrNullSync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row | null
  oneOrNullSync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row | null {
    return this.#only('oneOrNullSync', this.#rowsSync('oneOrNullSync', sql, second, third), 0) as Row | null
  }

  /** Runs a statement to its end; rows it may give are left. */
  execute(sql: string, params?: PostgresParams, options?: CallOptions): Promise<ExecuteResult>
  execute(sql: SqlFragment, options?: CallOptions): Promise<ExecuteResult>
  async execute(sql: string | SqlFragment, second?: unknown, third?: CallOptions): Promise<ExecuteResult> {
    const operation = this.operation('execute')
    const { text, values, kinds, options } = askedOf(operation, sql, second, third)
    const changes = await boundary.call<number>(operation, this.stoppable(options), (call) => {
      this.#doors.execute(call, this.handle, text, values, kinds)
    })
    return { changes, lastInsertId: null }
  }

  /** {@link execute} on this thread, which waits. */
  executeSync(sql: string, params?: PostgresParams, options?: SyncCallOptions): ExecuteResult
  executeSync(sql: SqlFragment, options?: SyncCallOptions): ExecuteResult
  executeSync(sql: string | SqlFragment, second?: unknown, third?: SyncCallOptions): ExecuteResult {
    const operation = this.operation('executeSync')
    const { text, values, kinds, options } = askedOf(operation, sql, second, third)
    const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
    boundary.asks(operation)
    return { changes: this.#doors.executeSync(timeoutMs, this.handle, text, values, kinds), lastInsertId: null }
  }

  /**
   * One statement with many lists of parameters, or several statements, all or none: how many rows each changed. They are sent one after
   * the other without waiting for answers.
   */
  batch(
    sql: string,
    params: readonly (readonly PostgresValue[])[],
    options?: PostgresTransactionOptions,
  ): Promise<number[]>
  batch(items: readonly BatchItem[], options?: PostgresTransactionOptions): Promise<number[]>
  async batch(
    first: string | readonly BatchItem[],
    second?: unknown,
    third?: PostgresTransactionOptions,
  ): Promise<number[]> {
    const { statements, options } = batchOf(this.operation('batch'), first, second, third)
    return this.transaction(
      (tx) =>
        Promise.all(
          statements.map(async ([sql, params]) => {
            const { changes } = await (tx as unknown as PostgresQueries).execute(sql, params)
            return changes
          }),
        ),
      options,
    )
  }

  /** Runs several statements in a row, without parameters, as one transaction: schemas, migrations. */
  async script(sql: string, options?: CallOptions): Promise<void> {
    await boundary.call(this.operation('script'), this.stoppable(options), (call) => {
      this.#doors.script(call, this.handle, sql)
    })
  }

  /**
   * The rows of a statement as they are asked for, for `for await`; `batches()` gives them by the block. What is not asked for stays with
   * the server, so memory is constant whatever the result. It has a connection for itself until it ends: read it to its end, leave the
   * loop, or dispose of it.
   *
   * `signal` and `timeoutMs` hold for each fetch, not for what the loop does in between.
   */
  stream<Row = RowObject>(sql: string, params?: PostgresParams, options?: QueryOptions): RowStream<Row>
  stream<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): RowStream<Row>
  stream<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): RowStream<Row> {
    const operation = this.operation('stream')
    const { text, values, kinds, options: given, form, bigints } = askedOf(operation, sql, second, third)
    const options = this.stoppable(given)
    return new PostgresStream<Row>({
      operation,
      options,
      shapes: this.shapes,
      form,
      open: () =>
        boundary.call<Handle>(operation, options, (call) => {
          this.#doors.stream(call, this.handle, text, values, kinds, bigints)
        }),
      keeps: this.keeps,
    })
  }

  /**
   * Fills a table in bulk and gives the number of rows. Nothing is kept unless all of it came.
   *
   * @param target a table and its columns, for rows of values; or a whole `COPY … FROM STDIN`, for bytes in the form it names.
   * @param source rows, each an array in the order of the columns; or bytes. Values of rows are as parameters, but strings only for types
   *   that no other value is for: a `Date` for a timestamp, a number for a number.
   * @example
   * await db.copyIn({ table: 'users', columns: ['id', 'name'] }, [[1, 'Ann'], [2, 'Bob']])
   */
  copyIn(target: CopyTarget, source: Rows, options?: CallOptions): Promise<number>
  copyIn(target: string, source: ByteSource, options?: CallOptions): Promise<number>
  async copyIn(target: string | CopyTarget, source: unknown, given?: CallOptions): Promise<number> {
    const operation = this.operation('copyIn')
    const options = this.stoppable(given)
    const opened = (begin: (call: number) => void): Promise<CopyIn> =>
      CopyIn.open(operation, options, begin, this.keeps)
    if (typeof target === 'string') {
      return copyBytes(operation, source, () =>
        opened((call) => {
          this.#doors.copyIn(call, this.handle, target)
        }),
      )
    }
    return copyRows(operation, target, source, (schema, table, columns) =>
      opened((call) => {
        this.#doors.copyRows(call, this.handle, schema, table, columns)
      }),
    )
  }

  /**
   * The bytes of `COPY … TO STDOUT`, read as they are asked for. It has a connection for itself until it ends.
   *
   * @example
   * const csv = await (await db.copyOut('copy users to stdout (format csv)')).text()
   */
  async copyOut(sql: string, given?: CallOptions): Promise<ByteStream> {
    const operation = this.operation('copyOut')
    const options = this.stoppable(given)
    const handle = await boundary.call<Handle>(operation, options, (call) => {
      this.#doors.copyOut(call, this.handle, sql)
    })
    const copy = new CopyOut(handle)
    this.keeps(copy)
    return copy.bytes(operation, options)
  }

  /** @internal */
  protected operation(method: string): string {
    return `sql.${this.#name}.${method}`
  }

  /** @internal What stops a call: its own options, and what stops everything of this object. */
  protected stoppable(options: CallOptions | undefined): CallOptions | undefined {
    return options
  }

  async #rows(
    method: string,
    sql: string | SqlFragment,
    second: unknown,
    third: QueryOptions | undefined,
  ): Promise<unknown[]> {
    const operation = this.operation(method)
    const { text, values, kinds, options, form, bigints } = askedOf(operation, sql, second, third)
    const blocks = await boundary.call<Uint8Array[]>(operation, this.stoppable(options), (call) => {
      this.#doors.query(call, this.handle, text, values, kinds, bigints)
    })
    return this.shapes.rowsOf(blocks, form)
  }

  #rowsSync(
    method: string,
    sql: string | SqlFragment,
    second: unknown,
    third: SyncQueryOptions | undefined,
  ): unknown[] {
    const operation = this.operation(method)
    const { text, values, kinds, options, form, bigints }: Asked<SyncQueryOptions> = askedOf(
      operation,
      sql,
      second,
      third,
    )
    const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
    boundary.asks(operation)
    return this.shapes.rowsOf(this.#doors.querySync(timeoutMs, this.handle, text, values, kinds, bigints), form)
  }

  #only(method: string, rows: readonly unknown[], least: number): unknown {
    if (rows.length >= least && rows.length <= 1) return rows[0] ?? null
    const found = rows.length === 0 ? 'none' : 'more'
    throw sqlError('ERR_SQL_ROW_COUNT', this.operation(method), `expected one row, found ${found}`, {
      found: rows.length,
    })
  }
}

/** What a transaction runs. */
export function checkedWork(operation: string, work: unknown): void {
  if (typeof work !== 'function') throw refused(operation, 'work', 'a function', work)
}
