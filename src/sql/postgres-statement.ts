import type { CallOptions } from '../boundary/index.js'
import type { ExecuteResult, QueryOptions, RowStream, Statement } from './database.js'
import { sqlError } from './error.js'
import type { PostgresDatabase } from './postgres.js'
import type { PostgresParams } from './postgres-values.js'
import type { RowObject } from './rows.js'

/**
 * A statement that was checked by the server, with its columns. Each connection prepares it when it first runs there, and keeps it, as
 * it does for every statement: what this adds is that the statement is known to be right before it runs.
 */
export class PostgresStatement<Params extends PostgresParams = PostgresParams, Row = RowObject> implements Statement<
  never,
  Row
> {
  readonly sql: string
  readonly columns: readonly string[]
  readonly #database: PostgresDatabase
  readonly #options: QueryOptions | undefined
  #isDisposed = false

  /** @internal */
  constructor(database: PostgresDatabase, sql: string, columns: readonly string[], options: QueryOptions | undefined) {
    this.#database = database
    this.sql = sql
    this.columns = columns
    this.#options = options
  }

  async query(params?: Params, options?: CallOptions): Promise<Row[]> {
    return this.#alive().query<Row>(this.sql, params, { ...this.#options, ...options })
  }

  async one(params?: Params, options?: CallOptions): Promise<Row> {
    return this.#alive().one<Row>(this.sql, params, { ...this.#options, ...options })
  }

  async oneOrNull(params?: Params, options?: CallOptions): Promise<Row | null> {
    return this.#alive().oneOrNull<Row>(this.sql, params, { ...this.#options, ...options })
  }

  async execute(params?: Params, options?: CallOptions): Promise<ExecuteResult> {
    return this.#alive().execute(this.sql, params, options)
  }

  stream(params?: Params, options?: CallOptions): RowStream<Row> {
    return this.#alive().stream<Row>(this.sql, params, { ...this.#options, ...options })
  }

  dispose(): void {
    this.#isDisposed = true
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  #alive(): PostgresDatabase {
    if (!this.#isDisposed) return this.#database
    throw sqlError('ERR_SQL_CLOSED', 'sql.PostgresStatement', 'the statement is closed', { what: 'statement' })
  }
}
