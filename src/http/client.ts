import { boundary } from '../addon.js'
import { checkedTimeout, NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { inParts, partsNow, type Outgoing } from './client-body.js'
import { flatHeaders } from './client-headers.js'
import type { HttpClientOptions, RequestOptions } from './client-options.js'
import { prepare, type Prepared } from './client-request.js'
import type { FileOptions } from './client-response-body.js'
import { HttpResponse } from './client-response.js'
import { clientConfig } from './client-settings.js'
import { withCause, HttpError } from './error.js'
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
      prepared = prepare(operation, method, url, options, this.#throwOnError)
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
      const pumped = start()
      const [block, body] = await answered
      const response = this.#answer(operation, prepared, block, body, options)
      // Who grants a request may take the rest of it while it answers.
      if (response.status < 300) void pumped.then(() => sent.dispose())
      else sent.dispose()
      return response
    } catch (error) {
      sent.dispose()
      if (sent.failure !== undefined && error instanceof HttpError && error.code === 'ERR_HTTP_REQUEST_BODY') {
        throw withCause(error, sent.failure.reason)
      }
      throw error
    }
  }

  #sendSync(verb: string, method: string, url: string | URL, options: SyncRequestOptions | undefined): HttpResponse {
    const operation = this.#prefix + verb
    const prepared = prepare(operation, method, url, options, this.#throwOnError)
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
