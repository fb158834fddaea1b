/** What a SQLite database and its transactions have in common: everything but where a statement runs. */
import { boundary } from '../addon.js'
import { checkedTimeout, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
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
import { refused, sqlError } from './error.js'
import { native, type Value } from './native.js'
import { encodeParams, type SqlParam, type SqlParams } from './params.js'
import type { RowForm, RowObject } from './rows.js'
import { isFragment, type SqlFragment } from './sql-tag.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'
import { SqliteStream, type StreamSource } from './sqlite-stream.js'

/** A statement with its parameters, and how it is called. */
export interface Asked<Options> {
  readonly text: string
  readonly params: SqlParams | undefined
  readonly options: Options | undefined
}

/** Where a call is made, once it is its turn. */
export type Go<T> = (connection: SqliteConnection, plan: Plan, options: CallOptions | undefined) => Promise<T>

/** How many milliseconds rows are made in one turn of the event loop. */
const TURN = 1

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

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
    return this.run(operation, text, options, async (connection, plan, left) => {
      if (connection.functions.isCalledBy(text)) {
        return rowsHere(operation, connection, plan, params, big, form, null) as Row[]
      }
      const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
      const blocks = await boundary.call<Uint8Array[]>(operation, left, (call) => {
        native.sqliteConnectionRowsTask(call, connection.number, plan.number, values, big)
      })
      return (await unpackAll(connection, plan, blocks, form, options?.signal)) as Row[]
    })
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
    const row = await this.#row(operation, sql, second, third, true)
    if (row === null) throw noRow(operation)
    return row as Row
  }

  /** {@link one} on this thread. */
  oneSync<Row = RowObject>(sql: string, params?: SqlParams, options?: SyncQueryOptions): Row
  oneSync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row
  oneSync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row {
    const operation = `${this.called}.oneSync`
    const row = this.#rowHere(operation, sql, second, third, true)
    if (row === null) throw noRow(operation)
    return row as Row
  }

  oneOrNull<Row = RowObject>(sql: string, params?: SqlParams, options?: QueryOptions): Promise<Row | null>
  oneOrNull<Row = RowObject>(sql: SqlFragment, options?: QueryOptions): Promise<Row | null>
  oneOrNull<Row>(sql: string | SqlFragment, second?: unknown, third?: QueryOptions): Promise<Row | null> {
    return this.#row(`${this.called}.oneOrNull`, sql, second, third, true) as Promise<Row | null>
  }

  /** {@link oneOrNull} on this thread. */
  oneOrNullSync<Row = RowObject>(sql: string, params?: SqlParams, options?: SyncQueryOptions): Row | null
  oneOrNullSync<Row = RowObject>(sql: SqlFragment, options?: SyncQueryOptions): Row | null
  oneOrNullSync<Row>(sql: string | SqlFragment, second?: unknown, third?: SyncQueryOptions): Row | null {
    return this.#rowHere(`${this.called}.oneOrNullSync`, sql, second, third, true) as Row | null
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
    only: boolean,
  ): Promise<unknown> {
    const { text, params, options } = asked(operation, sql, second, third)
    const [big, form] = [this.big(operation, options), formOf(operation, options)]
    return this.run(operation, text, options, (connection, plan, left) =>
      rowOn(operation, connection, plan, params, big, only, form, left),
    )
  }

  #rowHere(
    operation: string,
    sql: string | SqlFragment,
    second: unknown,
    third: SyncQueryOptions | undefined,
    only: boolean,
  ): unknown {
    const { text, params, options } = asked(operation, sql, second, third)
    const timeoutMs = deadlineOf(operation, options)
    const [connection, plan] = this.here(operation, text, timeoutMs)
    const [big, form] = [this.big(operation, options), formOf(operation, options)]
    return rowHere(operation, connection, plan, params, big, only, form, timeoutMs)
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

export function deadlineOf(operation: string, options: SyncCallOptions | undefined): number | null {
  if (options === undefined) return null
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refused(operation, 'options', 'an object', options)
  }
  return options.timeoutMs === undefined ? null : checkedTimeout(operation, options.timeoutMs)
}

/** A single row on the pool. */
export async function rowOn(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  big: boolean,
  only: boolean,
  form: RowForm,
  options: CallOptions | undefined,
): Promise<unknown> {
  if (connection.functions.isCalledBy(plan.sql)) {
    return rowHere(operation, connection, plan, params, big, only, form, null)
  }
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  const row = await boundary.call<string | Value[] | null>(operation, options, (call) => {
    native.sqliteConnectionRowTask(call, connection.number, plan.number, values, big, only)
  })
  return row === null ? null : connection.rowOf(plan, row, form)
}

/** A single row on this thread. */
export function rowHere(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  big: boolean,
  only: boolean,
  form: RowForm,
  timeoutMs: number | null,
): unknown {
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  boundary.asks(operation)
  const { functions } = connection
  if (functions.isCalledBy(plan.sql)) {
    const called = native.sqliteConnectionRowCalling(connection.number, plan.number, values, big, only, functions.host)
    return called === null ? null : connection.rowOf(plan, called, form)
  }
  const row =
    timeoutMs === null
      ? native.sqliteConnectionRow(connection.number, plan.number, values, big, only)
      : native.sqliteConnectionRowTaskSync(timeoutMs, connection.number, plan.number, values, big, only)
  return row === null ? null : connection.rowOf(plan, row, form)
}

/** All rows on this thread. */
export function rowsHere(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  big: boolean,
  form: RowForm,
  timeoutMs: number | null,
): unknown[] {
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  boundary.asks(operation)
  const { functions } = connection
  const blocks = functions.isCalledBy(plan.sql)
    ? native.sqliteConnectionRowsCalling(connection.number, plan.number, values, big, functions.host)
    : timeoutMs === null
      ? native.sqliteConnectionRows(connection.number, plan.number, values, big)
      : native.sqliteConnectionRowsTaskSync(timeoutMs, connection.number, plan.number, values, big)
  const rows: unknown[] = []
  for (const block of blocks) connection.unpack(plan, block, form, rows)
  return rows
}

/** Rows out of blocks, with pauses in which the event loop runs. */
export async function unpackAll(
  connection: SqliteConnection,
  plan: Plan,
  blocks: Uint8Array[],
  form: RowForm,
  signal: AbortSignal | undefined,
): Promise<unknown[]> {
  const rows: unknown[] = []
  let began = performance.now()
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    connection.unpack(plan, block, form, rows)
    if (blocks.length > 0 && performance.now() - began > TURN) {
      await nextTurn()
      signal?.throwIfAborted()
      began = performance.now()
    }
  }
  return rows
}

export async function executeOn(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  options: CallOptions | undefined,
): Promise<ExecuteResult> {
  if (connection.functions.isCalledBy(plan.sql)) return executeHere(operation, connection, plan, params, null)
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  const done = await boundary.call<string | Value[]>(operation, options, (call) => {
    native.sqliteConnectionRunTask(call, connection.number, plan.number, values)
  })
  return executed(done)
}

function executed(done: string | Value[]): ExecuteResult {
  const [changes, id] = boundary.scalars.unpack(done) as [number, number | bigint]
  return { changes, lastInsertId: id }
}

export function executeHere(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  timeoutMs: number | null,
): ExecuteResult {
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  boundary.asks(operation)
  const { functions } = connection
  const done = functions.isCalledBy(plan.sql)
    ? native.sqliteConnectionRunCalling(connection.number, plan.number, values, functions.host)
    : timeoutMs === null
      ? native.sqliteConnectionRun(connection.number, plan.number, values)
      : native.sqliteConnectionRunTaskSync(timeoutMs, connection.number, plan.number, values)
  return executed(done)
}

interface Batch<Options> {
  /** One for all lists of parameters, or one for each. */
  readonly texts: readonly string[]
  readonly lists: readonly (SqlParams | undefined)[]
  readonly options: Options | undefined
}

function batchOf<Options>(
  operation: string,
  first: string | readonly BatchItem[],
  second: unknown,
  third: Options | undefined,
): Batch<Options> {
  if (typeof first === 'string') {
    if (!Array.isArray(second)) throw refused(operation, 'params', 'an array of lists of parameters', second)
    return { texts: [first], lists: second as SqlParams[], options: third }
  }
  if (!Array.isArray(first)) throw refused(operation, 'items', 'a string or an array of statements', first)
  const items = (first as readonly BatchItem[]).map((item) => {
    if (isFragment(item)) return { text: item.text(), params: item.values as SqlParams }
    if (Array.isArray(item) && typeof item[0] === 'string') return { text: item[0], params: item[1] as SqlParams }
    throw refused(operation, 'items', 'fragments of sql`…` and arrays [sql, params]', item)
  })
  return {
    texts: items.map(({ text }) => text),
    lists: items.map(({ params }) => params),
    options: second as Options | undefined,
  }
}

function batchValues(
  operation: string,
  connection: SqliteConnection,
  texts: readonly string[],
  lists: readonly (SqlParams | undefined)[],
): { numbers: number[]; values: (readonly Value[])[] } {
  const plans = texts.map((text) => connection.planOf(text) as Plan)
  return {
    numbers: plans.map(({ number }) => number),
    values: lists.map((list, at) => encodeParams(operation, (plans[texts.length === 1 ? 0 : at] as Plan).names, list)),
  }
}
