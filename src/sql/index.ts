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
export type { JsonValue, RowForm, RowObject, SqlValue } from './rows.js'
export { JsonParam, sql, SqlFragment, type SqlTag } from './sql-tag.js'
export { SqliteBlob, type BlobPlace } from './sqlite-blob.js'
export { SqliteDatabase, type BackupProgress } from './sqlite-database.js'
export type { FunctionOptions, SqlArgument, SqlFunction } from './sqlite-functions.js'
export type { SqliteOptions } from './sqlite-options.js'
export { SqliteStatement } from './sqlite-statement.js'

/** The version of the SQLite inside, such as `3.50.4`. */
export function sqliteVersion(): string {
  return native.sqliteVersion()
}
