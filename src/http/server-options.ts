import { refusal } from './server-error.js'

/** What a server accepts, in bytes and numbers. */
export interface ServerLimits {
  /** Bytes of a request's body; beyond: 413. Default: 10 MiB. */
  readonly maxBodyBytes?: number
  /** Bytes of a request's head; beyond: 431. Default: 64 KiB, at least 8 KiB. */
  readonly maxHeaderBytes?: number
  /** Headers of a request; beyond: 431. Default: 100. */
  readonly maxHeaders?: number
  /** Bytes of path and query; beyond: 414. Default: 8 KiB. */
  readonly maxUrlBytes?: number
  /** Connections open at once; further ones wait in the system's queue. Default: 10,000. */
  readonly maxConnections?: number
  /** Requests at work at once on one HTTP/2 connection; over HTTP/1.1 it is one. Default: 100. */
  readonly maxStreamsPerConnection?: number
}

/** How long a server waits, in milliseconds, to about 200 ms. */
export interface ServerTimeouts {
  /** For a whole head, from the connection's start or the head's first byte; then 408. For the TLS handshake too. Default: 10,000. */
  readonly headersMs?: number
  /** For the next piece of a body; then 408. Default: 30,000. */
  readonly bodyIdleMs?: number
  /** For a next request on a connection; then it is closed. Default: 60,000. */
  readonly keepAliveMs?: number
  /** For a client to take something of what is sent; then the connection is closed. Default: 30,000. */
  readonly writeIdleMs?: number
}

/** Certificates, as PEM. */
export interface ServerTls {
  /** The server's certificate and those between it and its root. */
  readonly cert: string
  /** Its private key. */
  readonly key: string
  /** Who may sign the certificates of clients. Without it clients need none. */
  readonly ca?: string
  /** Whether a client without a certificate is turned away, when there is a `ca`. Default: true. */
  readonly requireClientCert?: boolean
}

/** How a server is made. */
export interface HttpServerOptions {
  /** The address or name to listen at. Default: `127.0.0.1`; `0.0.0.0` or `::` for every network. */
  readonly host?: string
  /** 0 (default) for one that is free. */
  readonly port?: number
  /** Speaks TLS when it is there. */
  readonly tls?: ServerTls
  /** Whether HTTP/2 is spoken: by ALPN over TLS, with prior knowledge without. Default: true. */
  readonly http2?: boolean
  readonly limits?: ServerLimits
  readonly timeouts?: ServerTimeouts
}

/** How a folder is served. */
export interface StaticOptions {
  /** The file that stands for a folder; null for none. Default: `index.html`. */
  readonly index?: string | null
  /** Whether names that begin with a dot are served. Default: false. */
  readonly dotfiles?: boolean
  /** Seconds a client may use a file without asking again. Default: it asks. */
  readonly maxAgeSeconds?: number
  /** Whether a file never changes while that time lasts. Default: false. */
  readonly immutable?: boolean
}

const LIMITS = {
  maxBodyBytes: [10 * 1024 * 1024, 0],
  maxHeaderBytes: [64 * 1024, 8192],
  maxHeaders: [100, 1],
  maxUrlBytes: [8192, 1],
  maxConnections: [10_000, 1],
  maxStreamsPerConnection: [100, 1],
} as const

const TIMEOUTS = {
  headersMs: [10_000, 1],
  bodyIdleMs: [30_000, 1],
  keepAliveMs: [60_000, 1],
  writeIdleMs: [30_000, 1],
} as const

/** The settings as the native half reads them. */
export function checkedOptions(operation: string, options: HttpServerOptions): Record<string, unknown> {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refusal(operation, 'options', 'an object', options)
  }
  const { host = '127.0.0.1', port = 0, http2 = true, tls, limits = {}, timeouts = {} } = options
  if (typeof host !== 'string' || host === '') throw refusal(operation, 'options.host', 'an address or name', host)
  if (!isWhole(port, 0) || port > 65_535) {
    throw refusal(operation, 'options.port', 'a number from 0 to 65535', port)
  }
  if (typeof http2 !== 'boolean') throw refusal(operation, 'options.http2', 'a boolean', http2)
  return {
    host,
    port,
    http2,
    limits: numbers(operation, 'limits', limits, LIMITS),
    timeouts: numbers(operation, 'timeouts', timeouts, TIMEOUTS),
    ...(tls === undefined ? {} : { tls: checkedTls(operation, tls) }),
  }
}

function checkedTls(operation: string, tls: ServerTls): ServerTls {
  if (typeof tls !== 'object' || (tls as unknown) === null) {
    throw refusal(operation, 'options.tls', 'an object with cert and key', tls)
  }
  const { cert, key, ca, requireClientCert = true } = tls
  for (const [name, value] of Object.entries({ cert, key, ...(ca === undefined ? {} : { ca }) })) {
    if (typeof value !== 'string') throw refusal(operation, `options.tls.${name}`, 'a text of PEM', value)
  }
  if (typeof requireClientCert !== 'boolean') {
    throw refusal(operation, 'options.tls.requireClientCert', 'a boolean', requireClientCert)
  }
  return { cert, key, requireClientCert, ...(ca === undefined ? {} : { ca }) }
}

/** Whole numbers by name, with their defaults and least values. */
function numbers(
  operation: string,
  group: string,
  given: object,
  known: Readonly<Record<string, readonly [standard: number, least: number]>>,
): Record<string, number> {
  if (typeof given !== 'object' || (given as unknown) === null) {
    throw refusal(operation, `options.${group}`, 'an object', given)
  }
  for (const [name, value] of Object.entries(given)) {
    const bounds = known[name]
    const place = `options.${group}.${name}`
    if (bounds === undefined) throw refusal(operation, place, `one of ${Object.keys(known).join(', ')}`, value)
    if (value !== undefined && !isWhole(value, bounds[1])) {
      throw refusal(operation, place, `a whole number from ${bounds[1]}`, value)
    }
  }
  const all = given as Record<string, number | undefined>
  return Object.fromEntries(Object.entries(known).map(([name, [standard]]) => [name, all[name] ?? standard]))
}

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least

/** A folder's settings as the native half reads them. */
export function checkedStatic(
  operation: string,
  prefix: string,
  folder: string,
  options: StaticOptions,
): Record<string, unknown> {
  if (typeof prefix !== 'string' || !prefix.startsWith('/') || /[?#\s]/.test(prefix)) {
    throw refusal(operation, 'prefix', 'a path that begins with /', prefix)
  }
  if (typeof folder !== 'string' || folder === '' || folder.includes('\0')) {
    throw refusal(operation, 'folder', 'the path of a folder', folder)
  }
  const { index = 'index.html', dotfiles = false, maxAgeSeconds, immutable = false } = options
  if (index !== null && (typeof index !== 'string' || !/^[^/\\\0]+$/.test(index))) {
    throw refusal(operation, 'options.index', 'the name of a file, or null', index)
  }
  for (const [name, value] of Object.entries({ dotfiles, immutable })) {
    if (typeof value !== 'boolean') throw refusal(operation, `options.${name}`, 'a boolean', value)
  }
  if (maxAgeSeconds !== undefined && !isWhole(maxAgeSeconds, 0)) {
    throw refusal(operation, 'options.maxAgeSeconds', 'a whole number from 0', maxAgeSeconds)
  }
  return {
    prefix: prefix.replace(/\/+$/, ''),
    folder,
    index,
    dotfiles,
    immutable,
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  }
}
