// Options of a client and its requests, checked, as crates/http/src/client/config.rs reads them.
import type { HttpClientOptions, HttpSettings, HttpTls, Pem, RequestOptions } from './client-options.js'
import { refusal } from './error.js'

type Kind = 'boolean' | 'text' | 'milliseconds' | 'count' | 'list' | 'object' | 'any' | readonly string[]

const SETTINGS: Readonly<Record<string, Kind>> = {
  timeouts: 'object',
  redirect: ['follow', 'manual', 'error'],
  maxRedirects: 'count',
  maxBodyBytes: 'milliseconds',
  decompress: 'boolean',
  expectContinueMs: 'milliseconds',
  retry: 'object',
  throwOnError: 'boolean',
}

const REQUEST: Readonly<Record<string, Kind>> = {
  ...SETTINGS,
  headers: 'any',
  query: 'object',
  body: 'any',
  json: 'any',
  form: 'object',
  multipart: 'any',
  auth: 'object',
  bodyOnGet: 'boolean',
  // The boundary's own, which it checks itself.
  signal: 'any',
  timeoutMs: 'any',
  // Of downloads.
  onProgress: 'any',
  overwrite: 'any',
  mode: 'any',
  sync: 'any',
}

const CLIENT: Readonly<Record<string, Kind>> = {
  ...SETTINGS,
  headers: 'any',
  baseUrl: 'any',
  userAgent: 'text',
  proxy: 'text',
  noProxy: 'list',
  cookies: 'boolean',
  tls: 'object',
  http2: ['auto', 'only', 'never'],
  connectionsPerOrigin: 'count',
  inFlightPerOrigin: 'count',
  idleTimeoutMs: 'milliseconds',
  maxHeaderBytes: 'count',
  maxHeaderCount: 'count',
}

const TIMEOUTS: Readonly<Record<string, Kind>> = {
  connectMs: 'milliseconds',
  headersMs: 'milliseconds',
  bodyMs: 'milliseconds',
  totalMs: 'milliseconds',
}

const RETRY: Readonly<Record<string, Kind>> = {
  count: 'count',
  backoffMs: 'milliseconds',
  maxBackoffMs: 'milliseconds',
  statuses: 'list',
  retryAfter: 'boolean',
}

const TLS: Readonly<Record<string, Kind>> = {
  ca: 'any',
  systemRoots: 'boolean',
  cert: 'any',
  key: 'any',
  rejectUnauthorized: 'boolean',
  minVersion: ['1.2', '1.3'],
}

function expectedOf(kind: Kind, value: unknown): string | undefined {
  switch (kind) {
    case 'any':
      return undefined
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'a boolean'
    case 'text':
      return typeof value === 'string' ? undefined : 'a string'
    case 'milliseconds':
      return typeof value === 'number' && value > 0 ? undefined : 'a number above 0, Infinity for no limit'
    case 'count':
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32
        ? undefined
        : 'a whole number from 0'
    case 'list':
      return Array.isArray(value) ? undefined : 'an array'
    case 'object':
      return typeof value === 'object' && value !== null ? undefined : 'an object'
    default:
      return kind.includes(value as string) ? undefined : `one of ${kind.map((word) => `"${word}"`).join(' ')}`
  }
}

/** Refuses options that are none: one that is misspelt would be no limit. */
function check(operation: string, prefix: string, options: object, table: Readonly<Record<string, Kind>>): void {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refusal(operation, prefix, 'an object', options)
  }
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const kind = table[name]
    if (kind === undefined) {
      throw refusal(operation, `${prefix}.${name}`, `one of the options ${Object.keys(table).join(', ')}`, value)
    }
    if (value === undefined) continue
    const expected = expectedOf(kind, value)
    if (expected !== undefined) throw refusal(operation, `${prefix}.${name}`, expected, value)
  }
}

/** As crates/http/src/client/config.rs reads it: 0 is no limit. */
const limit = (value: number | undefined): number | undefined => (value === Infinity ? 0 : value)

/** Whole, and no longer than a timer takes. */
const wait = (milliseconds: number): number => Math.ceil(Math.min(milliseconds, 2 ** 40))

function settings(operation: string, options: HttpSettings): Record<string, unknown> {
  const { timeouts, retry, expectContinueMs } = options
  if (timeouts !== undefined) check(operation, 'options.timeouts', timeouts, TIMEOUTS)
  if (retry !== undefined) check(operation, 'options.retry', retry, RETRY)
  return {
    connectMs: limit(timeouts?.connectMs),
    headersMs: limit(timeouts?.headersMs),
    bodyMs: limit(timeouts?.bodyMs),
    totalMs: limit(timeouts?.totalMs),
    redirect: options.redirect,
    maxRedirects: options.maxRedirects,
    maxBodyBytes: limit(options.maxBodyBytes),
    decompress: options.decompress,
    expectContinueMs: expectContinueMs === undefined ? undefined : wait(expectContinueMs),
    retry: retry && {
      count: retry.count ?? 0,
      backoffMs: Math.ceil(retry.backoffMs ?? 100),
      maxBackoffMs: wait(retry.maxBackoffMs ?? 10_000),
      statuses: retry.statuses ?? [429, 502, 503, 504],
      retryAfter: retry.retryAfter ?? true,
    },
  }
}

/** What of a request's options goes to the native half as JSON; null when none does. */
export function requestSettings(operation: string, options: RequestOptions): string | null {
  check(operation, 'options', options, REQUEST)
  const own = { ...settings(operation, options), bodyOnGet: options.bodyOnGet }
  return Object.values(own).some((value) => value !== undefined) ? JSON.stringify(own) : null
}

/** Whom a client believes, and who it says it is, as crates/http/src/client/config.rs reads it. */
export function tlsConfig(operation: string, tls: HttpTls | undefined): Record<string, unknown> | undefined {
  if (tls === undefined) return undefined
  check(operation, 'options.tls', tls, TLS)
  return {
    ca: pem(operation, 'ca', tls.ca),
    systemRoots: tls.systemRoots ?? false,
    cert: pem(operation, 'cert', tls.cert),
    key: pem(operation, 'key', tls.key),
    insecure: tls.rejectUnauthorized === false,
    minVersion: tls.minVersion,
  }
}

/** A client's configuration as JSON. */
export function clientConfig(operation: string, options: HttpClientOptions, headers: readonly string[]): string {
  check(operation, 'options', options, CLIENT)
  const { baseUrl, tls, idleTimeoutMs } = options
  if (baseUrl !== undefined && typeof baseUrl !== 'string' && !(baseUrl instanceof URL)) {
    throw refusal(operation, 'options.baseUrl', 'a string or a URL', baseUrl)
  }
  const pairs: [string, string][] = []
  for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at] as string, headers[at + 1] as string])
  return JSON.stringify({
    ...settings(operation, options),
    headers: pairs,
    baseUrl: baseUrl === undefined ? undefined : String(baseUrl),
    userAgent: options.userAgent,
    ...proxies(options),
    cookies: options.cookies,
    tls: tlsConfig(operation, tls),
    http2: options.http2,
    connectionsPerOrigin: atLeastOne(operation, 'connectionsPerOrigin', options.connectionsPerOrigin),
    inFlightPerOrigin: atLeastOne(operation, 'inFlightPerOrigin', options.inFlightPerOrigin),
    idleTimeoutMs: idleTimeoutMs === undefined ? undefined : Math.ceil(Math.min(idleTimeoutMs, 2 ** 31)),
    maxHeaderBytes: upTo(operation, 'maxHeaderBytes', options.maxHeaderBytes, 16 * 1024 * 1024),
    maxHeaderCount: upTo(operation, 'maxHeaderCount', options.maxHeaderCount, 4096),
  })
}

const atLeastOne = (operation: string, name: string, value: number | undefined): number | undefined =>
  upTo(operation, name, value, 2 ** 32 - 1)

function upTo(operation: string, name: string, value: number | undefined, most: number): number | undefined {
  if (value === undefined || (value >= 1 && value <= most)) return value
  throw refusal(operation, `options.${name}`, `a whole number from 1 to ${most}`, value)
}

function pem(operation: string, name: string, value: Pem | undefined): string | undefined {
  if (value === undefined) return undefined
  const texts = (Array.isArray(value) ? value : [value]) as readonly unknown[]
  return texts
    .map((text) => {
      if (typeof text === 'string') return text
      if (text instanceof Uint8Array) return Buffer.from(text).toString('latin1')
      throw refusal(operation, `options.tls.${name}`, 'a string or a Uint8Array of PEM, or an array of those', text)
    })
    .join('\n')
}

function proxies({ proxy, noProxy }: HttpClientOptions): Record<string, unknown> {
  if (proxy !== 'environment') return { proxy, noProxy }
  const environment = (name: string): string | undefined => process.env[name.toLowerCase()] ?? process.env[name]
  const all = environment('ALL_PROXY')
  // Of a CGI program HTTP_PROXY is the request's header `proxy`.
  const http = process.env['REQUEST_METHOD'] === undefined ? environment('HTTP_PROXY') : process.env['http_proxy']
  return {
    proxyForHttp: http ?? all,
    proxyForHttps: environment('HTTPS_PROXY') ?? all,
    noProxy: [...(noProxy ?? []), ...(environment('NO_PROXY')?.split(',') ?? [])],
  }
}
