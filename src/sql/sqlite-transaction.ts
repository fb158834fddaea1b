/** A transaction on a connection that it has for itself. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import type { Transaction, TransactionOptions } from './database.js'
import { refused, sqlError } from './error.js'
import { native } from './native.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'
import { SqliteSession, type Go } from './sqlite-session.js'
import type { StreamSource } from './sqlite-stream.js'
import { sortOf } from './sql-words.js'

/** The statements around a transaction's own. */
export interface Ends {
  readonly begin: string
  readonly commit: string
  readonly undo: readonly string[]
}

export function transactionEnds(operation: string, options: TransactionOptions | undefined): Ends {
  const mode: string = options?.mode ?? 'immediate'
  if (mode !== 'immediate' && mode !== 'deferred' && mode !== 'exclusive') {
    throw refused(operation, 'options.mode', "'deferred', 'immediate' or 'exclusive'", mode)
  }
  return { begin: `begin ${mode}`, commit: 'commit', undo: ['rollback'] }
}

const savepointEnds = (which: string): Ends => {
  const name = `ferrule_${which}`
  return { begin: `savepoint ${name}`, commit: `release ${name}`, undo: [`rollback to ${name}`, `release ${name}`] }
}

/** Runs one of the statements around a transaction. */
export async function control(
  operation: string,
  connection: SqliteConnection,
  sql: string,
  options?: CallOptions,
): Promise<void> {
  const plan = await connection.plan(operation, sql, options)
  await boundary.call(operation, options, (call) => {
    native.sqliteConnectionRunTask(call, connection.number, plan.number, [])
  })
}

/** A transaction on this thread, or a savepoint of the one that is open. */
export function transactionHere<T>(
  operation: string,
  connection: SqliteConnection,
  work: () => T,
  options: Pick<TransactionOptions, 'mode'> | undefined,
): T {
  if (typeof work !== 'function') throw refused(operation, 'work', 'a function', work)
  const isOutermost = native.sqliteConnectionIsAutocommit(connection.number)
  const ends = isOutermost ? transactionEnds(operation, options) : savepointEnds('sync')
  controlHere(operation, connection, ends.begin)
  try {
    const result = work()
    if (result instanceof Promise) {
      const message = 'the function returned a promise; transaction(…) takes async functions'
      throw sqlError('ERR_SQL_STATE', operation, message)
    }
    controlHere(operation, connection, ends.commit)
    return result
  } catch (error) {
    try {
      for (const sql of ends.undo) controlHere(operation, connection, sql)
    } catch {
      // Undone already, by SQLite itself.
    }
    throw error
  }
}

function controlHere(operation: string, connection: SqliteConnection, sql: string): void {
  const plan = connection.planSync(operation, sql, null)
  boundary.asks(operation)
  native.sqliteConnectionRun(connection.number, plan.number, [])
}

export class SqliteTransaction extends SqliteSession implements Transaction {
  protected readonly called = 'sql.Transaction'
  protected readonly integers: 'number' | 'bigint'
  readonly signal: AbortSignal
  readonly #connection: SqliteConnection
  readonly #depth: number
  readonly #stop = new AbortController()
  /** When its time is over, by `performance.now()`. */
  #until: number
  #state: 'open' | 'nested' | 'over' = 'open'

  /** @internal */
  constructor(connection: SqliteConnection, integers: 'number' | 'bigint', outer?: SqliteTransaction) {
    super()
    this.#connection = connection
    this.integers = integers
    this.#depth = outer === undefined ? 0 : outer.#depth + 1
    this.#until = outer === undefined ? Infinity : outer.#until
    this.signal = outer === undefined ? this.#stop.signal : AbortSignal.any([this.#stop.signal, outer.signal])
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T> | T, options?: TransactionOptions): Promise<T> {
    const operation = 'sql.Transaction.transaction'
    this.#check(operation)
    this.#state = 'nested'
    try {
      const inner = new SqliteTransaction(this.#connection, this.integers, this)
      return await inner.perform(operation, savepointEnds(String(inner.#depth)), work, options)
    } finally {
      this.#unnest()
    }
  }

  /** The inner one is over; this one may be, too, when both were stopped. */
  #unnest(): void {
    if (this.#state === 'nested') this.#state = 'open'
  }

  /** @internal Begins, works, and ends either way. */
  async perform<T>(
    operation: string,
    ends: Ends,
    work: (tx: Transaction) => Promise<T> | T,
    options: CallOptions | undefined,
  ): Promise<T> {
    if (typeof work !== 'function') throw refused(operation, 'work', 'a function', work)
    const connection = this.#connection
    await control(operation, connection, ends.begin, options)
    this.#until = Math.min(this.#until, performance.now() + (options?.timeoutMs ?? Infinity))
    const stopped = this.#watch(operation, options)
    try {
      const result = await Promise.race([stopped.fired, (async () => work(this))()])
      this.#state = 'over'
      this.signal.throwIfAborted()
      await control(operation, connection, ends.commit)
      return result
    } catch (error) {
      this.#state = 'over'
      this.#stop.abort(error)
      await this.#undo(operation, ends.undo)
      throw error
    } finally {
      stopped.end()
    }
  }

  /** What fails here must not hide why it was needed; closing the connection undoes everything, too. */
  async #undo(operation: string, undo: readonly string[]): Promise<void> {
    const connection = this.#connection
    if (connection.isDisposed) return
    try {
      for (const sql of undo) await control(operation, connection, sql)
    } catch {
      // SQLite has undone all of it by itself after some errors: then there is nothing left to undo.
    }
  }

  #watch(operation: string, options: CallOptions | undefined): { fired: Promise<never>; end: () => void } {
    const { signal, timeoutMs } = options ?? {}
    const outer = this.signal
    let end = (): void => undefined
    const fired = new Promise<never>((_resolve, reject) => {
      const stop = (reason: unknown): void => {
        this.#stop.abort(reason)
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own reason, whatever it is
        reject(reason)
      }
      const abort = (): void => {
        stop(signal?.reason)
      }
      const outerAbort = (): void => {
        stop(outer.reason)
      }
      const timer =
        timeoutMs === undefined || timeoutMs === Infinity
          ? undefined
          : setTimeout(() => {
              const message = `not done within ${String(timeoutMs)} ms`
              stop(sqlError('ERR_TIMEOUT', operation, message, { timeoutMs, stillRunning: false }))
            }, timeoutMs)
      signal?.addEventListener('abort', abort)
      outer.addEventListener('abort', outerAbort)
      end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        outer.removeEventListener('abort', outerAbort)
      }
      if (signal?.aborted === true) abort()
    })
    // Heard by the race, if by anybody.
    fired.catch(() => undefined)
    return { fired, end }
  }

  #check(operation: string): void {
    if (this.signal.aborted) throw this.signal.reason
    if (this.#state === 'over') {
      throw sqlError('ERR_SQL_CLOSED', operation, 'the transaction is over', { what: 'transaction' })
    }
    if (this.#state === 'nested') {
      throw sqlError('ERR_SQL_STATE', operation, 'a transaction inside this one is under way; use that one')
    }
  }

  #checkedSql(operation: string, sql: string): void {
    this.#check(operation)
    if (sortOf(sql) === 'control') throw controlRefused(operation)
  }

  #stoppable(options: CallOptions | undefined): CallOptions {
    const signal = options?.signal === undefined ? this.signal : AbortSignal.any([this.signal, options.signal])
    return { ...options, signal }
  }

  /** What blocks this thread has to know by itself when the transaction's time is over. */
  #limited(options: CallOptions): CallOptions {
    const left = Math.max(0, this.#until - performance.now())
    return { ...options, timeoutMs: Math.min(options.timeoutMs ?? Infinity, left) }
  }

  protected async run<T>(operation: string, sql: string, options: CallOptions | undefined, go: Go<T>): Promise<T> {
    this.#checkedSql(operation, sql)
    const stoppable = this.#stoppable(options)
    const plan = await this.#connection.plan(operation, sql, stoppable)
    this.#check(operation)
    const isHere = this.#connection.functions.isCalledBy(sql)
    return go(this.#connection, plan, isHere ? this.#limited(stoppable) : stoppable)
  }

  protected here(operation: string, sql: string, timeoutMs: number | null): [SqliteConnection, Plan] {
    this.#checkedSql(operation, sql)
    return [this.#connection, this.#connection.planSync(operation, sql, timeoutMs)]
  }

  protected async whole<T>(
    operation: string,
    options: CallOptions | undefined,
    go: (connection: SqliteConnection, options: CallOptions | undefined) => Promise<T>,
  ): Promise<T> {
    this.#check(operation)
    return go(this.#connection, this.#stoppable(options))
  }

  protected wholeHere(operation: string): SqliteConnection {
    this.#check(operation)
    return this.#connection
  }

  protected streamSource(operation: string, sql: string): StreamSource {
    return {
      open: async (options) => {
        this.#checkedSql(operation, sql)
        const plan = await this.#connection.plan(operation, sql, this.#stoppable(options))
        this.#check(operation)
        return { connection: this.#connection, plan, release: () => undefined }
      },
    }
  }
}

export function controlRefused(operation: string): Error {
  return sqlError(
    'ERR_SQL_STATE',
    operation,
    'transactions are begun and ended by transaction(…), which knows the connection they are on',
  )
}
