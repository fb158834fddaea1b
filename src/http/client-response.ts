import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { ByteStream, type Bytes } from '../streams/index.js'
import { NativeBody, type FileOptions } from './client-response-body.js'
import { HttpError } from './error.js'
import { HttpHeaders } from './headers.js'
import { native, type Handle } from './native.js'
import { isSuccess, statusText } from './status.js'

/** What stands behind a body in the block that a response comes in; `block` in crates/http/src/client/response.rs. */
const FIXED = 8

interface Slices {
  latin1Slice(this: Uint8Array, start: number, end: number): string
  utf8Slice(this: Uint8Array, start: number, end: number): string
}
// Several times as fast as a TextDecoder for what is short, and not in the types. They are called with their bytes as `this`.
// eslint-disable-next-line @typescript-eslint/unbound-method
const { latin1Slice, utf8Slice } = Buffer.prototype as unknown as Slices

/**
 * What a server answered, with the names of the Web's `Response` where it has them. A short body that was there already came
 * along; any other comes from the server while it is read, once, as a whole or as a stream.
 *
 * A response whose body is not read holds its connection until it is disposed, or collected.
 */
export class HttpResponse {
  /** The status code, 200 to 599 and whatever else of three digits a server invents. */
  readonly status: number
  readonly #operation: string
  readonly #method: string
  readonly #block: Bytes
  /** Where the body ends in the block. */
  readonly #end: number
  readonly #native: NativeBody | null
  readonly #signal: AbortSignal | undefined
  #lines: string[] | undefined
  #headers: HttpHeaders | undefined
  #stream: ByteStream | undefined
  #used = false
  #forget: (() => void) | undefined

  /** @internal */
  constructor(operation: string, method: string, block: Bytes, body: Handle | null, signal: AbortSignal | undefined) {
    const { length } = block
    this.#operation = operation
    this.#method = method
    this.#block = block
    const told = at32(block, length - FIXED)
    this.#end = length - FIXED - told
    this.status = (block[length - 4] as number) | ((block[length - 3] as number) << 8)
    this.#native = body === null ? null : new NativeBody(body)
    this.#signal = this.#native === null ? undefined : signal
    if (this.#native !== null && signal !== undefined) this.#watch(signal, this.#native)
  }

  /** A signal that fires while nobody reads ends the body, too. */
  #watch(signal: AbortSignal, body: NativeBody): void {
    const end = (): void => body.dispose()
    signal.addEventListener('abort', end, { once: true })
    this.#forget = () => signal.removeEventListener('abort', end)
  }

  #told(): string[] {
    const { length } = this.#block
    return (this.#lines ??= latin1Slice.call(this.#block, this.#end, length - FIXED).split('\n'))
  }

  /** The server's words for the status; the usual ones over HTTP/2, which has none. */
  get statusText(): string {
    const said = this.#told()[0] as string
    return said === '' && this.httpVersion === '2' ? (statusText(this.status) ?? '') : said
  }

  /** Whether the status is 200 to 299. */
  get ok(): boolean {
    return isSuccess(this.status)
  }

  /** The address that answered, after redirects, without fragment. */
  get url(): string {
    return this.#told()[1] as string
  }

  /** Whether it came after a redirect. */
  get redirected(): boolean {
    return this.#block[this.#block.length - 1] === 1
  }

  /** `1.0`, `1.1` or `2`. */
  get httpVersion(): '1.0' | '1.1' | '2' {
    const version = this.#block[this.#block.length - 2]
    return version === 20 ? '2' : version === 10 ? '1.0' : '1.1'
  }

  /** The headers, in the order in which they came. */
  get headers(): HttpHeaders {
    return (this.#headers ??= new HttpHeaders(this.#told().slice(2)))
  }

  /** Headers behind the body; null before the body was read, and when there are none. */
  get trailers(): HttpHeaders | null {
    if (this.#native === null || this.#native.isDisposed) return this.#trailers
    const flat = this.#native.trailers()
    return flat === null ? this.#trailers : new HttpHeaders(flat)
  }
  #trailers: HttpHeaders | null = null

  /** Whether somebody has begun to read the body. */
  get bodyUsed(): boolean {
    return this.#used || (this.#stream?.used ?? false)
  }

  /**
   * The body as a stream; nothing is fetched before it is asked for. Reading fails as `bytes()` does. Leaving it early closes the
   * connection.
   */
  get body(): ByteStream {
    return (this.#stream ??= new ByteStream({
      next: () => this.#next(),
      close: () => this.#finish(),
      used: () => this.#usedError('body'),
    }))
  }

  #given = false
  #next(): Promise<Bytes | null> {
    if (this.#native !== null) return this.#native.next(`${this.#operation}.body`, this.#callOptions(undefined))
    if (this.#given || this.#end === 0) return Promise.resolve(null)
    this.#given = true
    return Promise.resolve(this.#block.subarray(0, this.#end))
  }

  /**
   * All of the body.
   *
   * @throws HttpError `ERR_HTTP_BODY_TOO_LARGE` beyond `maxBodyBytes`, `ERR_HTTP_CONNECTION_CLOSED`, `ERR_TIMEOUT` and whatever
   * else can befall a connection; `ERR_HTTP_BODY_USED` the second time.
   */
  bytes(options?: CallOptions): Promise<Bytes> {
    return this.#whole('bytes', options)
  }

  /** All of the body in an `ArrayBuffer` of its own; see {@link bytes}. */
  async arrayBuffer(options?: CallOptions): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await this.#whole('arrayBuffer', options)
    if (byteLength === buffer.byteLength) return buffer
    return buffer.slice(byteOffset, byteOffset + byteLength)
  }

  /** All of the body as UTF-8; what is no UTF-8 becomes U+FFFD, and a byte order mark is left out. See {@link bytes}. */
  async text(options?: CallOptions): Promise<string> {
    return textOf(await this.#whole('text', options))
  }

  /**
   * All of the body as JSON; see {@link bytes}.
   *
   * @throws HttpError `ERR_HTTP_JSON` when it is none; `cause` is the parser's error.
   */
  async json(options?: CallOptions): Promise<unknown> {
    const text = textOf(await this.#whole('json', options))
    try {
      return JSON.parse(text) as unknown
    } catch (cause) {
      throw this.#error('ERR_HTTP_JSON', 'json', 'the body is no JSON', cause)
    }
  }

  /** All of the body as a `Blob` of the response's `content-type`; see {@link bytes}. */
  async blob(options?: CallOptions): Promise<Blob> {
    return new Blob([await this.#whole('blob', options)], { type: this.headers.get('content-type') ?? '' })
  }

  /**
   * Writes the body to a file: all of it or nothing. It is written beside its place and moved there when it is complete.
   * Stopping it, or a failure, leaves what was there before.
   *
   * @returns how many bytes were written.
   * @throws HttpError `ERR_HTTP_FILE` with `details` `path` and `errno` when the file cannot be written; what {@link bytes} does.
   */
  async save(path: string, options: FileOptions & CallOptions = {}): Promise<number> {
    const operation = `${this.#operation}.save`
    this.#take('save')
    try {
      if (this.#native !== null) return await this.#native.save(operation, this.#callOptions(options), path, options)
      const { overwrite = true, mode = null, sync = false } = options
      const bytes = this.#block.subarray(0, this.#end)
      const saved = await boundary.call<number>(operation, this.#callOptions(options), (call) => {
        native.saveBytes(call, bytes, path, overwrite, mode, sync)
      })
      options.onProgress?.({ bytes: saved, total: saved })
      return saved
    } finally {
      this.#finish()
    }
  }

  #take(reading: string): void {
    if (this.bodyUsed) throw this.#usedError(reading)
    this.#used = true
  }

  async #whole(reading: string, options: CallOptions | undefined): Promise<Bytes> {
    this.#take(reading)
    if (this.#native === null) return this.#block.subarray(0, this.#end)
    try {
      return await this.#native.all(`${this.#operation}.${reading}`, this.#callOptions(options))
    } finally {
      this.#finish()
    }
  }

  /** The request's own signal stops the body, too, unless the caller has another. */
  #callOptions(options: CallOptions | undefined): CallOptions | undefined {
    if (this.#signal === undefined || options?.signal !== undefined) return options
    return { signal: this.#signal, timeoutMs: options?.timeoutMs }
  }

  /** The native side goes; what is worth keeping of it is kept. */
  #finish(): void {
    this.#forget?.()
    this.#forget = undefined
    if (this.#native === null || this.#native.isDisposed) return
    this.#trailers = this.trailers
    this.#native.dispose()
  }

  #usedError(reading: string): HttpError {
    return this.#error('ERR_HTTP_BODY_USED', reading, 'the body was read already; it can be read once')
  }

  #error(code: `ERR_${string}`, reading: string, message: string, cause?: unknown): HttpError {
    const operation = `${this.#operation}.${reading}`
    const details = { method: this.#method, url: this.url, status: this.status, retryable: false }
    return new HttpError(`${operation}: ${message}`, { code, operation, details, cause })
  }

  /**
   * This response, when its status is 200 to 299.
   *
   * @throws HttpError `ERR_HTTP_STATUS` otherwise, with `details` `status`, `statusText`, `method`, `url` and `retryable`; the body
   * is given up.
   */
  ensureOk(): this {
    if (this.ok) return this
    const { status, url } = this
    const words = this.statusText
    this.dispose()
    throw new HttpError(`${this.#operation}: ${this.#method} ${url} answered ${status} ${words}`.trimEnd(), {
      code: 'ERR_HTTP_STATUS',
      operation: this.#operation,
      details: { method: this.#method, url, status, statusText: words, retryable: RETRYABLE.has(status) },
    })
  }

  /** Whether the response has given up its connection, or never held one. */
  get isDisposed(): boolean {
    return this.#native?.isDisposed ?? true
  }

  /** Gives up the body: what was not read of it is not fetched, and its connection is closed. Twice is fine. */
  dispose(): void {
    this.#used = true
    this.#finish()
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }
}

/** Statuses that another attempt may not meet. */
const RETRYABLE = new Set([408, 425, 429, 500, 502, 503, 504])

function at32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number]
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
}

function textOf(bytes: Bytes): string {
  const { length } = bytes
  const marked = length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return utf8Slice.call(bytes, marked ? 3 : 0, length)
}
