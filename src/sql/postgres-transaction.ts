import { boundary } from '../addon.js'
import { type CallOptions } from '../boundary/index.js'
import type { Transaction } from './database.js'
import { sqlError, type SqlError } from './error.js'
import { native, type Handle } from './native.js'
import type { PostgresTransactionOptions } from './postgres-options.js'
import { checkedWork, PostgresQueries, type Doors } from './postgres-queries.js'
import type { Shapes } from './postgres-shapes.js'

const DOORS: Doors = {
  query: native.postgresSessionQuery,
  querySync: native.postgresSessionQuerySync,
  execute: native.postgresSessionExecute,
  executeSync: native.postgresSessionExecuteSync,
  script: native.postgresSessionScript,
  stream: native.postgresSessionStream,
  copyIn: native.postgresSessionCopyIn,
  copyRows: native.postgresSessionCopyRows,
  copyOut: native.postgresSessionCopyOut,
}

/**
 * A transaction: what {@link PostgresDatabase.transaction} gives to its function. Statements that are not awaited go to the server
 * one after the other without waiting for answers. One that fails, or is stopped once it has begun, fails the transaction: let its error
 * end it, or do what may fail in a {@link transaction} of its own.
 *
 * A stream, copy or script has the transaction's connection until it ends. What is called behind it waits for that, at most the
 * database's `acquireTimeoutMs`, then it is `ERR_SQL_POOL_TIMEOUT`: so no statement of the transaction can be awaited in the loop that
 * reads its stream, or in the source of its copy. A stream or copy that has not ended with the transaction's function fails it.
 */
export class PostgresTransaction extends PostgresQueries implements Transaction {
  /** Fires when the transaction is stopped. */
  readonly signal: AbortSignal
  /** What has the connection until it ends: one at a time can. */
  #kept: Disposable | undefined
  #isOver = false

  /** @internal */
  constructor(handle: Handle, shapes: Shapes, stop: AbortSignal) {
    super('PostgresTransaction', DOORS, handle, () => shapes)
    this.signal = stop
  }

  /**
   * A savepoint: kept when the function's promise resolves, undone when it rejects. One at a time: while it runs, statements of the
   * outer transaction are part of it.
   */
  override async transaction<T>(work: (tx: this) => Promise<T> | T): Promise<T> {
    const operation = this.operation('transaction')
    checkedWork(operation, work)
    const number = await this.#call<number>(operation, (call) => {
      native.postgresSessionSavepoint(call, this.handle)
    })
    let result: T
    try {
      result = await work(this)
    } catch (error) {
      if (!this.isDisposed) {
        await this.#call(operation, (call) => {
          native.postgresSessionRollBackTo(call, this.handle, number)
        })
      }
      throw error
    }
    await this.#call(operation, (call) => {
      native.postgresSessionRelease(call, this.handle, number)
    })
    return result
  }

  /** @internal */
  end(operation: string, keep: boolean, options?: CallOptions): Promise<void> {
    this.#over()
    return boundary.call(operation, options, (call) => {
      if (keep) native.postgresSessionCommit(call, this.handle)
      else native.postgresSessionRollBack(call, this.handle)
    })
  }

  /** @internal A statement ends with its transaction. */
  protected override stoppable(options: CallOptions | undefined): CallOptions {
    const signal = options?.signal
    return { ...options, signal: signal === undefined ? this.signal : AbortSignal.any([signal, this.signal]) }
  }

  override dispose(): void {
    this.#over()
    super.dispose()
  }

  /** @internal */
  protected override readonly keeps = (what: Disposable): void => {
    this.#kept = what
    if (this.#isOver) this.#over()
  }

  #over(): void {
    this.#isOver = true
    this.#kept?.[Symbol.dispose]()
    this.#kept = undefined
  }

  #call<T>(operation: string, begin: (call: number) => void): Promise<T> {
    return boundary.call<T>(operation, { signal: this.signal }, begin)
  }
}

/** Runs a function in a transaction: see `PostgresDatabase.transaction`. */
export async function inTransaction<T>(
  operation: string,
  options: PostgresTransactionOptions | undefined,
  shapes: Shapes,
  begin: (stoppable: CallOptions | undefined) => Promise<Handle>,
  work: (tx: PostgresTransaction) => Promise<T> | T,
): Promise<T> {
  const since = performance.now()
  const transaction = new AbortController()
  const handle = await begin(options)
  const running = new PostgresTransaction(handle, shapes, transaction.signal)
  const { signal, timeoutMs } = options ?? {}
  let timer: NodeJS.Timeout | undefined
  let stop: (() => void) | undefined
  try {
    const stopped = new Promise<never>((_, reject) => {
      const refuse = (reason: unknown): void => {
        // Whatever is under way in it ends for the same reason, and it is rolled back.
        transaction.abort(reason)
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(reason)
      }
      stop = () => {
        refuse(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
      if (signal?.aborted === true) stop()
      if (timeoutMs === undefined || timeoutMs === Infinity) return
      timer = setTimeout(
        () => {
          refuse(timedOut(operation, timeoutMs))
        },
        Math.max(0, timeoutMs - (performance.now() - since)),
      )
    })
    const result = await Promise.race([Promise.resolve(work(running)), stopped])
    await running.end(operation, true, signal === undefined ? undefined : { signal })
    return result
  } catch (error) {
    // A rollback that fails leaves the server to roll back by itself; the first error is the one that says why.
    if (!transaction.signal.aborted) await running.end(operation, false).catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
    if (stop !== undefined) signal?.removeEventListener('abort', stop)
    running.dispose()
  }
}

function timedOut(operation: string, timeoutMs: number): SqlError {
  return sqlError('ERR_TIMEOUT', operation, `not done within ${String(timeoutMs)} ms`, {
    timeoutMs,
    stillRunning: false,
  })
}
