import { boundary } from '../addon.js'
import { ByteStream, type Bytes } from '../streams/index.js'
import { HttpError } from './error.js'
import { HttpHeaders } from './headers.js'
import { unreadable } from './server-error.js'
import type { ParamsOf, Route } from './server-routes.js'
import { native } from './native.js'

/** A block of requests as the native half writes it; see `write` in crates/http/src/server/exchange.rs. */
export interface Block {
  /** Its words, from the first request on. */
  readonly words: Uint32Array
  /** What the words tell the places of. */
  readonly heap: Buffer
}

/** The server behind a request. */
export interface Serving {
  /** Its number. */
  readonly number: number
  /** Why it serves no more. */
  readonly closed: Error | undefined
}

const METHODS = ['', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']
const VERSIONS = ['1.0', '1.1', '2.0'] as const

/** Words of a request before the places of its parameters. */
export const FIXED_WORDS = 11

/** The places of a request's words; the route, at 2, is for who takes the block apart. */
const SLOT = 0
const GENERATION = 1
const FLAGS = 3
const START = 4
const LENGTHS = 5
const TARGET = 6
const PATH = 7
const HEAD = 8
const BODY = 9

/** What a request has of a body: nothing, all of it, or what is pulled. */
const WHOLE = 1
const PULLED = 2

const decoder = new TextDecoder()

/** Names and values in turn, of lines `name:value\n`. */
function lines(head: string): string[] {
  const flat: string[] = []
  for (let at = 0; at < head.length;) {
    const end = head.indexOf('\n', at)
    const colon = head.indexOf(':', at)
    flat.push(head.slice(at, colon), head.slice(colon + 1, end))
    at = end + 1
  }
  return flat
}

/**
 * A request. What is not asked for is not read: headers, parameters and query are parsed at their first use. It stays readable
 * after it was answered, but for a body that had not come yet.
 */
export class ServerRequest<Path extends string = string> {
  readonly #block: Block
  readonly #at: number
  readonly #route: Route
  readonly #server: Serving
  #headers: HttpHeaders | undefined
  #query: URLSearchParams | undefined
  #params: ParamsOf<Path> | undefined
  #body: ByteStream | undefined
  #controller: AbortController | undefined
  #gone: Error | undefined

  /** @internal */
  constructor(block: Block, at: number, route: Route, server: Serving) {
    this.#block = block
    this.#at = at
    this.#route = route
    this.#server = server
  }

  #word(word: number): number {
    return this.#block.words[this.#at + word] as number
  }

  /** Where a part begins in the heap: method, remote address, target, head, body follow each other. */
  #place(part: 'method' | 'remote' | 'target' | 'head' | 'body'): number {
    const lengths = this.#word(LENGTHS)
    let at = this.#word(START)
    if (part === 'method') return at
    at += lengths >>> 16
    if (part === 'remote') return at
    at += lengths & 0xffff
    if (part === 'target') return at
    at += this.#word(TARGET)
    return part === 'head' ? at : at + this.#word(HEAD)
  }

  /** In capitals as a rule: `GET`. */
  get method(): string {
    const number = this.#word(FLAGS) & 0xff
    if (number > 0) return METHODS[number] as string
    const start = this.#place('method')
    return this.#block.heap.toString('latin1', start, start + (this.#word(LENGTHS) >>> 16))
  }

  /** Path and query, as they were sent: `/users/42?full=1`. */
  get url(): string {
    const start = this.#place('target')
    return this.#block.heap.toString('utf8', start, start + this.#word(TARGET))
  }

  /** The path, as it was sent: escapes are still in it. */
  get path(): string {
    const start = this.#place('target')
    return this.#block.heap.toString('utf8', start, start + this.#word(PATH))
  }

  /** What stands behind `?`: every value, in order. */
  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.url.slice(this.#word(PATH)))
    return this.#query
  }

  /**
   * The values of the route's parameters, unescaped.
   *
   * @throws HttpError `ERR_HTTP_REQUEST` for a broken escape; a handler that lets it pass answers 400.
   */
  get params(): ParamsOf<Path> {
    if (this.#params === undefined) {
      const path = this.path
      const params: Record<string, string> = {}
      for (const [place, name] of this.#route.names.entries()) {
        const at = this.#at + FIXED_WORDS + 2 * place
        const raw = path.slice(this.#block.words[at], this.#block.words[at + 1])
        try {
          params[name] = decodeURIComponent(raw)
        } catch (error) {
          throw unreadable('http.Request.params', `${name} is no text with its escapes resolved`, error)
        }
      }
      this.#params = Object.freeze(params) as ParamsOf<Path>
    }
    return this.#params
  }

  /** The headers. */
  get headers(): HttpHeaders {
    if (this.#headers === undefined) {
      const start = this.#place('head')
      this.#headers = new HttpHeaders(lines(this.#block.heap.toString('latin1', start, start + this.#word(HEAD))))
    }
    return this.#headers
  }

  /** The client's address and port: `127.0.0.1:50312`, `[::1]:50312`. */
  get remoteAddress(): string {
    const start = this.#place('remote')
    return this.#block.heap.toString('latin1', start, start + (this.#word(LENGTHS) & 0xffff))
  }

  /** Which HTTP it came by. */
  get httpVersion(): '1.0' | '1.1' | '2.0' {
    return VERSIONS[(this.#word(FLAGS) >>> 8) & 0xf] as '1.1'
  }

  /** Whether it came over TLS. */
  get secure(): boolean {
    return this.#word(FLAGS) >>> 16 === 1
  }

  /** The pattern of the route that took it. */
  get route(): string {
    return this.#route.path
  }

  /** What a client of an event stream has seen last, when it comes back. */
  get lastEventId(): string | null {
    return this.headers.get('last-event-id')
  }

  /** Fires when the client goes away, or the server stops, before the request was answered. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    const gone = this.#gone ?? this.#server.closed
    if (gone !== undefined) this.#controller.abort(gone)
    return this.#controller.signal
  }

  /** The body, pulled as it is read. Empty when there is none. It can be read once. */
  get body(): ByteStream {
    this.#body ??= this.#bodyStream()
    return this.#body
  }

  /** Whether somebody has begun to read the body. */
  get bodyUsed(): boolean {
    return this.#body?.used ?? false
  }

  #bodyStream(): ByteStream {
    const used = (): Error => {
      const operation = 'http.Request.body'
      return new HttpError(`${operation}: the body has been read already`, { code: 'ERR_STATE', operation })
    }
    const close = (): void => undefined
    if (this.#kind === PULLED) {
      const [slot, generation, server] = [this.#word(SLOT), this.#word(GENERATION), this.#server]
      const next = (): Promise<Bytes | null> => {
        const gone = this.#gone ?? server.closed
        if (gone !== undefined) return Promise.reject(gone)
        return boundary.call('http.Request.body', undefined, (call) => {
          native.httpServerReadBody(call, server.number, slot, generation)
        })
      }
      return new ByteStream({ next, close, used })
    }
    let left = this.#kind === WHOLE ? this.#wholeBytes() : null
    const next = (): Promise<Bytes | null> => {
      const piece = left
      left = null
      return Promise.resolve(piece)
    }
    return new ByteStream({ next, close, used })
  }

  get #kind(): number {
    return (this.#word(FLAGS) >>> 12) & 0xf
  }

  /** A copy: the block has other requests' bodies, too. */
  #wholeBytes(): Bytes {
    const start = this.#place('body')
    return new Uint8Array(this.#block.heap.subarray(start, start + this.#word(BODY)))
  }

  /** The body, taken as a whole without a stream when it came with its request. */
  async #whole(): Promise<Bytes> {
    const stream = this.body
    if (stream.used || this.#kind === PULLED) return stream.bytes()
    stream.cancel()
    return this.#kind === WHOLE ? this.#wholeBytes() : new Uint8Array(0)
  }

  /**
   * The whole body.
   *
   * @throws HttpError `ERR_HTTP_BODY_TOO_LARGE` beyond `limits.maxBodyBytes`, `ERR_HTTP_BODY_TIMEOUT` when nothing comes for
   * `timeouts.bodyIdleMs`, `ERR_HTTP_BODY` when it ends early, `ERR_HTTP_GONE` when the request is over, `ERR_STATE` when it was
   * read before. A handler that lets the first three pass answers 413, 408 and 400.
   */
  bytes(): Promise<Bytes> {
    return this.#whole()
  }

  /** The whole body as UTF-8; what is no UTF-8 becomes U+FFFD. Fails as {@link bytes}. */
  async text(): Promise<string> {
    return decoder.decode(await this.#whole())
  }

  /** The whole body as JSON. Fails as {@link bytes}; `ERR_HTTP_REQUEST` when it is no JSON, which a handler that lets it pass answers with 400. */
  async json(): Promise<unknown> {
    const text = await this.text()
    try {
      return JSON.parse(text) as unknown
    } catch (error) {
      throw unreadable('http.Request.json', 'the body is no JSON', error)
    }
  }

  /**
   * The whole body as a form: `application/x-www-form-urlencoded` or `multipart/form-data`. It is held in memory; `limits.maxBodyBytes`
   * bounds it. Fails as {@link bytes}; `ERR_HTTP_REQUEST` for another content type or a body that is no form.
   */
  async formData(): Promise<FormData> {
    const type = this.headers.get('content-type') ?? ''
    const bytes = await this.#whole()
    try {
      // Its reader holds the whole form, as this method says; what is too long for that is read from `body`.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      return await new Response(bytes, { headers: { 'content-type': type } }).formData()
    } catch (error) {
      throw unreadable('http.Request.formData', `the body is no form of the type ${JSON.stringify(type)}`, error)
    }
  }

  /** @internal It will not be answered any more. */
  abandon(reason: Error): void {
    this.#gone = reason
    this.#controller?.abort(reason)
  }
}
