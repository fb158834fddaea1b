/** Databases: an embedded SQLite and PostgreSQL behind one API. */
import { native } from './native.js'

export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { SqlError } from './error.js'
export { connectPostgres, connectPostgresSync, PostgresDatabase, type PoolState } from './postgres.js'
export { type PostgresListener, type Notification } from './postgres-listener.js'
export type {
  PostgresOptions,
  QueryOptions,
  RowOptions,
  SyncQueryOptions,
  TransactionOptions,
} from './postgres-options.js'
export type { BatchItem, PostgresQueries } from './postgres-queries.js'
export type { CopyTarget, Rows } from './postgres-copy.js'
export type { RowStream } from './postgres-stream.js'
export type { PostgresTransaction } from './postgres-transaction.js'
export type { PostgresValue } from './postgres-values.js'
export type { JsonValue, RowForm, RowObject, SqlValue } from './rows.js'

/** The version of the SQLite inside, such as `3.50.4`. */
export function sqliteVersion(): string {
  return native.sqliteVersion()
}
