/** A SQLite database: one connection that writes, some that read beside it. */
import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf, timeLeft } from './deadline.js'
import type { Database, QueryOptions, Transaction, TransactionOptions } from './database.js'
import { refused, sqlError } from './error.js'
import { native } from './native.js'
import type { SqlParams } from './params.js'
import type { RowObject } from './rows.js'
import type { SqlAggregate } from './sqlite-aggregate.js'
import { backupTo, type BackupOptions } from './sqlite-backup.js'
import { SqliteBlob, type BlobPlace } from './sqlite-blob.js'
import type { FunctionOptions, SqlFunction } from './sqlite-functions.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'
import { SqliteReaders } from './sqlite-readers.js'
import { SqliteSession, type Go } from './sqlite-session.js'
import { SqliteStatement } from './sqlite-statement.js'
import type { StreamSource } from './sqlite-stream.js'
import { SqliteTransaction, controlRefused, transactionEnds, transactionHere } from './sqlite-transaction.js'
import type { SqliteSettings } from './sqlite-options.js'
import { sortOf } from './sql-words.js'
import { STREAM, wayOut } from './turn.js'

export class SqliteDatabase extends SqliteSession implements Database {
  readonly kind = 'sqlite'
  protected readonly called = 'sql.Database'
  protected readonly integers: 'number' | 'bigint'
  readonly #settings: SqliteSettings
  readonly #primary: SqliteConnection
  readonly #readers: SqliteReaders
  #closing: Promise<void> | undefined

  /** @internal */
  constructor(primary: SqliteConnection, settings: SqliteSettings) {
    super()
    this.#primary = primary
    this.#settings = settings
    this.integers = settings.integers
    this.#readers = new SqliteReaders(settings)
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
      const transaction = new SqliteTransaction(this.#primary, this.integers)
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
    this.ensureFree(operation)
    return transactionHere(operation, this.#primary, work, options)
  }

  /**
   * Makes a function of JavaScript one of SQL.
   *
   * It runs on this thread, and so does every statement that calls it, from the async doors too: `timeoutMs` ends the statement
   * between two calls and between SQLite's own steps, `signal` when it has fired in a call. What the function throws arrives
   * untouched, and the statement is undone. Using the database from its own function is `ERR_BUSY`. It can be called from
   * statements, not from views, triggers or indexes, streams and batches.
   *
   * @throws SqlError `ERR_INVALID_ARG_TYPE` for a name that is none; `ERR_BUSY` while a transaction has the connection.
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
   * Makes an aggregate of SQL out of functions of JavaScript, under the same terms as {@link function}; one with `inverse` is a
   * window function, too.
   *
   * @throws SqlError as {@link function}.
   * @example
   * db.aggregate('product', { start: 1, step: (total, value) => total * Number(value) })
   * db.oneSync('select product(value) as p from json_each(?)', ['[2, 3, 7]']) // { p: 42 }
   */
  aggregate<Total = unknown>(name: string, aggregate: SqlAggregate<Total>): void {
    const operation = 'sql.Database.aggregate'
    this.ensureFree(operation)
    this.#primary.functions.defineAggregate(operation, this.#primary, name, aggregate)
  }

  /** Copies the database into a file while it is in use. The file is there when all of it is, and replaces one of that name. */
  async backup(to: string, options: BackupOptions = {}): Promise<void> {
    const operation = 'sql.Database.backup'
    await this.whole(operation, options, backupTo(operation, to, options))
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
    await this.#readers.settled()
    // A stream that is left open ends with its connection.
    const end = (connection: SqliteConnection): Promise<void> =>
      boundary.call(operation, options, (call) => {
        native.sqliteConnectionCloseTask(call, connection.number)
      })
    const readers = this.#readers.connections
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
    const all = [...this.#readers.connections, this.#primary]
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
      `${holder} has the connection, and a Sync door cannot wait for it; ${wayOut(holder)}, or make an async call`,
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
    if (sort === 'local') this.#readers.retire()
    // Functions are known to the connection that writes.
    return sort === 'read' && this.#primary.functions.isCalledBy(sql) ? 'write' : sort
  }

  protected async run<T>(operation: string, sql: string, options: CallOptions | undefined, go: Go<T>): Promise<T> {
    const sort = this.#checkedSql(operation, sql)
    const started = options?.timeoutMs === undefined ? 0 : performance.now()
    const check = (): void => {
      this.#check(operation)
    }
    if (sort === 'read' && this.#readers.areThere) {
      const read = await this.#readers.run(operation, sql, options, check, (connection, plan) =>
        go(connection, plan, timeLeft(options, started)),
      )
      if (read !== undefined) return read[0]
    }
    const primary = this.#primary
    const { acquireTimeoutMs } = this.#settings
    const known = primary.planOf(sql)
    if (known !== undefined) {
      return primary.turn.pass(operation, timeLeft(options, started), acquireTimeoutMs, () => {
        this.#check(operation)
        return go(primary, known, timeLeft(options, started))
      })
    }
    // Held while it is prepared, so that no transaction begins before the statement does.
    const release = await primary.turn.hold(operation, 'a statement', timeLeft(options, started), acquireTimeoutMs)
    let running: Promise<T>
    try {
      this.#check(operation)
      const plan = await primary.plan(operation, sql, timeLeft(options, started))
      running = go(primary, plan, timeLeft(options, started))
    } finally {
      // Begun is enough: others follow in the connection's own line.
      release()
    }
    return running
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
      return await go(this.#primary, timeLeft(options, started))
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
        if (sort === 'read' && this.#readers.areThere) {
          const opened = await this.#readers.stream(operation, sql, options, () => {
            this.#check(operation)
          })
          if (opened !== undefined) return opened
        }
        const primary = this.#primary
        const release = await primary.turn.hold(operation, STREAM, options, this.#settings.acquireTimeoutMs)
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
