/** A prepared statement of a SQLite database. */
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import type { ExecuteResult, QueryOptions, RowStream, Statement } from './database.js'
import { deadlineOf } from './deadline.js'
import { sqlError } from './error.js'
import type { SqlParams } from './params.js'
import type { RowForm, RowObject } from './rows.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'
import type { SqliteDatabase } from './sqlite-database.js'
import { executeHere, rowHere, rowsHere } from './sqlite-run.js'
import { formOf, noRow } from './sqlite-session.js'

export class SqliteStatement<Params extends SqlParams = SqlParams, Row = RowObject> implements Statement<Params, Row> {
  readonly #database: SqliteDatabase
  readonly #sql: string
  readonly #form: RowForm
  readonly #big: boolean
  readonly #options: QueryOptions
  readonly #connection: SqliteConnection
  readonly #plan: Plan
  #isDisposed = false

  /** @internal */
  constructor(
    database: SqliteDatabase,
    connection: SqliteConnection,
    plan: Plan,
    sql: string,
    big: boolean,
    options: QueryOptions,
  ) {
    this.#database = database
    this.#connection = connection
    this.#plan = plan
    this.#sql = sql
    this.#big = big
    this.#form = formOf('sql.Database.prepare', options)
    this.#options = { rows: options.rows, integers: options.integers }
    plan.pins += 1
  }

  get sql(): string {
    return this.#sql
  }

  get columns(): readonly string[] {
    return this.#plan.shape.names
  }

  query(params?: Params, options?: CallOptions): Promise<Row[]> {
    return this.#live('query', () => this.#database.query<Row>(this.#sql, params, this.#with(options)))
  }

  /** {@link query} on this thread. */
  querySync(params?: Params, options?: SyncCallOptions): Row[] {
    const operation = 'sql.Statement.querySync'
    const timeoutMs = this.#ready(operation, options)
    return rowsHere(operation, this.#connection, this.#plan, params, this.#big, this.#form, timeoutMs) as Row[]
  }

  one(params?: Params, options?: CallOptions): Promise<Row> {
    return this.#live('one', () => this.#database.one<Row>(this.#sql, params, this.#with(options)))
  }

  /** {@link one} on this thread. */
  oneSync(params?: Params, options?: SyncCallOptions): Row {
    const operation = 'sql.Statement.oneSync'
    const row = this.#row(operation, params, options)
    if (row === null) throw noRow(operation)
    return row
  }

  oneOrNull(params?: Params, options?: CallOptions): Promise<Row | null> {
    return this.#live('oneOrNull', () => this.#database.oneOrNull<Row>(this.#sql, params, this.#with(options)))
  }

  /** {@link oneOrNull} on this thread. */
  oneOrNullSync(params?: Params, options?: SyncCallOptions): Row | null {
    return this.#row('sql.Statement.oneOrNullSync', params, options)
  }

  execute(params?: Params, options?: CallOptions): Promise<ExecuteResult> {
    return this.#live('execute', () => this.#database.execute(this.#sql, params, options))
  }

  /** {@link execute} on this thread. */
  executeSync(params?: Params, options?: SyncCallOptions): ExecuteResult {
    const operation = 'sql.Statement.executeSync'
    const timeoutMs = this.#ready(operation, options)
    return executeHere(operation, this.#connection, this.#plan, params, timeoutMs)
  }

  stream(params?: Params, options?: CallOptions): RowStream<Row> {
    if (this.#isDisposed) throw this.#closed('stream')
    return this.#database.stream<Row>(this.#sql, params, this.#with(options))
  }

  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    this.#plan.pins -= 1
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #row(operation: string, params: Params | undefined, options: SyncCallOptions | undefined): Row | null {
    const timeoutMs = this.#ready(operation, options)
    return rowHere(operation, this.#connection, this.#plan, params, this.#big, this.#form, timeoutMs) as Row | null
  }

  /** Refuses what cannot run at once, and gives the deadline. */
  #ready(operation: string, options: SyncCallOptions | undefined): number | null {
    if (this.#isDisposed) throw this.#closed(operation)
    this.#database.ensureFree(operation)
    return options === undefined ? null : deadlineOf(operation, options)
  }

  #live<T>(method: string, go: () => Promise<T>): Promise<T> {
    return this.#isDisposed ? Promise.reject(this.#closed(`sql.Statement.${method}`)) : go()
  }

  #closed(operation: string): Error {
    return sqlError('ERR_SQL_CLOSED', operation, 'the statement was disposed', { what: 'statement' })
  }

  #with(options: CallOptions | undefined): QueryOptions {
    return { ...this.#options, ...options }
  }
}
