/** One statement on one connection: on the pool, or on this thread. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import type { ExecuteResult } from './database.js'
import { deadlineOf } from './deadline.js'
import { native, type Value } from './native.js'
import { encodeParams, type SqlParams } from './params.js'
import type { RowForm } from './rows.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'

/** How many milliseconds rows are made in one turn of the event loop. */
const TURN = 1

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A single row on the pool. */
export async function rowOn(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  big: boolean,
  form: RowForm,
  options: CallOptions | undefined,
): Promise<unknown> {
  if (connection.functions.isCalledBy(plan.sql)) {
    const timeoutMs = deadlineOf(operation, options)
    return rowHere(operation, connection, plan, params, big, form, timeoutMs, options?.signal)
  }
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  const row = await boundary.call<string | Value[] | null>(operation, options, (call) => {
    native.sqliteConnectionRowTask(call, connection.number, plan.number, values, big, true)
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
  form: RowForm,
  timeoutMs: number | null,
  signal?: AbortSignal,
): unknown {
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  boundary.asks(operation)
  const { functions, number } = connection
  const row = functions.isCalledBy(plan.sql)
    ? functions.running(signal, (host) =>
        native.sqliteConnectionRowCalling(number, plan.number, values, big, true, timeoutMs, host),
      )
    : timeoutMs === null
      ? native.sqliteConnectionRow(number, plan.number, values, big, true)
      : native.sqliteConnectionRowTaskSync(timeoutMs, number, plan.number, values, big, true)
  return row === null ? null : connection.rowOf(plan, row, form)
}

/** All rows, read on the pool. */
export async function rowsOn(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  big: boolean,
  form: RowForm,
  options: CallOptions | undefined,
): Promise<unknown[]> {
  if (connection.functions.isCalledBy(plan.sql)) {
    const timeoutMs = deadlineOf(operation, options)
    return rowsHere(operation, connection, plan, params, big, form, timeoutMs, options?.signal)
  }
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  const blocks = await boundary.call<Uint8Array[]>(operation, options, (call) => {
    native.sqliteConnectionRowsTask(call, connection.number, plan.number, values, big)
  })
  return unpackAll(connection, plan, blocks, form, options?.signal)
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
  signal?: AbortSignal,
): unknown[] {
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  boundary.asks(operation)
  const { functions, number } = connection
  const blocks = functions.isCalledBy(plan.sql)
    ? functions.running(signal, (host) =>
        native.sqliteConnectionRowsCalling(number, plan.number, values, big, timeoutMs, host),
      )
    : timeoutMs === null
      ? native.sqliteConnectionRows(number, plan.number, values, big)
      : native.sqliteConnectionRowsTaskSync(timeoutMs, number, plan.number, values, big)
  const rows: unknown[] = []
  for (const block of blocks) connection.unpack(plan, block, form, rows)
  return rows
}

/** Rows out of blocks, with pauses in which the event loop runs. */
async function unpackAll(
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

/** A statement to its end, on the pool. */
export async function executeOn(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  options: CallOptions | undefined,
): Promise<ExecuteResult> {
  if (connection.functions.isCalledBy(plan.sql)) {
    return executeHere(operation, connection, plan, params, deadlineOf(operation, options), options?.signal)
  }
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  const done = await boundary.call<string | Value[]>(operation, options, (call) => {
    native.sqliteConnectionRunTask(call, connection.number, plan.number, values)
  })
  return executed(done)
}

/** A statement to its end, on this thread. */
export function executeHere(
  operation: string,
  connection: SqliteConnection,
  plan: Plan,
  params: SqlParams | undefined,
  timeoutMs: number | null,
  signal?: AbortSignal,
): ExecuteResult {
  const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
  boundary.asks(operation)
  const { functions, number } = connection
  const done = functions.isCalledBy(plan.sql)
    ? functions.running(signal, (host) =>
        native.sqliteConnectionRunCalling(number, plan.number, values, timeoutMs, host),
      )
    : timeoutMs === null
      ? native.sqliteConnectionRun(number, plan.number, values)
      : native.sqliteConnectionRunTaskSync(timeoutMs, number, plan.number, values)
  return executed(done)
}

function executed(done: string | Value[]): ExecuteResult {
  const [changes, id] = boundary.scalars.unpack(done) as [number, number | bigint]
  return { changes, lastInsertId: id }
}
