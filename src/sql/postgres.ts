import { boundary } from '../addon.js'
import { checkedTimeout, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { refused } from './error.js'
import { native, type Handle } from './native.js'
import { PostgresListener, reconnectOf, type ListenOptions } from './postgres-listener.js'
import { optionsText, type PostgresOptions, type PostgresTransactionOptions } from './postgres-options.js'
import { checkedWork, PostgresQueries, type Doors } from './postgres-queries.js'
import { PostgresStatement } from './postgres-statement.js'
import type { PostgresParams } from './postgres-values.js'
import type { Database, QueryOptions } from './database.js'
import { orderedPlacesOf, placesOf } from './postgres-placeholders.js'
import { Shapes } from './postgres-shapes.js'
import { inTransaction, type PostgresTransaction } from './postgres-transaction.js'
import type { RowObject } from './rows.js'

const DOORS: Doors = {
  query: native.postgresQuery,
  querySync: native.postgresQuerySync,
  execute: native.postgresExecute,
  executeSync: native.postgresExecuteSync,
  script: native.postgresScript,
  stream: native.postgresStream,
  copyIn: native.postgresCopyIn,
  copyRows: native.postgresCopyRows,
  copyOut: native.postgresCopyOut,
}

/** How a pool is doing. */
export interface PoolState {
  /** Connections that are open. */
  readonly open: number
  /** Of these, those with nothing to do. */
  readonly idle: number
  /** Of these, those that one caller has for itself. */
  readonly owned: number
  /** Connections that are being opened. */
  readonly opening: number
  /** Calls that wait for one. */
  readonly waiting: number
}

/**
 * A PostgreSQL server through a pool of connections. Make one with {@link connectPostgres}.
 *
 * Calls in flight share connections: a statement that was fast so far (2 ms on average) is sent behind others without waiting for
 * their answers, unless a connection is idle. Any other statement, and each transaction, stream and copy, has a connection for
 * itself.
 */
export class PostgresDatabase extends PostgresQueries implements Database {
  readonly kind = 'postgres'

  /** @internal */
  constructor(handle: Handle) {
    super('PostgresDatabase', DOORS, handle, (self) => new Shapes(self))
  }

  /** Whether it was closed. */
  get isClosed(): boolean {
    return this.isDisposed
  }

  /** How its connections are doing. */
  get pool(): PoolState {
    const [open = 0, idle = 0, owned = 0, opening = 0, waiting = 0] = native.postgresState(this.handle)
    return { open, idle, owned, opening, waiting }
  }

  /**
   * Runs a function in a transaction: committed when its promise resolves, rolled back when it rejects, when `signal` fires or
   * `timeoutMs` passes (for the whole of it), and when the thread or process ends. The error is the function's own. Calls of
   * `transaction` on what it is given are savepoints.
   *
   * `ERR_SQL_STATE` when a statement had failed and its error was caught: nothing was kept. `ERR_SQL_BUSY` says that the whole may
   * be tried again.
   *
   * @example
   * await database.transaction(async (tx) => {
   *   await tx.execute('update accounts set balance = balance - $1 where id = $2', [10, 1])
   *   await tx.execute('update accounts set balance = balance + $1 where id = $2', [10, 2])
   * }, { isolation: 'serializable' })
   */
  override async transaction<T>(
    work: (tx: PostgresTransaction) => Promise<T> | T,
    options?: PostgresTransactionOptions,
  ): Promise<T> {
    const operation = this.operation('transaction')
    checkedWork(operation, work)
    for (const name of ['readOnly', 'deferrable'] as const) {
      const value: unknown = options?.[name]
      if (value !== undefined && typeof value !== 'boolean')
        throw refused(operation, `options.${name}`, 'a boolean', value)
    }
    const begin = (stoppable: CallOptions | undefined): Promise<Handle> =>
      boundary.call<Handle>(operation, stoppable, (call) => {
        native.postgresBegin(
          call,
          this.handle,
          options?.isolation,
          options?.readOnly ?? false,
          options?.deferrable ?? false,
        )
      })
    return inTransaction(operation, options, this.shapes, begin, work)
  }

  /** Has a statement checked by the server, for use again and again. */
  async prepare<Params extends PostgresParams = PostgresParams, Row = RowObject>(
    sql: string,
    options?: QueryOptions,
  ): Promise<PostgresStatement<Params, Row>> {
    const columns = await boundary.call<string[]>(this.operation('prepare'), options, (call) => {
      native.postgresDescribe(call, this.handle, orderedPlacesOf(placesOf(sql).text))
    })
    return new PostgresStatement<Params, Row>(this, sql, columns, options)
  }

  /**
   * Listens to channels, by their names as they are (in SQL, unquoted names are lower case). Done when the server has confirmed:
   * what is sent from then on is heard. When the connection is lost it listens again by itself, see {@link PostgresListener}.
   *
   * @example
   * const options = { onListening: () => readWhatIsOpen() }
   * for await (const { payload } of await database.listen('orders', options)) handle(payload)
   */
  async listen(channels: string | readonly string[], options?: ListenOptions): Promise<PostgresListener> {
    const operation = this.operation('listen')
    const reconnect = reconnectOf(operation, options)
    const handle = await boundary.call<Handle>(operation, options, (call) => {
      native.postgresListen(call, this.handle, typeof channels === 'string' ? [channels] : channels, ...reconnect)
    })
    return new PostgresListener(handle, options)
  }

  /** Tells all who listen to a channel. The server takes payloads below 8,000 bytes. */
  async notify(channel: string, payload = '', options?: CallOptions): Promise<void> {
    await this.query('select pg_notify($1, $2)', [channel, payload], options)
  }

  /** Takes no more calls, waits until those under way have ended, and closes all connections. */
  async close(options?: CallOptions): Promise<void> {
    if (this.isDisposed) return
    await boundary.call(this.operation('close'), options, (call) => {
      native.postgresClose(call, this.handle)
    })
    this.dispose()
  }

  /** {@link close} on this thread, which waits. */
  closeSync(options?: SyncCallOptions): void {
    if (this.isDisposed) return
    const operation = this.operation('closeSync')
    const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
    boundary.asks(operation)
    native.postgresCloseSync(timeoutMs, this.handle)
    this.dispose()
  }

  /** The same as {@link close}, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/**
 * Opens a database by its URL: `postgres://user:password@host:port/database?sslmode=verify-full`. At least one connection is open
 * when it is done.
 *
 * `sslmode`: `disable`, `prefer` (default: encrypted if the server can), `require` (encrypted, whoever it is), `verify-ca`,
 * `verify-full`; `sslrootcert`: a file of certificates to trust; `sslcert` and `sslkey`: files of the client's own.
 *
 * Errors: `ERR_SQL_CONFIG`, `ERR_SQL_CONNECTION`, `ERR_SQL_DENIED` (password, rights).
 */
export async function connectPostgres(url: string, options?: PostgresOptions & CallOptions): Promise<PostgresDatabase> {
  const operation = 'sql.connect'
  const text = optionsText(operation, options)
  const handle = await boundary.call<Handle>(operation, options, (call) => {
    native.postgresConnect(call, url, text)
  })
  return new PostgresDatabase(handle)
}

/** {@link connectPostgres} on this thread, which waits. */
export function connectPostgresSync(url: string, options?: PostgresOptions & SyncCallOptions): PostgresDatabase {
  const operation = 'sql.connectSync'
  const text = optionsText(operation, options)
  const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
  boundary.asks(operation)
  return new PostgresDatabase(native.postgresConnectSync(timeoutMs, url, text))
}
