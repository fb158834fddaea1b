/** A copy of a database in a file. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { refused } from './error.js'
import { native } from './native.js'
import type { SqliteConnection } from './sqlite-connection.js'

/** How far a backup is, in pages. */
export interface BackupProgress {
  readonly remaining: number
  readonly total: number
}

/** How a backup is made. */
export interface BackupOptions extends CallOptions {
  /** How many pages are copied before others get their turn. Default: 1000. */
  pagesPerStep?: number
  /** Hears how many pages remain of how many. */
  onProgress?: (progress: BackupProgress) => void
}

/** What copies a connection's database into a file. */
export function backupTo(
  operation: string,
  to: string,
  options: BackupOptions,
): (connection: SqliteConnection, options: CallOptions | undefined) => Promise<void> {
  const { pagesPerStep = 1000, onProgress } = options
  if (typeof to !== 'string' || to === '') throw refused(operation, 'to', 'the path of a file', to)
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw refused(operation, 'options.onProgress', 'a function', onProgress)
  }
  const told = boundary.callback((remaining: number, total: number) => {
    onProgress?.({ remaining, total })
  })
  return (connection, left) =>
    boundary.call(operation, left, (call) => {
      native.sqliteConnectionBackupTask(call, connection.number, to, pagesPerStep, told)
    })
}
