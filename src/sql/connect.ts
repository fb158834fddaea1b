/** How a database is reached: by the path of a file, or by an address. */
import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { refused } from './error.js'
import { native } from './native.js'
import { connectPostgres, connectPostgresSync, type PostgresDatabase } from './postgres.js'
import type { PostgresOptions } from './postgres-options.js'
import { SqliteConnection } from './sqlite-connection.js'
import { SqliteDatabase } from './sqlite-database.js'
import { sqliteSettings, type SqliteOptions, type SqliteSettings } from './sqlite-options.js'

/**
 * Connects to a database.
 *
 * @param target `postgres://…` for a server, see {@link connectPostgres}; `:memory:` for one that is gone when it is closed; else the path of a SQLite file.
 * @throws SqlError `ERR_SQL_CONNECTION` when it cannot be opened, `ERR_SQL_CORRUPT` when the file is no database.
 *
 * @example
 * const db = await connect('app.db')
 * await db.execute('insert into users (name) values (?)', ['Anna'])
 * await db.close()
 */
export function connect(target: PostgresUrl, options?: PostgresOptions & CallOptions): Promise<PostgresDatabase>
export function connect(target: string, options?: SqliteOptions & CallOptions): Promise<SqliteDatabase>
export async function connect(
  target: string,
  options: (PostgresOptions | SqliteOptions) & CallOptions = {},
): Promise<PostgresDatabase | SqliteDatabase> {
  const operation = 'sql.connect'
  if (isPostgresUrl(target)) return connectPostgres(target, options)
  const settings = settingsOf(operation, target, options)
  const { path, readOnly, create, wal, busyTimeoutMs, foreignKeys, synchronous } = settings
  const handle = await boundary.call<number>(operation, options, (call) => {
    native.sqliteOpen(call, path, readOnly, create, wal, busyTimeoutMs, foreignKeys, synchronous)
  })
  return new SqliteDatabase(new SqliteConnection(handle), settings)
}

/** {@link connect} on this thread. */
export function connectSync(target: PostgresUrl, options?: PostgresOptions & SyncCallOptions): PostgresDatabase
export function connectSync(target: string, options?: SqliteOptions & SyncCallOptions): SqliteDatabase
export function connectSync(
  target: string,
  options: (PostgresOptions | SqliteOptions) & SyncCallOptions = {},
): PostgresDatabase | SqliteDatabase {
  const operation = 'sql.connectSync'
  if (isPostgresUrl(target)) return connectPostgresSync(target, options)
  const settings = settingsOf(operation, target, options)
  const { path, readOnly, create, wal, busyTimeoutMs, foreignKeys, synchronous } = settings
  const timeoutMs = deadlineOf(operation, options)
  boundary.asks(operation)
  const handle = native.sqliteOpenSync(timeoutMs, path, readOnly, create, wal, busyTimeoutMs, foreignKeys, synchronous)
  return new SqliteDatabase(new SqliteConnection(handle), settings)
}

function settingsOf(operation: string, target: string, options: SqliteOptions): SqliteSettings {
  if (typeof target !== 'string' || target === '') {
    throw refused(operation, 'target', 'the path of a file, or :memory:', target)
  }
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refused(operation, 'options', 'an object', options)
  }
  return sqliteSettings(operation, target, options)
}

/** The address of a PostgreSQL server. */
export type PostgresUrl = `postgres://${string}` | `postgresql://${string}`

const isPostgresUrl = (target: unknown): target is PostgresUrl =>
  typeof target === 'string' && /^postgres(ql)?:\/\//.test(target)
