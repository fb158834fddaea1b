import type { CallOptions } from '../boundary/index.js'
import type { RowOptions } from './database.js'
import { refused } from './error.js'
import type { RowForm } from './rows.js'

/** How a pool keeps its connections. Times are milliseconds, 0 is no limit where nothing else is said. */
export interface PostgresOptions {
  /** Connections at most, 1 to 10,000. Default 10. */
  readonly max?: number | undefined
  /** Connections that stay open however idle they are. Default 0; `connect` opens at least one. */
  readonly min?: number | undefined
  /** How long a connection beyond `min` may be idle. Default 30,000. */
  readonly idleTimeoutMs?: number | undefined
  /** How long a call waits for a connection before it fails with `ERR_SQL_POOL_TIMEOUT`. Default 30,000. */
  readonly acquireTimeoutMs?: number | undefined
  /** How old a connection may get before it is replaced, once idle. Default 1,800,000. */
  readonly maxLifetimeMs?: number | undefined
  /**
   * A connection that was idle for longer is asked whether the server still answers before it is used; null: never.
   * Default 30,000; 0: always.
   */
  readonly healthCheckMs?: number | null | undefined
  /** How long opening one may take: name, socket, TLS and greeting together; more than 0. Default 10,000. */
  readonly connectTimeoutMs?: number | undefined
  /** Prepared statements that each connection keeps, 0 to 65,536. Default 256. */
  readonly statementCache?: number | undefined
  /** What the server's statistics call this client. Default `ferrule`, or what the URL says. */
  readonly applicationName?: string | undefined
  /** Certificates to trust for `sslmode=verify-ca` and `verify-full`, as PEM, in place of the built-in ones. */
  readonly ca?: string | undefined
  /** The certificate that the client shows, with the chain to its root, as PEM; with `key`. */
  readonly cert?: string | undefined
  /** Its private key, as PEM. */
  readonly key?: string | undefined
}

/** How a transaction is kept apart from others, and when it ends. */
export interface PostgresTransactionOptions extends CallOptions {
  /** Default: what the server is set to, usually `'read committed'`. */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable' | undefined
  /** Nothing can be changed in it. Default false. */
  readonly readOnly?: boolean | undefined
  /** A serializable, read-only one waits until it can run without ever failing. Default false. */
  readonly deferrable?: boolean | undefined
}

const FORMS = new Set<unknown>(['object', 'array', undefined])
const INTEGERS = new Set<unknown>(['number', 'bigint', undefined])

/** The form of rows and whether integers are bigints. */
export function rowOptions(operation: string, options: RowOptions | undefined): { form: RowForm; bigints: boolean } {
  if (options === undefined) return DEFAULT
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refused(operation, 'options', 'an object', options)
  }
  if (!FORMS.has(options.rows)) throw refused(operation, 'options.rows', '"object" or "array"', options.rows)
  if (!INTEGERS.has(options.integers)) {
    throw refused(operation, 'options.integers', '"number" or "bigint"', options.integers)
  }
  return { form: options.rows ?? 'object', bigints: options.integers === 'bigint' }
}

const DEFAULT = { form: 'object', bigints: false } as const

/** The options as the engine reads them. */
export function optionsText(operation: string, options: PostgresOptions | undefined): string {
  if (options === undefined) return '{}'
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refused(operation, 'options', 'an object', options)
  }
  const known: Record<string, unknown> = {}
  for (const [name, kind] of OPTIONS) {
    const value: unknown = options[name]
    if (value === undefined) continue
    if (name === 'healthCheckMs' && value === null) known[name] = null
    else if (typeof value !== kind || Number.isNaN(value))
      throw refused(operation, `options.${name}`, `a ${kind}`, value)
    // JSON has no infinity; no limit is 0, too.
    else known[name] = value === Infinity ? 0 : value
  }
  return JSON.stringify(known)
}

const OPTIONS = [
  ['max', 'number'],
  ['min', 'number'],
  ['idleTimeoutMs', 'number'],
  ['acquireTimeoutMs', 'number'],
  ['maxLifetimeMs', 'number'],
  ['healthCheckMs', 'number'],
  ['connectTimeoutMs', 'number'],
  ['statementCache', 'number'],
  ['applicationName', 'string'],
  ['ca', 'string'],
  ['cert', 'string'],
  ['key', 'string'],
] as const satisfies readonly (readonly [keyof PostgresOptions, 'number' | 'string'])[]
