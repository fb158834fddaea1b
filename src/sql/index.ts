/** Databases: an embedded SQLite and PostgreSQL behind one API. */
import { native } from './native.js'

export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { connect, connectSync } from './connect.js'
export type {
  BatchItem,
  Database,
  ExecuteResult,
  Queries,
  QueryOptions,
  RowOptions,
  RowStream,
  Statement,
  SyncQueryOptions,
  Transaction,
  TransactionOptions,
} from './database.js'
export { SqlError } from './error.js'
export type { SqlParam, SqlParams } from './params.js'
export { connectPostgres, connectPostgresSync, PostgresDatabase, type PoolState } from './postgres.js'
export type { CopyTarget, Rows } from './postgres-copy.js'
export type { ListenOptions, Notification, PostgresListener, Reconnect } from './postgres-listener.js'
export type { PostgresOptions, PostgresTransactionOptions } from './postgres-options.js'
export type { PostgresQueries } from './postgres-queries.js'
export { PostgresStatement } from './postgres-statement.js'
export type { PostgresTransaction } from './postgres-transaction.js'
export type { PostgresParams, PostgresValue } from './postgres-values.js'
export type { JsonValue, RowForm, RowObject, SqlValue } from './rows.js'
export { JsonParam, sql, SqlFragment, type SqlTag } from './sql-tag.js'
export type { SqlAggregate } from './sqlite-aggregate.js'
export type { BackupOptions, BackupProgress } from './sqlite-backup.js'
export { SqliteBlob, type BlobPlace } from './sqlite-blob.js'
export { SqliteDatabase } from './sqlite-database.js'
export type { FunctionOptions, SqlArgument, SqlFunction } from './sqlite-functions.js'
export type { SqliteOptions } from './sqlite-options.js'
export { SqliteStatement } from './sqlite-statement.js'

/** The version of the SQLite inside, such as `3.50.4`. */
export function sqliteVersion(): string {
  return native.sqliteVersion()
}
