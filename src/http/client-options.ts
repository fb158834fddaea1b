import type { CallOptions } from '../boundary/index.js'
import type { ByteSource } from '../streams/index.js'
import type { HeadersInput } from './client-headers.js'
import type { MultipartInput } from './client-multipart.js'

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
