import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { HttpError } from './error.js'
import { native, type Handle } from './native.js'
import { MOST_MESSAGES, pack } from './websocket-message.js'

/** Bytes from which a message is not kept for the end of the turn: its copy is made by the call that takes it. */
const LARGE = 16 * 1024

/** Bytes that are kept for the end of the turn. */
const MOST_BYTES = 64 * 1024

/** What a message weighs beside its bytes, so that empty ones are bounded, too. */
const WEIGHT = 16

const OPERATION = 'http.WebSocket.send'

/** Messages of one turn of the event loop, which cross together. */
interface Batch {
  readonly messages: (string | Uint8Array)[]
  readonly sent: Promise<void>
  readonly settle: (sent: Promise<void>) => void
  bytes: number
}

/**
 * What a socket sends. Messages without options that are sent in one turn of the event loop cross together at its end, and share
 * one promise; all cross in the order in which they were sent.
 */
export class Outbox {
  readonly #handle: () => Handle
  readonly #limit: number
  #batch: Batch | undefined
  #bytes = 0
  #weight = 0

  /** @param handle the socket's number, asked for at every crossing: it changes when the socket is disposed. */
  constructor(handle: () => Handle, limit: number) {
    this.#handle = handle
    this.#limit = limit
  }

  /** Bytes of messages whose sending is not done. */
  get bufferedAmount(): number {
    return this.#bytes
  }

  /** Sends a message that was checked. */
  send(message: string | Uint8Array, options: CallOptions | undefined): Promise<void> {
    const bytes = typeof message === 'string' ? Buffer.byteLength(message) : message.length
    // One message goes through whatever its size: the limit is for those behind it.
    if (this.#weight > 0 && this.#weight + bytes + WEIGHT > this.#limit) return Promise.reject(this.#backlog())
    if (options !== undefined || bytes >= LARGE) {
      this.flush()
      return this.#counted(1, bytes, this.#cross([message], options))
    }
    const batch = (this.#batch ??= this.#begin())
    // The caller may change its bytes before the turn ends.
    batch.messages.push(typeof message === 'string' ? message : message.slice())
    batch.bytes += bytes
    this.#bytes += bytes
    this.#weight += bytes + WEIGHT
    if (batch.messages.length === MOST_MESSAGES || batch.bytes >= MOST_BYTES) this.flush()
    return batch.sent
  }

  /** Sends what waits for the end of the turn. */
  flush(): void {
    const batch = this.#batch
    if (batch === undefined) return
    this.#batch = undefined
    const { messages, bytes } = batch
    this.#bytes -= bytes
    this.#weight -= bytes + WEIGHT * messages.length
    batch.settle(this.#counted(messages.length, bytes, this.#cross(messages, undefined)))
  }

  #begin(): Batch {
    let settle: Batch['settle'] | undefined
    const sent = new Promise<void>((resolve) => (settle = resolve))
    // After the microtasks of this turn: a loop over messages that are here already sends all its answers first.
    process.nextTick(() => this.flush())
    return { messages: [], sent, settle: settle as Batch['settle'], bytes: 0 }
  }

  #cross(messages: readonly (string | Uint8Array)[], options: CallOptions | undefined): Promise<void> {
    const [first] = messages
    return boundary.call(OPERATION, options, (call) => {
      if (messages.length > 1) native.webSocketSendMany(call, this.#handle(), ...pack(messages))
      else if (typeof first === 'string') native.webSocketSendText(call, this.#handle(), first)
      else native.webSocketSendBinary(call, this.#handle(), first as Uint8Array)
    })
  }

  #counted(count: number, bytes: number, sent: Promise<void>): Promise<void> {
    this.#bytes += bytes
    this.#weight += bytes + WEIGHT * count
    const done = (): void => {
      this.#bytes -= bytes
      this.#weight -= bytes + WEIGHT * count
    }
    sent.then(done, done)
    return sent
  }

  #backlog(): HttpError {
    const [buffered, limit] = [this.#bytes, this.#limit]
    return new HttpError(
      `${OPERATION}: ${buffered} bytes wait to be sent, and maxBufferedBytes is ${limit}; await what send returns`,
      { code: 'ERR_HTTP_WEBSOCKET_BACKLOG', operation: OPERATION, details: { buffered, limit } },
    )
  }
}
