/** What a SQLite database and its transactions have in common: everything but where a statement runs. */
import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import type {
  BatchItem,
  ExecuteResult,
  Queries,
  QueryOptions,
  RowOptions,
  RowStream,
  SyncQueryOptions,
  Transaction,
  TransactionOptions,
} from './database.js'
import { deadlineOf } from './deadline.js'
import { refused, sqlError } from './error.js'
import { native } from './native.js'
import type { SqlParam, SqlParams } from './params.js'
import type { RowForm, RowObject } from './rows.js'
import { isFragment, type SqlFragment } from './sql-tag.js'
import { batchOf, batchValues } from './sqlite-batch.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'
import { executeHere, executeOn, rowHere, rowOn, rowsHere, rowsOn } from './sqlite-run.js'
import { SqliteStream, type StreamSource } from './sqlite-stream.js'

/** A statement with its parameters, and how it is called. */
export interface Asked<Options> {
  readonly text: string
  readonly params: SqlParams | undefined
  readonly options: Options | undefined
}

/** Where a call is made, once it is its turn. */
export type Go<T> = (connection: SqliteConnection, plan: Plan, options: CallOptions | undefined) => Promise<T>

/** SQL and parameters out of a call's arguments: a fragment has its own parameters, and its options come second. */
export function asked<Options>(
  operation: string,
  sql: string | SqlFragment,
  second: unknown,
  third: Options | undefined,
): Asked<Options> {
  if (typeof sql === 'string') return { text: sql, params: second as SqlParams | undefined, options: third }
  if (!isFragment(sql)) throw refused(operation, 'sql', 'a string or a fragment of sql`…`', sql)
  if (third !== undefined) throw refused(operation, 'params', 'left out: a fragment has its own parameters', second)
  return { text: sql.text(), params: sql.values as SqlParams, options: second as Options | undefined }
}

export abstract class SqliteSession implements Queries {
  /** What errors call it: `sql.Database`. */
  protected abstract readonly called: string
  /** How integers come unless a call says otherwise. */
  protected abstract readonly integers: 'number' | 'bigint'

  /** Prepares a statement where it belongs, and calls `go` when it is its turn. */
  protected abstract run<T>(operation: string, sql: string, options: CallOptions | undefined, go: Go<T>): Promise<T>
  /** The same at once, or an error. */
  protected abstract here(operation: string, sql: string, timeoutMs: number | null): [SqliteConnection, Plan]
  /** The connection that writes, alone, for calls that are no single statement. */
  protected abstract whole<T>(
    operation: string,
    options: CallOptions | undefined,
    go: (connection: SqliteConnection, options: CallOptions | undefined) => Promise<T>,
  ): Promise<T>
  /** The same at once, or an error. */
  protected abstract wholeHere(operation: string): SqliteConnection
  /** Where a stream reads. */
  protected abstract streamSource(operation: string, sql: string): StreamSource

  abstract transaction<T>(work: (tx: Transaction) => Promise<T> | T, options?: TransactionOptions): Promise<T>

  query<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row[]>
  query<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row[]>
  async query<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row[]> {
    const operation = `${this.called}.query`
    const { text, params, options } = asked(operation, sql, second, third)
    const big = this.big(operation, options)
    const form = formOf(operation, options)
    return this.run(
      operation,
      text,
      options,
      (connection, plan, left) => rowsOn(operation, connection, plan, params, big, form, left) as Promise<Row[]>,
    )
  }

  /** {@link query} on this thread. */
  querySync<Row = RowObject>(sql: string, params?: SqlParams, options?: SyncQueryOptions): Row[]
  querySync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row[]
  querySync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row[] {
    const operation = `${this.called}.querySync`
    const { text, params, options } = asked(operation, sql, second, third)
    const timeoutMs = deadlineOf(operation, options)
    const [connection, plan] = this.here(operation, text, timeoutMs)
    const big = this.big(operation, options)
    return rowsHere(operation, connection, plan, params, big, formOf(operation, options), timeoutMs) as Row[]
  }

  one<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row>
  one<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row>
  async one<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row> {
    const operation = `${this.called}.one`
    const row = await this.#row(operation, sql, second, third)
    if (row === null) throw noRow(operation)
    return row as Row
  }

  /** {@link one} on this thread. */
  oneSync<Row = RowObject>(sql: string, params?: SqlParams, options?: SyncQueryOptions): Row
  oneSync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row
  oneSync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row {
    const operation = `${this.called}.oneSync`
    const row = this.#rowHere(operation, sql, second, third)
    if (row === null) throw noRow(operation)
    return row as Row
  }

  oneOrNull<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row | null>
  oneOrNull<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row | null>
  oneOrNull<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row | null> {
    return this.#row(`${this.called}.oneOrNull`, sql, second, third) as Promise<Row | null>
  }

  /** {@link oneOrNull} on this thread. */
  oneOrNullSync<Row = RowObject>(sql: string, params?: SqlParams, options?: SyncQueryOptions): Row | null
  oneOrNullSync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row | null
  oneOrNullSync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row | null {
    return this.#rowHere(`${this.called}.oneOrNullSync`, sql, second, third) as Row | null
  }

  execute(sql: string, params?: SqlParams, options?: CallOptions): Promise<ExecuteResult>
  execute(sql: SqlFragment, options?: CallOptions): Promise<ExecuteResult>
  async execute(sql: string | SqlFragment, second?: unknown, third?: CallOptions): Promise<ExecuteResult> {
    const operation = `${this.called}.execute`
    const { text, params, options } = asked(operation, sql, second, third)
    return this.run(operation, text, options, (connection, plan, left) =>
      executeOn(operation, connection, plan, params, left),
    )
  }

  /** {@link execute} on this thread. */
  executeSync(sql: string, params?: SqlParams, options?: SyncCallOptions): ExecuteResult
  executeSync(sql: SqlFragment, options?: SyncCallOptions): ExecuteResult
  executeSync(sql: string | SqlFragment, second?: unknown, third?: SyncCallOptions): ExecuteResult {
    const operation = `${this.called}.executeSync`
    const { text, params, options } = asked(operation, sql, second, third)
    const timeoutMs = deadlineOf(operation, options)
    const [connection, plan] = this.here(operation, text, timeoutMs)
    return executeHere(operation, connection, plan, params, timeoutMs)
  }

  batch(sql: string, params: readonly (readonly SqlParam[])[], options?: CallOptions): Promise<number[]>
  batch(items: readonly BatchItem[], options?: CallOptions): Promise<number[]>
  async batch(first: string | readonly BatchItem[], second?: unknown, third?: CallOptions): Promise<number[]> {
    const operation = `${this.called}.batch`
    const { texts, lists, options } = batchOf(operation, first, second, third)
    return this.whole(operation, options, async (connection, left) => {
      const plans: Plan[] = []
      for (const text of new Set(texts)) plans.push(await connection.plan(operation, text, left))
      const { numbers, values } = batchValues(operation, connection, texts, lists)
      return boundary.call<number[]>(operation, left, (call) => {
        native.sqliteConnectionBatchTask(call, connection.number, numbers, values)
      })
    })
  }

  /** {@link batch} on this thread. */
  batchSync(sql: string, params: readonly (readonly SqlParam[])[], options?: SyncCallOptions): number[]
  batchSync(items: readonly BatchItem[], options?: SyncCallOptions): number[]
  batchSync(first: string | readonly BatchItem[], second?: unknown, third?: SyncCallOptions): number[] {
    const operation = `${this.called}.batchSync`
    const { texts, lists, options } = batchOf(operation, first, second, third)
    const timeoutMs = deadlineOf(operation, options)
    const connection = this.wholeHere(operation)
    for (const text of new Set(texts)) connection.planSync(operation, text, timeoutMs)
    const { numbers, values } = batchValues(operation, connection, texts, lists)
    boundary.asks(operation)
    return native.sqliteConnectionBatchTaskSync(timeoutMs, connection.number, numbers, values)
  }

  async script(sql: string, options?: CallOptions): Promise<void> {
    const operation = `${this.called}.script`
    await this.whole(operation, options, (connection, left) =>
      boundary.call(operation, left, (call) => {
        native.sqliteConnectionScriptTask(call, connection.number, sql)
      }),
    )
  }

  /** {@link script} on this thread. */
  scriptSync(sql: string, options?: SyncCallOptions): void {
    const operation = `${this.called}.scriptSync`
    const timeoutMs = deadlineOf(operation, options)
    const connection = this.wholeHere(operation)
    boundary.asks(operation)
    native.sqliteConnectionScriptTaskSync(timeoutMs, connection.number, sql)
  }

  stream<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): RowStream<Row>
  stream<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): RowStream<Row>
  stream<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): RowStream<Row> {
    const operation = `${this.called}.stream`
    const { text, params, options } = asked(operation, sql, second, third)
    const [big, form] = [this.big(operation, options), formOf(operation, options)]
    return new SqliteStream<Row>(this.streamSource(operation, text), { operation, params, big, form, options })
  }

  protected big(operation: string, options: RowOptions | undefined): boolean {
    const integers: string = options?.integers ?? this.integers
    if (integers === 'bigint') return true
    if (integers === 'number') return false
    throw refused(operation, 'options.integers', "'number' or 'bigint'", integers)
  }

  async #row(
    operation: string,
    sql: string | SqlFragment,
    second: unknown,
    third: QueryOptions | undefined,
  ): Promise<unknown> {
    const { text, params, options } = asked(operation, sql, second, third)
    const [big, form] = [this.big(operation, options), formOf(operation, options)]
    return this.run(operation, text, options, (connection, plan, left) =>
      rowOn(operation, connection, plan, params, big, form, left),
    )
  }

  #rowHere(
    operation: string,
    sql: string | SqlFragment,
    second: unknown,
    third: SyncQueryOptions | undefined,
  ): unknown {
    const { text, params, options } = asked(operation, sql, second, third)
    const timeoutMs = deadlineOf(operation, options)
    const [connection, plan] = this.here(operation, text, timeoutMs)
    const [big, form] = [this.big(operation, options), formOf(operation, options)]
    return rowHere(operation, connection, plan, params, big, form, timeoutMs)
  }
}

export function noRow(operation: string): Error {
  return sqlError('ERR_SQL_ROW_COUNT', operation, 'expected one row, found none', { found: 0 })
}

export function formOf(operation: string, options: RowOptions | undefined): RowForm {
  const form: string = options?.rows ?? 'object'
  if (form === 'object' || form === 'array') return form
  throw refused(operation, 'options.rows', "'object' or 'array'", form)
}
