import type { CallOptions } from '../boundary/index.js'
import type { ByteSource } from '../streams/index.js'
import type { HeadersInput } from './client-headers.js'
import type { MultipartInput } from './client-multipart.js'
import { refusal } from './error.js'

/** Time limits in milliseconds. `Infinity` is none. What passes is `ERR_TIMEOUT`, whose `details.phase` names the limit. */
export interface HttpTimeouts {
  /** Until a connection is made: name, address, proxy and TLS together. Default 10,000. */
  connectMs?: number | undefined
  /** From the end of the request to the head of the response. Default 60,000. */
  headersMs?: number | undefined
  /** Between two pieces of a body, either way. Default 60,000. */
  bodyMs?: number | undefined
  /** For the whole request, redirects, attempts and the reading of the body included. Default none. */
  totalMs?: number | undefined
}

/**
 * Further attempts. Only idempotent requests (GET, HEAD, PUT, DELETE, OPTIONS) whose body can be sent again are repeated, after a
 * failure to connect, a connection that broke, a time limit, or one of `statuses`.
 */
export interface HttpRetry {
  /** How many further attempts there may be. Default 0. */
  count?: number | undefined
  /** Milliseconds before the first; each further one doubles them. The real pause is 50 to 100 % of that, by lot. Default 100. */
  backoffMs?: number | undefined
  /** The longest pause. Default 10,000. */
  maxBackoffMs?: number | undefined
  /** Statuses that are asked again. Default 429, 502, 503, 504. */
  statuses?: readonly number[] | undefined
  /** Whether the server's `Retry-After` is the pause, up to `maxBackoffMs`. Default true. */
  retryAfter?: boolean | undefined
}

/** What a client and a single request may both say; the request's word counts. */
export interface HttpSettings {
  timeouts?: HttpTimeouts | undefined
  /** `follow` follows redirects, `manual` gives them as they are, `error` fails with `ERR_HTTP_REDIRECT`. Default `follow`. */
  redirect?: 'follow' | 'manual' | 'error' | undefined
  /** How many are followed; one more is `ERR_HTTP_TOO_MANY_REDIRECTS`. Default 20. */
  maxRedirects?: number | undefined
  /**
   * The most bytes, decompressed, of a body that is read as a whole; more is `ERR_HTTP_BODY_TOO_LARGE`. Streams have no limit.
   * Default 64 MiB, `Infinity` for none.
   */
  maxBodyBytes?: number | undefined
  /** Whether gzip, deflate, br and zstd are offered and undone. Default true. */
  decompress?: boolean | undefined
  /**
   * Milliseconds that a body beyond 16 KiB, or of unknown length, waits for the server to ask for it (`Expect: 100-continue`, over
   * HTTP/1.1). Then it is sent unasked: some servers know nothing of this. An answer that comes before is the response, and the
   * body is not sent; after 417 the request is sent again without waiting, if its body can be. Default: bodies do not wait.
   */
  expectContinueMs?: number | undefined
  retry?: HttpRetry | undefined
  /** Whether a status outside 200 to 299 is an error, `ERR_HTTP_STATUS`. Default false. */
  throwOnError?: boolean | undefined
}

/** One or several texts in PEM. */
export type Pem = string | Uint8Array | readonly (string | Uint8Array)[]

/** Whom the client believes, and who it says it is. */
export interface HttpTls {
  /** Roots to believe in place of the bundled ones, in PEM. Default: Mozilla's, bundled. */
  ca?: Pem | undefined
  /** Believes the system's roots (and those of `ca`) in place of the bundled ones. Default false. */
  systemRoots?: boolean | undefined
  /** The client's certificate chain, in PEM; with `key`. */
  cert?: Pem | undefined
  /** Its private key, in PEM. */
  key?: Pem | undefined
  /** `false` believes every certificate: INSECURE, anybody in between can read and change everything. Default true. */
  rejectUnauthorized?: boolean | undefined
  /** The oldest version of TLS that is spoken. Default `1.2`. */
  minVersion?: '1.2' | '1.3' | undefined
}

/** What a client is made with. */
export interface HttpClientOptions extends HttpSettings {
  /** Sent with every request; a request's own of the same name take their place. */
  headers?: HeadersInput | undefined
  /** What addresses of requests are relative to. */
  baseUrl?: string | URL | undefined
  /** The header `user-agent`; `''` sends none. Default `ferrule/<version>`. */
  userAgent?: string | undefined
  /**
   * A proxy, `http:`, `https:` or `socks5:`, with credentials if need be; `environment` reads `HTTP_PROXY`, `HTTPS_PROXY`,
   * `ALL_PROXY` and `NO_PROXY`. Default none.
   */
  proxy?: string | undefined
  /** Hosts (`example.com`: those below it, too; `host:port`) that are asked without the proxy. */
  noProxy?: readonly string[] | undefined
  /**
   * Whether cookies are kept and sent back: to the host that set them, and to those below their `Domain`. That may be no single
   * label, no address and none of the usual second levels of countries (`co.uk`); other names that many register below
   * (`github.io`) are not known to be such. Default false.
   */
  cookies?: boolean | undefined
  tls?: HttpTls | undefined
  /** `auto`: HTTP/2 where TLS agrees on it. `only`: nothing else, without TLS by prior knowledge. `never`. Default `auto`. */
  http2?: 'auto' | 'only' | 'never' | undefined
  /** The most connections to one origin, 1 and up; requests beyond wait in turn. Default 128. */
  connectionsPerOrigin?: number | undefined
  /** The most requests to one origin at a time, 1 and up; requests beyond wait in turn. Default 1,024. */
  inFlightPerOrigin?: number | undefined
  /** Milliseconds an idle connection is kept. Default 15,000. */
  idleTimeoutMs?: number | undefined
  /** The most bytes of a response's head, 1 to 16 MiB; more is `ERR_HTTP_HEADER_TOO_LARGE`. Default 1 MiB. */
  maxHeaderBytes?: number | undefined
  /** The most headers of a response, 1 to 4,096. Default 1,024. */
  maxHeaderCount?: number | undefined
}

/** Values of a query, by name; `null` and `undefined` leave a name out. */
export type QueryInput = Readonly<Record<string, QueryValue | readonly QueryValue[]>>
type QueryValue = string | number | boolean | null | undefined

/** What a request says for itself. At most one of `body`, `json`, `form` and `multipart`. */
export interface RequestOptions extends HttpSettings, CallOptions {
  /** Sent with it. Names are tokens, values visible Latin-1; anything else is `ERR_HTTP_INVALID_HEADER` before any I/O. */
  headers?: HeadersInput | undefined
  /** Added to the address's query. */
  query?: QueryInput | undefined
  /** Sent as it is. What comes in pieces is sent in pieces, no faster than the server takes them. */
  body?: ByteSource | undefined
  /** Sent as JSON. */
  json?: unknown
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: QueryInput | URLSearchParams | undefined
  /** Sent as `multipart/form-data`: fields, bytes, and files that are read natively while they are sent. */
  multipart?: MultipartInput | undefined
  /** Sent as the header `authorization`. */
  auth?: { readonly username: string; readonly password: string } | { readonly bearer: string } | undefined
  /** Allows a body on GET and HEAD. Default false. */
  bodyOnGet?: boolean | undefined
}

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
