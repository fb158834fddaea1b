import { boundary } from '../addon.js'
import { checkedTimeout, NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { inParts, outgoing, OutgoingBody, query, type Outgoing } from './client-body.js'
import type { HeadersInput } from './client-headers.js'
import { clientConfig, requestSettings, type HttpClientOptions, type RequestOptions } from './client-options.js'
import { HttpResponse, type FileOptions } from './client-response.js'
import { refusal, withCause, HttpError } from './error.js'
import { native, type Handle } from './native.js'

/** What a request of a Sync door says: as {@link RequestOptions}, but its body is there as a whole. */
export interface SyncRequestOptions extends Omit<RequestOptions, 'signal' | 'timeoutMs'>, SyncCallOptions {}

/** What a download came to. */
export interface Download {
  /** How many bytes the file has. */
  readonly bytes: number
  /** The response; its body is read. */
  readonly response: HttpResponse
}

type Crossing = [block: Bytes, body: Handle | null]

/** A request as the native half takes it. */
interface Prepared {
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly settings: string | null
  readonly outgoing: Outgoing | null
  readonly throwOnError: boolean
}

const noHeaders: readonly string[] = []

/**
 * An HTTP client: its requests share settings, connections and, if asked for, cookies.
 *
 * Requests run on the environment's lane. Everything that can be refused is refused before any I/O. A status outside 200 to 299 is
 * no error unless `throwOnError` says so. Aborting a call closes its connection, or resets its stream of HTTP/2. Disposing the
 * client lets calls in flight finish, and closes the rest.
 *
 * Errors of every request: `ERR_HTTP_INVALID_URL`, `ERR_HTTP_INVALID_HEADER`, `ERR_HTTP_INVALID_REQUEST`, `ERR_HTTP_DNS`,
 * `ERR_HTTP_CONNECT`, `ERR_HTTP_TLS`, `ERR_HTTP_PROXY`, `ERR_HTTP_CONNECTION_CLOSED`, `ERR_HTTP_MALFORMED_RESPONSE`,
 * `ERR_HTTP_HEADER_TOO_LARGE`, `ERR_HTTP_BODY_TOO_LARGE`, `ERR_HTTP_REDIRECT`, `ERR_HTTP_TOO_MANY_REDIRECTS`,
 * `ERR_HTTP_DECOMPRESSION`, `ERR_HTTP_REQUEST_BODY`, `ERR_HTTP_FILE`, `ERR_TIMEOUT` (with `details.phase`), and with
 * `throwOnError` `ERR_HTTP_STATUS`. An aborted call rejects with the signal's own reason.
 *
 * @example
 * using client = new HttpClient({ baseUrl: 'https://api.example.com', timeouts: { totalMs: 5000 } })
 * const user = await (await client.get('/users/1')).json()
 */
export class HttpClient extends NativeObject {
  readonly #throwOnError: boolean
  readonly #prefix: string

  /**
   * @param options defaults of its requests; nothing is connected yet.
   * @throws HttpError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`, or `ERR_HTTP_INVALID_REQUEST` for a proxy or PEM that cannot be
   * used.
   */
  constructor(options: HttpClientOptions = {}) {
    const config = clientConfig('http.HttpClient', options, flatHeaders('http.HttpClient', options.headers))
    boundary.asks('http.HttpClient')
    super(boundary, native.clientNew(config))
    this.#throwOnError = options.throwOnError ?? false
    this.#prefix = 'http.HttpClient.'
  }

  /** Sends a GET request. */
  get(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('get', 'GET', url, options)
  }

  /** Sends a HEAD request: the response has no body. */
  head(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('head', 'HEAD', url, options)
  }

  /** Sends a POST request. */
  post(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('post', 'POST', url, options)
  }

  /** Sends a PUT request. */
  put(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('put', 'PUT', url, options)
  }

  /** Sends a PATCH request. */
  patch(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('patch', 'PATCH', url, options)
  }

  /** Sends a DELETE request. */
  delete(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('delete', 'DELETE', url, options)
  }

  /** Sends an OPTIONS request. */
  options(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('options', 'OPTIONS', url, options)
  }

  /** Sends a request of any method: a token, but not `CONNECT` and `TRACE`. */
  request(method: string, url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('request', method, url, options)
  }

  /** The JSON that GET gives. A status outside 200 to 299 is `ERR_HTTP_STATUS`, unless `throwOnError` is false. */
  async getJson(url: string | URL, options?: RequestOptions): Promise<unknown> {
    return (await this.#send('getJson', 'GET', url, { throwOnError: true, ...options }, true)).json()
  }

  /** The JSON that POST gives for a value sent as JSON; see {@link getJson}. */
  async postJson(url: string | URL, value: unknown, options?: RequestOptions): Promise<unknown> {
    const all = { throwOnError: true, ...options, json: value }
    return (await this.#send('postJson', 'POST', url, all, true)).json()
  }

  /**
   * GETs into a file: all of it or nothing, see {@link HttpResponse.save}. The file's name is the caller's alone. A status outside
   * 200 to 299 is `ERR_HTTP_STATUS`, and no file is made.
   *
   * @param path where to; in a folder that is there.
   */
  async download(url: string | URL, path: string, options?: RequestOptions & FileOptions): Promise<Download> {
    const response = await this.#send('download', 'GET', url, { ...options, throwOnError: true })
    const { signal, onProgress, overwrite, mode, sync } = options ?? {}
    const bytes = await response.save(path, { signal, onProgress, overwrite, mode, sync })
    return { bytes, response }
  }

  /**
   * POSTs a file as `multipart/form-data`; it is read natively while it is sent.
   *
   * @param field what the field is called. Default `file`.
   */
  upload(url: string | URL, path: string, field = 'file', options?: RequestOptions): Promise<HttpResponse> {
    return this.#send('upload', 'POST', url, { ...options, multipart: { [field]: { path } } })
  }

  /**
   * Sends a request and waits for all of the response on this thread, up to `maxBodyBytes`. Right in scripts and at start-up.
   *
   * @param options as for {@link request}; `body` as a string or bytes, `multipart` without blobs.
   */
  requestSync(method: string, url: string | URL, options?: SyncRequestOptions): HttpResponse {
    return this.#sendSync('requestSync', method, url, options)
  }

  /** {@link requestSync} of GET. */
  getSync(url: string | URL, options?: SyncRequestOptions): HttpResponse {
    return this.#sendSync('getSync', 'GET', url, options)
  }

  #send(
    verb: string,
    method: string,
    url: string | URL,
    options: RequestOptions | undefined,
    whole = false,
  ): Promise<HttpResponse> {
    const operation = this.#prefix + verb
    let prepared: Prepared
    try {
      prepared = this.#prepare(operation, method, url, options)
    } catch (error) {
      // An error of ours, or what a getter of the caller threw.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject(error)
    }
    const { outgoing: sent } = prepared
    if (sent?.parts != null) return this.#sendParts(operation, prepared, sent.parts, options, whole)
    const bytes = sent === null ? null : sent.bytes
    return boundary
      .call<Crossing>(operation, callOptions(options), (call) => {
        const { headers, settings } = prepared
        native.httpClientRequest(call, this.handle, method, prepared.url, headers, bytes, whole, settings)
      })
      .then(([block, body]) => this.#answer(operation, prepared, block, body, options))
  }

  async #sendParts(
    operation: string,
    prepared: Prepared,
    parts: NonNullable<Outgoing['parts']>,
    options: RequestOptions | undefined,
    whole: boolean,
  ): Promise<HttpResponse> {
    options?.signal?.throwIfAborted()
    const { body: sent, start } = await inParts(operation, parts)
    try {
      const answered = boundary.call<Crossing>(operation, callOptions(options), (call) => {
        const { method, url, headers, settings } = prepared
        native.httpClientUpload(call, this.handle, method, url, headers, sent.number, whole, settings)
      })
      start()
      const [block, body] = await answered
      return this.#answer(operation, prepared, block, body, options)
    } catch (error) {
      if (sent.failure !== undefined && error instanceof HttpError && error.code === 'ERR_HTTP_REQUEST_BODY') {
        throw withCause(error, sent.failure.reason)
      }
      throw error
    } finally {
      sent.dispose()
    }
  }

  #sendSync(verb: string, method: string, url: string | URL, options: SyncRequestOptions | undefined): HttpResponse {
    const operation = this.#prefix + verb
    const prepared = this.#prepare(operation, method, url, options)
    const timeoutMs = checkedTimeout(operation, options?.timeoutMs)
    const { headers, settings, outgoing: sent, url: address } = prepared
    let crossing: Crossing
    if (sent?.parts != null) {
      const { body, start } = partsNow(operation, sent.parts)
      try {
        start()
        boundary.asks(operation)
        crossing = native.httpClientUploadSync(
          timeoutMs,
          this.handle,
          method,
          address,
          headers,
          body.number,
          true,
          settings,
        ) as Crossing
      } finally {
        body.dispose()
      }
    } else {
      const bytes = sent === null ? null : sent.bytes
      boundary.asks(operation)
      crossing = native.httpClientRequestSync(
        timeoutMs,
        this.handle,
        method,
        address,
        headers,
        bytes,
        true,
        settings,
      ) as Crossing
    }
    return this.#answer(operation, prepared, crossing[0], crossing[1], undefined)
  }

  #prepare(operation: string, method: string, url: string | URL, options: RequestOptions | undefined): Prepared {
    if (typeof method !== 'string') throw refusal(operation, 'method', 'a string', method)
    let address = typeof url === 'string' ? url : addressOf(operation, url)
    if (options === undefined) {
      return {
        method,
        url: address,
        headers: noHeaders,
        settings: null,
        outgoing: null,
        throwOnError: this.#throwOnError,
      }
    }
    const settings = requestSettings(operation, options)
    const sent = outgoing(operation, options)
    const headers = flatHeaders(operation, options.headers)
    if (options.query !== undefined) {
      const added = query(operation, 'options.query', options.query).toString()
      const [before = '', fragment] = address.split('#', 2)
      if (added !== '')
        address = `${before}${before.includes('?') ? '&' : '?'}${added}${fragment === undefined ? '' : `#${fragment}`}`
    }
    const has = (name: string): boolean => headers.some((own, at) => at % 2 === 0 && own.toLowerCase() === name)
    if (sent.contentType !== null && !has('content-type')) headers.push('content-type', sent.contentType)
    if (sent.length !== null && !has('content-length')) headers.push('content-length', String(sent.length))
    if (options.auth !== undefined && !has('authorization'))
      headers.push('authorization', authorization(operation, options.auth))
    const throwOnError = options.throwOnError ?? this.#throwOnError
    return { method, url: address, headers, settings, outgoing: sent, throwOnError }
  }

  #answer(
    operation: string,
    { method, throwOnError }: Prepared,
    block: Bytes,
    body: Handle | null,
    options: RequestOptions | undefined,
  ): HttpResponse {
    const response = new HttpResponse(operation, method, block, body, options?.signal)
    return throwOnError ? response.ensureOk() : response
  }
}

/** Only the boundary's own: it refuses what it does not know. */
function callOptions(options: RequestOptions | undefined): CallOptions | undefined {
  if (options === undefined || (options.signal === undefined && options.timeoutMs === undefined)) return undefined
  return { signal: options.signal, timeoutMs: options.timeoutMs }
}

function addressOf(operation: string, url: unknown): string {
  if (url instanceof URL) return url.href
  throw refusal(operation, 'url', 'a string or a URL', url)
}

function authorization(operation: string, auth: NonNullable<RequestOptions['auth']>): string {
  if ('bearer' in auth) return `Bearer ${auth.bearer}`
  const { username, password } = auth
  if (typeof username !== 'string' || typeof password !== 'string' || username.includes(':')) {
    throw refusal(operation, 'options.auth', '{ username, password } without a colon in the name, or { bearer }', auth)
  }
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function partsNow(operation: string, parts: NonNullable<Outgoing['parts']>): { body: OutgoingBody; start: () => void } {
  const body = new OutgoingBody(operation, false)
  for (const part of parts) {
    if (part instanceof Blob || Symbol.asyncIterator in part) {
      body.dispose()
      throw refusal(operation, 'options.body', 'a string, bytes or files: a Sync door cannot wait for a stream', part)
    }
    body.add(part)
  }
  return { body, start: () => undefined }
}

/** Names and values in turn. */
export function flatHeaders(operation: string, input: HeadersInput | undefined): string[] {
  if (input === undefined) return []
  const flat: string[] = []
  const add = (name: unknown, value: unknown): void => {
    if (typeof name !== 'string') throw refusal(operation, 'options.headers', 'names that are strings', name)
    if (typeof value !== 'string') throw refusal(operation, `options.headers.${name}`, 'a string', value)
    flat.push(name, value)
  }
  if (typeof input !== 'object' || (input as unknown) === null) {
    throw refusal(operation, 'options.headers', 'an object, or pairs of names and values', input)
  }
  if (Symbol.iterator in input) {
    for (const pair of input as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw refusal(operation, 'options.headers', 'pairs of a name and a value', pair)
      }
      add(pair[0], pair[1])
    }
    return flat
  }
  for (const [name, value] of Object.entries(input)) {
    if ((value as unknown) === undefined) continue
    if (Array.isArray(value)) for (const one of value as readonly unknown[]) add(name, one)
    else add(name, value)
  }
  return flat
}
