/** A SQLite database: one connection that writes, some that read beside it. */
import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { isFerruleError } from '../boundary/index.js'
import type { Database, QueryOptions, Transaction, TransactionOptions } from './database.js'
import { refused, sqlError } from './error.js'
import { native } from './native.js'
import type { SqlParams } from './params.js'
import type { RowObject } from './rows.js'
import { SqliteBlob, type BlobPlace } from './sqlite-blob.js'
import type { FunctionOptions, SqlFunction } from './sqlite-functions.js'
import { SqliteConnection, type Plan } from './sqlite-connection.js'
import { SqliteSession, deadlineOf, type Go } from './sqlite-session.js'
import { SqliteStatement } from './sqlite-statement.js'
import type { StreamSource } from './sqlite-stream.js'
import { SqliteTransaction, controlRefused, transactionEnds } from './sqlite-transaction.js'
import type { SqliteSettings } from './sqlite-options.js'
import { sortOf } from './sql-words.js'

/** A connection for reading, and how many calls use it now. */
interface Reader {
  readonly connection: SqliteConnection
  calls: number
}

/** How far a backup is, in pages. */
export interface BackupProgress {
  readonly remaining: number
  readonly total: number
}

export class SqliteDatabase extends SqliteSession implements Database {
  readonly kind = 'sqlite'
  protected readonly called = 'sql.Database'
  protected readonly integers: 'number' | 'bigint'
  readonly #settings: SqliteSettings
  readonly #primary: SqliteConnection
  readonly #readers: Reader[] = []
  #opening: Promise<void> | undefined
  #mostReaders: number
  #closing: Promise<void> | undefined

  /** @internal */
  constructor(primary: SqliteConnection, settings: SqliteSettings) {
    super()
    this.#primary = primary
    this.#settings = settings
    this.integers = settings.integers
    this.#mostReaders = settings.readers
  }

  get isClosed(): boolean {
    return this.#closing !== undefined
  }

  /** The database's file, as it was opened. */
  get path(): string {
    return this.#settings.path
  }

  async prepare<Params extends SqlParams = SqlParams, Row = RowObject>(
    sql: string,
    options: QueryOptions = {},
  ): Promise<SqliteStatement<Params, Row>> {
    const operation = 'sql.Database.prepare'
    this.#checkedSql(operation, sql)
    const plan = await this.#primary.turn.pass(operation, options, this.#settings.acquireTimeoutMs, () =>
      this.#primary.plan(operation, sql, options),
    )
    return new SqliteStatement(this, this.#primary, plan, sql, this.big(operation, options), options)
  }

  /** {@link prepare} on this thread. */
  prepareSync<Params extends SqlParams = SqlParams, Row = RowObject>(
    sql: string,
    options: Omit<QueryOptions, 'signal'> = {},
  ): SqliteStatement<Params, Row> {
    const operation = 'sql.Database.prepareSync'
    this.#checkedSql(operation, sql)
    this.ensureFree(operation)
    const plan = this.#primary.planSync(operation, sql, deadlineOf(operation, options))
    return new SqliteStatement(this, this.#primary, plan, sql, this.big(operation, options), options)
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T> | T, options?: TransactionOptions): Promise<T> {
    const operation = 'sql.Database.transaction'
    this.#check(operation)
    const ends = transactionEnds(operation, options)
    const release = await this.#primary.turn.hold(operation, 'a transaction', options, this.#settings.acquireTimeoutMs)
    try {
      this.#check(operation)
      const transaction = new SqliteTransaction(this.#primary, this.integers, 0)
      return await transaction.perform(operation, ends, work, options)
    } finally {
      release()
    }
  }

  /**
   * Runs `work` in a transaction on this thread. Inside, the database's own Sync doors belong to it.
   */
  transactionSync<T>(work: () => T, options?: Pick<TransactionOptions, 'mode'>): T {
    const operation = 'sql.Database.transactionSync'
    if (typeof work !== 'function') throw refused(operation, 'work', 'a function', work)
    this.ensureFree(operation)
    const outermost = native.sqliteConnectionIsAutocommit(this.#primary.number)
    const ends = outermost
      ? transactionEnds(operation, options)
      : {
          begin: 'savepoint ferrule_sync',
          commit: 'release ferrule_sync',
          undo: ['rollback to ferrule_sync', 'release ferrule_sync'],
        }
    const control = (sql: string): void => {
      const plan = this.#primary.planSync(operation, sql, null)
      boundary.asks(operation)
      native.sqliteConnectionRun(this.#primary.number, plan.number, [])
    }
    control(ends.begin)
    try {
      const result = work()
      if (result instanceof Promise) {
        throw sqlError(
          'ERR_SQL_STATE',
          operation,
          'the function returned a promise; transaction(…) takes async functions',
        )
      }
      control(ends.commit)
      return result
    } catch (error) {
      try {
        for (const sql of ends.undo) control(sql)
      } catch {
        // Undone already, by SQLite itself.
      }
      throw error
    }
  }

  /**
   * Makes a function of JavaScript one of SQL. It runs on this thread, and so does every statement that calls it, also from the
   * async doors. What it throws arrives untouched, and the statement is undone. It must not use the database it is called from:
   * that is `ERR_BUSY`. It can be called from statements, not from views, triggers or indexes.
   *
   * @example
   * db.function('reversed', (text) => [...String(text)].reverse().join(''), { deterministic: true })
   * db.oneSync('select reversed(?) as text', ['abc']) // { text: 'cba' }
   */
  function(name: string, fn: SqlFunction, options: FunctionOptions = {}): void {
    const operation = 'sql.Database.function'
    this.ensureFree(operation)
    this.#primary.functions.define(operation, this.#primary, name, fn, options)
  }

  /**
   * Copies the database into a file while it is in use. The file is there when all of it is, and replaces one of that name.
   *
   * `onProgress` hears how many pages remain of how many; `pagesPerStep` (default: 1000) are copied before others get their turn.
   */
  async backup(
    to: string,
    options: CallOptions & { pagesPerStep?: number; onProgress?: (progress: BackupProgress) => void } = {},
  ): Promise<void> {
    const operation = 'sql.Database.backup'
    const { pagesPerStep = 1000, onProgress } = options
    if (typeof to !== 'string' || to === '') throw refused(operation, 'to', 'the path of a file', to)
    if (onProgress !== undefined && typeof onProgress !== 'function') {
      throw refused(operation, 'options.onProgress', 'a function', onProgress)
    }
    const told = boundary.callback((remaining: number, total: number) => {
      onProgress?.({ remaining, total })
    })
    await this.whole(operation, options, (connection, left) =>
      boundary.call(operation, left, (call) => {
        native.sqliteConnectionBackupTask(call, connection.number, to, pagesPerStep, told)
      }),
    )
  }

  /** A blob in a row, to be read and written in parts. */
  blob(place: BlobPlace): SqliteBlob {
    this.#check('sql.Database.blob')
    return new SqliteBlob((operation, options, go) => this.whole(operation, options, go), place)
  }

  close(options?: CallOptions): Promise<void> {
    return (this.#closing ??= this.#close(options))
  }

  async #close(options: CallOptions | undefined): Promise<void> {
    const operation = 'sql.Database.close'
    await this.#opening?.catch(() => undefined)
    // A stream that is left open ends with its connection.
    const end = (connection: SqliteConnection): Promise<void> =>
      boundary.call(operation, options, (call) => {
        native.sqliteConnectionCloseTask(call, connection.number)
      })
    const readers = this.#readers.map(({ connection }) => connection)
    // The one that may write goes last: it writes the journal back and removes it.
    const results = [
      ...(await Promise.allSettled(readers.map(end))),
      ...(await Promise.allSettled([end(this.#primary)])),
    ]
    for (const connection of [...readers, this.#primary]) connection.dispose()
    const failed = results.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** {@link close} on this thread: refused while calls are in flight. */
  closeSync(options?: SyncCallOptions): void {
    const operation = 'sql.Database.closeSync'
    if (this.isClosed) return
    const timeoutMs = deadlineOf(operation, options)
    this.ensureFree(operation)
    const all = [...this.#readers.map(({ connection }) => connection), this.#primary]
    for (const connection of all) {
      boundary.asks(operation)
      native.sqliteConnectionCloseTaskSync(timeoutMs, connection.number)
    }
    this.#closing = Promise.resolve()
    for (const connection of all) connection.dispose()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Refuses a Sync door while somebody has the connection: waiting would block whoever could give it back. */
  ensureFree(operation: string): void {
    this.#check(operation)
    const { holder } = this.#primary.turn
    if (holder === undefined) return
    throw sqlError(
      'ERR_BUSY',
      operation,
      `${holder} has the connection, and a Sync door cannot wait for it; use the transaction's own methods, or an async call`,
      { holder },
    )
  }

  #check(operation: string): void {
    if (this.isClosed) throw sqlError('ERR_SQL_CLOSED', operation, 'the database is closed', { what: 'database' })
  }

  #checkedSql(operation: string, sql: string): ReturnType<typeof sortOf> {
    this.#check(operation)
    if (typeof sql !== 'string') throw refused(operation, 'sql', 'a string', sql)
    const sort = sortOf(sql)
    if (sort === 'control') throw controlRefused(operation)
    // What is attached or set here is unknown to other connections.
    if (sort === 'local') this.#mostReaders = 0
    // Functions are known to the connection that writes.
    return sort === 'read' && this.#primary.functions.isCalledBy(sql) ? 'write' : sort
  }

  protected async run<T>(operation: string, sql: string, options: CallOptions | undefined, go: Go<T>): Promise<T> {
    const sort = this.#checkedSql(operation, sql)
    const started = options?.timeoutMs === undefined ? 0 : performance.now()
    if (sort === 'read' && this.#mostReaders > 0) {
      const reader = await this.#takeReader(operation)
      if (reader !== undefined) {
        try {
          const plan = await this.#readerPlan(operation, reader, sql, options)
          // A stream may have taken it meanwhile.
          const isFree = reader.connection.turn.holder === undefined
          if (plan !== undefined && isFree) return await go(reader.connection, plan, left(options, started))
        } finally {
          reader.calls -= 1
        }
      }
    }
    const primary = this.#primary
    const { acquireTimeoutMs } = this.#settings
    const known = primary.planOf(sql)
    if (known !== undefined) {
      return primary.turn.pass(operation, left(options, started), acquireTimeoutMs, () => {
        this.#check(operation)
        return go(primary, known, left(options, started))
      })
    }
    // Held while it is prepared, so that no transaction begins before the statement does.
    const release = await primary.turn.hold(operation, 'a statement', left(options, started), acquireTimeoutMs)
    let running: Promise<T>
    try {
      this.#check(operation)
      const plan = await primary.plan(operation, sql, left(options, started))
      running = go(primary, plan, left(options, started))
    } finally {
      // Begun is enough: others follow in the connection's own line.
      release()
    }
    return running
  }

  /** The statement on a reader; undefined when it is one for the connection that writes. */
  async #readerPlan(
    operation: string,
    { connection }: Reader,
    sql: string,
    options: CallOptions | undefined,
  ): Promise<Plan | undefined> {
    try {
      const plan = await connection.plan(operation, sql, options)
      return plan.isReadOnly ? plan : undefined
    } catch (error) {
      // It may name what only the other connection has; that one tells.
      if (isFerruleError(error, 'ERR_SQL_SYNTAX')) return undefined
      throw error
    }
  }

  /** A reader for a stream alone; undefined when there is none, or the statement is none for it. */
  async #readerStream(
    operation: string,
    sql: string,
    options: CallOptions | undefined,
  ): Promise<{ connection: SqliteConnection; plan: Plan; release: () => void } | undefined> {
    const reader = await this.#takeReader(operation)
    if (reader === undefined) return undefined
    try {
      const plan = await this.#readerPlan(operation, reader, sql, options)
      if (plan === undefined) return undefined
      const release = reader.connection.turn.tryHold('a stream')
      return release && { connection: reader.connection, plan, release }
    } finally {
      reader.calls -= 1
    }
  }

  /**
   * The reader with the least to do, with one call more; a new one while all have something to do and there may be more. Who
   * takes it gives it back.
   */
  async #takeReader(operation: string): Promise<Reader | undefined> {
    for (;;) {
      const best = this.#leastBusy()
      if ((best !== undefined && best.calls === 0) || this.#readers.length >= this.#mostReaders) {
        if (best !== undefined) best.calls += 1
        return best
      }
      this.#opening ??= this.#openReader(operation).finally(() => {
        this.#opening = undefined
      })
      await this.#opening
      this.#check(operation)
    }
  }

  #leastBusy(): Reader | undefined {
    let best: Reader | undefined
    for (const reader of this.#readers) {
      if (reader.connection.turn.holder !== undefined) continue
      if (best === undefined || reader.calls < best.calls) best = reader
    }
    return best
  }

  async #openReader(operation: string): Promise<void> {
    const { path, busyTimeoutMs, foreignKeys, synchronous } = this.#settings
    const handle = await boundary.call<number>(operation, undefined, (call) => {
      native.sqliteOpen(call, path, true, false, false, busyTimeoutMs, foreignKeys, synchronous)
    })
    this.#readers.push({ connection: new SqliteConnection(handle), calls: 0 })
  }

  protected here(operation: string, sql: string, timeoutMs: number | null): [SqliteConnection, Plan] {
    this.#checkedSql(operation, sql)
    this.ensureFree(operation)
    return [this.#primary, this.#primary.planSync(operation, sql, timeoutMs)]
  }

  protected async whole<T>(
    operation: string,
    options: CallOptions | undefined,
    go: (connection: SqliteConnection, options: CallOptions | undefined) => Promise<T>,
  ): Promise<T> {
    this.#check(operation)
    const started = options?.timeoutMs === undefined ? 0 : performance.now()
    const release = await this.#primary.turn.hold(operation, operation, options, this.#settings.acquireTimeoutMs)
    try {
      this.#check(operation)
      return await go(this.#primary, left(options, started))
    } finally {
      release()
    }
  }

  protected wholeHere(operation: string): SqliteConnection {
    this.ensureFree(operation)
    return this.#primary
  }

  protected streamSource(operation: string, sql: string): StreamSource {
    return {
      open: async (options) => {
        const sort = this.#checkedSql(operation, sql)
        if (sort === 'read' && this.#mostReaders > 0) {
          const opened = await this.#readerStream(operation, sql, options)
          if (opened !== undefined) return opened
        }
        const primary = this.#primary
        const release = await primary.turn.hold(operation, 'a stream', options, this.#settings.acquireTimeoutMs)
        try {
          this.#check(operation)
          return { connection: primary, plan: await primary.plan(operation, sql, options), release }
        } catch (error) {
          release()
          throw error
        }
      },
    }
  }
}

/** The options with what is left of their time. */
function left(options: CallOptions | undefined, started: number): CallOptions | undefined {
  if (options?.timeoutMs === undefined) return options
  return { ...options, timeoutMs: Math.max(0, options.timeoutMs - (performance.now() - started)) }
}
