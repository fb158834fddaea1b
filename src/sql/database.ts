/** What both kinds of database offer. */
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import type { SqlParam, SqlParams } from './params.js'
import type { RowForm, RowObject } from './rows.js'
import type { SqlFragment } from './sql-tag.js'

/** How rows are given. */
export interface RowOptions {
  /** `object`: by column name, of two with one name the later; `array`: in the columns' order. Default: `object`. */
  rows?: RowForm | undefined
  /**
   * `number`: integers are numbers, and one beyond ±(2^53 - 1) throws `ERR_SQL_RANGE`; `bigint`: all integers are bigints. Default: what
   * the database was connected with, else `number`.
   */
  integers?: 'number' | 'bigint' | undefined
}

/** Options of what gives rows. */
export interface QueryOptions extends CallOptions, RowOptions {}

/** Options of its Sync door. */
export interface SyncQueryOptions extends SyncCallOptions, RowOptions {}

/** What a statement did. */
export interface ExecuteResult {
  /** How many rows it inserted, changed or deleted; what triggers and foreign keys did does not count. */
  readonly changes: number
  /** SQLite: the number of the row that was inserted last on this connection, a bigint beyond ±(2^53 - 1). PostgreSQL has none: null. */
  readonly lastInsertId: number | bigint | null
}

/** What `batch` runs: one statement with many lists of parameters, or several statements, each with its own. */
export type BatchItem = SqlFragment | readonly [sql: string, params?: SqlParams]

/** Rows as they come: pulled in batches, so a slow consumer holds the database back. Leaving the loop ends the query. */
export interface RowStream<Row> extends AsyncIterableIterator<Row, undefined>, AsyncDisposable {
  /** The same rows in the batches they arrive in, some hundred or thousand at a time. */
  batches: () => AsyncIterableIterator<Row[], undefined>
}

/** How a transaction begins, and how long it may take. */
export interface TransactionOptions extends CallOptions {
  /**
   * SQLite: when it takes its locks. `immediate` at once, for writing; `deferred` when needed; `exclusive` keeps readers out, too.
   * Default: `immediate`.
   */
  mode?: 'deferred' | 'immediate' | 'exclusive' | undefined
}

/**
 * What can be asked of a database, and of a transaction. SQL is a text with parameters, or a fragment of {@link sql}, which brings
 * its own.
 *
 * Every call takes `signal` and `timeoutMs`; what is stopped is stopped in the database, too. Errors are `SqlError`s:
 * `ERR_SQL_SYNTAX`, `ERR_SQL_PARAMETER`, `ERR_SQL_CONSTRAINT`, `ERR_SQL_BUSY`, `ERR_SQL_RANGE`, `ERR_SQL_CLOSED` and others by cause.
 */
export interface Queries {
  /** All rows. */
  query<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row[]>
  query<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row[]>
  /** The only row. `ERR_SQL_ROW_COUNT` when there is none or a second. */
  one<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row>
  one<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row>
  /** The only row, or null. `ERR_SQL_ROW_COUNT` when there is a second. */
  oneOrNull<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row | null>
  oneOrNull<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row | null>
  /** Runs a statement to its end; rows it may give are left. */
  execute(sql: string, params?: SqlParams, options?: CallOptions): Promise<ExecuteResult>
  execute(sql: SqlFragment, options?: CallOptions): Promise<ExecuteResult>
  /** One statement with many lists of parameters in one crossing, all or none: how many rows each changed. */
  batch(sql: string, params: readonly (readonly SqlParam[])[], options?: CallOptions): Promise<number[]>
  /** Several statements, the same. */
  batch(items: readonly BatchItem[], options?: CallOptions): Promise<number[]>
  /** Rows one after the other, with as much memory as some batches take, however many there are. `timeoutMs` is for each batch. */
  stream<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): RowStream<Row>
  stream<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): RowStream<Row>
  /** Runs several statements in a row, without parameters: schemas, migrations. */
  script(sql: string, options?: CallOptions): Promise<void>
  /**
   * Runs `work` in a transaction: committed when it returns, rolled back when it throws, when the signal fires or the time is over.
   * Inside, call the transaction's methods; those of the database wait for its end or run beside it. A transaction of a
   * transaction is a savepoint.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T> | T, options?: TransactionOptions): Promise<T>
}

/** A transaction under way. Over when its function is. */
export interface Transaction extends Queries {
  /** Fires when the transaction is stopped: by its `signal`, its `timeoutMs`, or the end of the database. */
  readonly signal: AbortSignal
}

/** A prepared statement: parsed once, its rows' shape known. */
export interface Statement<Params extends SqlParams = SqlParams, Row = RowObject> extends Disposable {
  /** The statement's text. */
  readonly sql: string
  /** The columns of its rows; none for a statement that gives none. */
  readonly columns: readonly string[]
  query(params?: Params, options?: CallOptions): Promise<Row[]>
  one(params?: Params, options?: CallOptions): Promise<Row>
  oneOrNull(params?: Params, options?: CallOptions): Promise<Row | null>
  execute(params?: Params, options?: CallOptions): Promise<ExecuteResult>
  stream(params?: Params, options?: CallOptions): RowStream<Row>
  /** Lets it go; twice is fine. */
  dispose(): void
}

/** A database. */
export interface Database extends Queries, AsyncDisposable {
  /** Which kind it is. */
  readonly kind: 'sqlite' | 'postgres'
  /** Whether it was closed. */
  readonly isClosed: boolean
  /** Prepares a statement for use again and again. */
  prepare<Params extends SqlParams = SqlParams, Row = RowObject>(
    sql: string,
    options?: QueryOptions,
  ): Promise<Statement<Params, Row>>
  /**
   * Closes it: calls in flight end first, later ones are `ERR_SQL_CLOSED`, an open transaction is rolled back. Twice is fine.
   */
  close(options?: CallOptions): Promise<void>
}
