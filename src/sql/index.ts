/** Databases: an embedded SQLite and PostgreSQL behind one API. */
import { native } from './native.js'

export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { SqlError } from './error.js'

/** The version of the SQLite inside, such as `3.50.4`. */
export function sqliteVersion(): string {
  return native.sqliteVersion()
}
