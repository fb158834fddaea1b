/** How a SQLite database is opened. */
import { refused } from './error.js'

/** Options of `connect` for SQLite; all may be left out. */
export interface SqliteOptions {
  /** Opens the file for reading only. Default: false. */
  readOnly?: boolean | undefined
  /** Makes the file when it is not there. Default: true. */
  create?: boolean | undefined
  /** Keeps the journal beside the file (WAL): readers and a writer do not wait for each other. The file stays so. Default: true. */
  wal?: boolean | undefined
  /** Connections that read beside the one that writes, from 0 to 64, opened when needed. Only with `wal`, and on files. Default: 4. */
  readers?: number | undefined
  /** Milliseconds that a statement waits for a lock that another connection or process has. Default: 5000. */
  busyTimeoutMs?: number | undefined
  /** Milliseconds that a call waits for a connection that a transaction or a stream has. Default: 5000. */
  acquireTimeoutMs?: number | undefined
  /** Whether foreign keys are enforced. Default: true. */
  foreignKeys?: boolean | undefined
  /** How much is written through to the disk: SQLite's setting of that name. Default: `full`. */
  synchronous?: 'off' | 'normal' | 'full' | 'extra' | undefined
  /** How integers come, unless a call says otherwise. Default: `number`. */
  integers?: 'number' | 'bigint' | undefined
}

/** The options with their defaults. */
export interface SqliteSettings {
  readonly path: string
  readonly readOnly: boolean
  readonly create: boolean
  readonly wal: boolean
  readonly readers: number
  readonly busyTimeoutMs: number
  readonly acquireTimeoutMs: number
  readonly foreignKeys: boolean
  readonly synchronous: string
  readonly integers: 'number' | 'bigint'
}

const KNOWN = new Set([
  'readOnly',
  'create',
  'wal',
  'readers',
  'busyTimeoutMs',
  'acquireTimeoutMs',
  'foreignKeys',
  'synchronous',
  'integers',
  'signal',
  'timeoutMs',
])

export function sqliteSettings(operation: string, path: string, options: SqliteOptions): SqliteSettings {
  const unknown = Object.keys(options).find((name) => !KNOWN.has(name))
  if (unknown !== undefined) throw refused(operation, `options.${unknown}`, 'an option of SQLite', unknown)
  const flag = (name: 'readOnly' | 'create' | 'wal' | 'foreignKeys', usual: boolean): boolean => {
    const value = options[name] ?? usual
    if (typeof value !== 'boolean') throw refused(operation, `options.${name}`, 'true or false', value)
    return value
  }
  const number = (name: 'readers' | 'busyTimeoutMs' | 'acquireTimeoutMs', usual: number, most: number): number => {
    const value = options[name] ?? usual
    if (typeof value === 'number' && value >= 0 && value <= most) return value
    throw refused(operation, `options.${name}`, `a number from 0 to ${String(most)}`, value)
  }
  const oneOf = <T extends string>(name: string, value: T, all: readonly T[]): T => {
    if (all.includes(value)) return value
    throw refused(operation, `options.${name}`, all.map((each) => `'${each}'`).join(', '), value)
  }
  const readers = Math.floor(number('readers', 4, 64))
  const [readOnly, wal] = [flag('readOnly', false), flag('wal', true)]
  return {
    path,
    readOnly,
    create: flag('create', true),
    wal,
    readers: wal && !readOnly && path !== ':memory:' ? readers : 0,
    busyTimeoutMs: number('busyTimeoutMs', 5000, 2 ** 31 - 1),
    acquireTimeoutMs: number('acquireTimeoutMs', 5000, 2 ** 31 - 1),
    foreignKeys: flag('foreignKeys', true),
    synchronous: oneOf('synchronous', options.synchronous ?? 'full', ['off', 'normal', 'full', 'extra']),
    integers: oneOf('integers', options.integers ?? 'number', ['number', 'bigint']),
  }
}
