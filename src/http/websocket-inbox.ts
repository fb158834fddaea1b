import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { native, type Handle } from './native.js'
import { Line } from './websocket-line.js'
import { unpack, type WebSocketMessage } from './websocket-message.js'

/** What a socket receives. Who asks for messages is served in turn. */
export class Inbox {
  readonly #handle: () => Handle
  readonly #isDisposed: () => boolean
  readonly #flush: () => void
  readonly #line = new Line()
  /** Messages that crossed in one batch and were not asked for yet, and how many of them have been. */
  readonly #messages: WebSocketMessage[] = []
  #at = 0

  /**
   * @param handle the socket's number, asked for at every crossing: it changes when the socket is disposed.
   * @param flush sends what waits to be sent: who waits for an answer has asked before.
   */
  constructor(handle: () => Handle, isDisposed: () => boolean, flush: () => void) {
    this.#handle = handle
    this.#isDisposed = isDisposed
    this.#flush = flush
  }

  /** Whether nobody waits for a message. */
  get isFree(): boolean {
    return this.#line.isFree
  }

  /** A message that is here and may be given at once: nobody waits before this call, and nothing stops it. */
  now(options: CallOptions | undefined): WebSocketMessage | undefined {
    // Options that stop a call, or are none, are for the call that waits to judge.
    const stops = options !== undefined && (options.signal?.aborted === true || !isTime(options.timeoutMs))
    if (stops || !this.#line.isFree) return undefined
    return this.next('http.WebSocket.receive')
  }

  /** The next message; null when there will be none. */
  async later(options: CallOptions | undefined): Promise<WebSocketMessage | null> {
    const operation = 'http.WebSocket.receive'
    const wasDisposed = this.#isDisposed()
    const started = performance.now()
    const waited = !this.#line.isFree
    await this.#line.enter(operation, options)
    try {
      // It waited in line, and was not the one that is told so.
      if (this.#isDisposed() && !wasDisposed) return null
      // It was not looked for yet, or came meanwhile.
      if ((waited || this.#at < this.#messages.length) && isTime(options?.timeoutMs)) {
        options?.signal?.throwIfAborted()
        const here = this.next(operation)
        if (here !== undefined) return here
      }
      const limits = options && {
        signal: options.signal,
        timeoutMs: options.timeoutMs && Math.max(0, options.timeoutMs - (performance.now() - started)),
      }
      this.#flush()
      const isReady = await this.#ready(operation, limits)
      return isReady && !this.#isDisposed() ? (this.next(operation) ?? null) : null
    } finally {
      this.#line.leave()
    }
  }

  #ready(operation: string, options: CallOptions | undefined): Promise<boolean> {
    return boundary.call<boolean>(operation, options, (call) => {
      native.webSocketReady(call, this.#handle())
    })
  }

  /** A message that is here. */
  next(operation: string): WebSocketMessage | undefined {
    const messages = this.#messages
    if (this.#at === messages.length) {
      messages.length = 0
      this.#at = 0
      boundary.asks(operation)
      const packed = native.webSocketTake(this.#handle())
      if (packed === null) return undefined
      unpack(packed, messages)
    }
    return messages[this.#at++]
  }
}

function isTime(timeoutMs: number | undefined): boolean {
  return timeoutMs === undefined || timeoutMs >= 0
}
