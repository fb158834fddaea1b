import { boundary } from '../addon.js'
import { NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { HttpError } from './error.js'
import { native, type Handle } from './native.js'
import { Inbox } from './websocket-inbox.js'
import type { WebSocketMessage } from './websocket-message.js'
import { Messages } from './websocket-messages.js'
import {
  busy,
  checkedClose,
  checkedMessage,
  checkedPing,
  connectOptions,
  maxBufferedBytes,
  syncTimeout,
  type WebSocketOptions,
} from './websocket-options.js'
import { Outbox } from './websocket-outbox.js'

/** How a web socket ended. */
export interface WebSocketClose {
  /**
   * The code of the peer's close frame. 1005 when it had none, 1006 when the connection was lost without one. When this side ended
   * the connection because the peer broke the protocol, the code that told it so: 1002, 1007 (no UTF-8), 1009 (too long).
   */
  readonly code: number
  /** The peer's reason, or what was wrong. */
  readonly reason: string
  /** Whether both sides said that they close. */
  readonly wasClean: boolean
}

/** How long a handshake may take unless the caller says otherwise, in milliseconds. */
const CONNECT_TIMEOUT = 30_000

const DISPOSED: WebSocketClose = Object.freeze({ code: 1006, reason: 'the socket was disposed', wasClean: false })

let pings = 0

/**
 * A web socket (RFC 6455), of a client or of a server. It works natively: pings are answered and messages received while this
 * thread is busy, up to 256 KiB; who does not receive holds the peer back.
 *
 * Errors of its methods: `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE` and `ERR_INVALID_STRING` for arguments,
 * `ERR_HTTP_WEBSOCKET_CLOSED` for sending when it is closed or closing (`details`: `closeCode`, `closeReason`),
 * `ERR_HTTP_WEBSOCKET_BACKLOG` for sending faster than the peer takes, `ERR_HANDLE_CLOSED` after `dispose()`, `ERR_TIMEOUT`. An
 * aborted call rejects with the signal's own reason.
 *
 * A socket does not hold the process open by itself; a call that waits does (`receive`, `closed`, `for await`).
 *
 * @example
 * const socket = await WebSocket.connect('wss://example.org/chat', { protocols: ['chat.v1'] })
 * await socket.send('hello')
 * for await (const { data } of socket) console.log(data)
 * console.log((await socket.closed).code)
 */
export class WebSocket extends NativeObject implements AsyncIterable<WebSocketMessage>, AsyncDisposable {
  /** The subprotocol that the server chose; null when none was offered or chosen. */
  readonly protocol: string | null
  readonly #outbox: Outbox
  readonly #inbox: Inbox
  #closed: Promise<WebSocketClose> | undefined
  #controller: AbortController | undefined

  /** @internal */
  constructor(handle: Handle, limit: number) {
    super(boundary, handle)
    this.protocol = native.webSocketProtocol(handle)
    this.#outbox = new Outbox(() => this.handle, limit)
    this.#inbox = new Inbox(
      () => this.handle,
      () => this.isDisposed,
      () => this.#outbox.flush(),
    )
  }

  /**
   * Connects to a server. `http:` and `https:` stand for `ws:` and `wss:`; redirects are not followed.
   *
   * Errors: `ERR_HTTP_DNS`, `ERR_HTTP_CONNECT` (`details.reason`, such as `ECONNREFUSED`), `ERR_HTTP_TLS`,
   * `ERR_HTTP_WEBSOCKET_HANDSHAKE` (the answer is no web socket; `details.status`, where it is HTTP), `ERR_HTTP_INVALID_HEADER`,
   * `ERR_HTTP_INVALID_REQUEST` (a certificate that cannot be used), `ERR_TIMEOUT`. Stopping it cuts the connection.
   */
  static async connect(url: string | URL, options: WebSocketOptions = {}): Promise<WebSocket> {
    const operation = 'http.WebSocket.connect'
    const json = connectOptions(operation, url, options)
    const limit = maxBufferedBytes(operation, options)
    const { signal, timeoutMs = CONNECT_TIMEOUT } = options
    const handle = await boundary.call<Handle>(operation, { signal, timeoutMs }, (call) => {
      native.webSocketConnect(call, json)
    })
    return new this(handle, limit)
  }

  /** {@link connect}, blocking this thread. */
  static connectSync(url: string | URL, options: Omit<WebSocketOptions, 'signal'> = {}): WebSocket {
    const operation = 'http.WebSocket.connectSync'
    const json = connectOptions(operation, url, options)
    const limit = maxBufferedBytes(operation, options)
    const timeoutMs = syncTimeout(operation, options.timeoutMs ?? CONNECT_TIMEOUT)
    boundary.asks(operation)
    return new this(native.webSocketConnectSync(timeoutMs, json), limit)
  }

  /** Bytes of messages whose `send` has not settled. */
  get bufferedAmount(): number {
    return this.#outbox.bufferedAmount
  }

  /**
   * Sends a message: a text, or bytes, which may be changed afterwards. The promise resolves when the frame has been handed to the
   * system, so awaiting it keeps the pace of the peer. Messages go in the order of the calls; those of one turn of the event loop
   * go together and share one promise.
   *
   * A stopped call takes its message back unless its frame has been begun; a frame is sent whole or not at all.
   */
  send(data: string | Uint8Array, options?: CallOptions): Promise<void> {
    try {
      checkedMessage('http.WebSocket.send', data)
    } catch (error) {
      // What the checks threw: an error of ours.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject(error)
    }
    return this.#outbox.send(data, options)
  }

  /** {@link send}, blocking this thread. */
  sendSync(data: string | Uint8Array, options?: SyncCallOptions): void {
    const operation = 'http.WebSocket.sendSync'
    checkedMessage(operation, data)
    const timeoutMs = syncTimeout(operation, options?.timeoutMs)
    this.#outbox.flush()
    boundary.asks(operation)
    if (typeof data === 'string') native.webSocketSendTextSync(timeoutMs, this.handle, data)
    else native.webSocketSendBinarySync(timeoutMs, this.handle, data)
  }

  /**
   * The next message, or null when the socket has closed and everything that came was received; {@link closed} says how it
   * closed. Several calls at once are served in order. A stopped call loses no message.
   */
  receive(options?: CallOptions): Promise<WebSocketMessage | null> {
    try {
      const here = this.#inbox.now(options)
      return here === undefined ? this.#inbox.later(options) : Promise.resolve(here)
    } catch (error) {
      // What the checks threw: an error of ours.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject(error)
    }
  }

  /** {@link receive}, blocking this thread. Not while an async `receive` waits: then it throws `ERR_BUSY`. */
  receiveSync(options?: SyncCallOptions): WebSocketMessage | null {
    const operation = 'http.WebSocket.receiveSync'
    const timeoutMs = syncTimeout(operation, options?.timeoutMs)
    if (!this.#inbox.isFree) throw busy(operation)
    const here = this.#inbox.next(operation)
    if (here !== undefined) return here
    boundary.asks(operation)
    return native.webSocketReadySync(timeoutMs, this.handle) ? (this.#inbox.next(operation) ?? null) : null
  }

  /**
   * Messages as they come, until the socket has closed; it ends without an error however that was, see {@link closed}. Leaving the
   * loop early leaves the socket open. `timeoutMs` is for each message.
   */
  messages(options?: CallOptions): AsyncIterableIterator<WebSocketMessage, undefined> {
    return new Messages(
      () => this.#inbox.now(options),
      () => this.#inbox.later(options),
    )
  }

  /** {@link messages} without options. */
  [Symbol.asyncIterator](): AsyncIterableIterator<WebSocketMessage, undefined> {
    return this.messages()
  }

  /**
   * Pings the peer and resolves with the milliseconds until its pong came. Pongs stand in line with messages: while 256 KiB of
   * messages wait to be received, no pong arrives.
   *
   * @param payload at most 125 bytes, which the pong repeats. Default: a number of its own.
   */
  async ping(payload?: string | Uint8Array, options?: CallOptions): Promise<number> {
    const operation = 'http.WebSocket.ping'
    const bytes = checkedPing(operation, payload ?? String(++pings))
    this.#outbox.flush()
    return boundary.call<number>(operation, options, (call) => {
      native.webSocketPing(call, this.handle, bytes)
    })
  }

  /**
   * Closes: sends what was sent before, then a close frame, waits for the peer's, and resolves when the connection has ended, at the
   * latest after `closeTimeoutMs`. What still comes meanwhile can be received. On a socket that has closed it resolves at once;
   * twice is fine. A stopped call stops waiting only.
   *
   * @param code 1000 (done, the default) to 1003, 1007 to 1014, or one of 3000 to 4999, which are free to use.
   * @param reason at most 123 bytes.
   */
  async close(code = 1000, reason = '', options?: CallOptions): Promise<void> {
    const operation = 'http.WebSocket.close'
    checkedClose(operation, code, reason)
    if (this.isDisposed) return
    this.#outbox.flush()
    await boundary.call(operation, options, (call) => {
      native.webSocketClose(call, this.handle, code, reason)
    })
    // Known from now on, even when the socket is disposed before somebody asks.
    await this.closed
  }

  /** {@link close}, blocking this thread. */
  closeSync(code = 1000, reason = '', options?: SyncCallOptions): void {
    const operation = 'http.WebSocket.closeSync'
    checkedClose(operation, code, reason)
    const timeoutMs = syncTimeout(operation, options?.timeoutMs)
    if (this.isDisposed) return
    this.#outbox.flush()
    boundary.asks(operation)
    native.webSocketCloseSync(timeoutMs, this.handle, code, reason)
  }

  /** How it closed, once it has. Never rejects. Asking for it holds the process open until then. */
  get closed(): Promise<WebSocketClose> {
    this.#closed ??= this.isDisposed ? Promise.resolve(DISPOSED) : this.#ended()
    return this.#closed
  }

  /**
   * Fires when the socket has closed, with an error that has the code `ERR_HTTP_WEBSOCKET_CLOSED`. Asking for it holds the process
   * open until then.
   */
  get signal(): AbortSignal {
    this.#controller ??= this.#aborting()
    return this.#controller.signal
  }

  #aborting(): AbortController {
    const controller = new AbortController()
    void this.closed.then(({ code, reason }) => {
      const operation = 'http.WebSocket.signal'
      const details = { closeCode: code, closeReason: reason }
      const message = `${operation}: the web socket has closed (code ${code})`
      controller.abort(new HttpError(message, { code: 'ERR_HTTP_WEBSOCKET_CLOSED', operation, details }))
    })
    return controller
  }

  /** Ends it at once: the peer is told (1001) if that takes no time, and what waits here ends. Twice is fine. */
  override dispose(): void {
    if (!this.isDisposed) {
      this.#outbox.flush()
      native.webSocketAbandon(this.handle)
    }
    super.dispose()
  }

  /** Closes with 1000, waits for the end, and disposes. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isDisposed) return
    await this.close()
    await this.closed
    this.dispose()
  }

  async #ended(): Promise<WebSocketClose> {
    try {
      const [code, reason, wasClean] = await boundary.call<[number, string, boolean]>(
        'http.WebSocket.closed',
        undefined,
        (call) => {
          native.webSocketClosed(call, this.handle)
        },
      )
      return Object.freeze({ code, reason, wasClean })
    } catch {
      // The thread is ending, and takes the socket along.
      return DISPOSED
    }
  }
}
