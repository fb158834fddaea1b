import { CONTENT_TYPE, Reply, type ReplyInit } from './server-reply.js'

/** One event of an event stream. */
export interface ServerSentEvent {
  /** What the client says as `Last-Event-ID` when it comes back. Without line breaks and NUL. */
  readonly id?: string
  /** Its type; clients take none for `message`. Without line breaks. */
  readonly event?: string
  /** A string as it is, on as many lines as it has; any other value as JSON. */
  readonly data?: unknown
  /** Milliseconds after which a client that lost its connection comes back. */
  readonly retry?: number
  /** What clients do not see. */
  readonly comment?: string
}

/** How an event stream is sent. */
export interface EventStreamOptions extends ReplyInit {
  /** Milliseconds of silence after which a comment is sent, so that nobody between takes the stream for dead. Default: 15,000; 0: none. */
  readonly heartbeatMs?: number
}

/** Sends one event. Resolves when there is room for another: true, or false when nobody takes it any more. */
export type SendEvent = (event: ServerSentEvent | string) => Promise<boolean>

/** Where events come from: an iterable, or a function that sends them and whose end is the stream's. */
export type EventSource =
  | AsyncIterable<ServerSentEvent | string>
  | Iterable<ServerSentEvent | string>
  | ((send: SendEvent, signal: AbortSignal) => void | Promise<void>)

/** What is called when a body is not wanted any more. */
export const cancelled = Symbol('cancelled')

/**
 * A stream of Server-Sent Events. It is pulled: an iterable is asked for the next event, and `send` resolves, when the client
 * takes more. `signal` aborts when the client goes away; an iterable is returned then.
 *
 * @example
 * server.get('/ticks', () => sse(async (send, signal) => {
 *   for (let tick = 1; !signal.aborted; tick += 1) await send({ id: String(tick), data: { tick } })
 * }))
 */
export function sse(source: EventSource, { heartbeatMs = 15_000, ...init }: EventStreamOptions = {}): Reply {
  if (!(heartbeatMs >= 0)) throw new RangeError('heartbeatMs must be 0 or more')
  const headers = init.headers ?? { 'cache-control': 'no-cache' }
  return new Reply(new EventBody(source, heartbeatMs), CONTENT_TYPE.eventStream, { ...init, headers })
}

/** An event as the stream has it. */
export function eventText(event: ServerSentEvent | string): string {
  if (typeof event === 'string') return `${lines('data', event)}\n`
  let text = ''
  if (event.comment !== undefined) text += lines('', event.comment)
  if (event.id !== undefined) text += field('id', event.id, /[\r\n\0]/)
  if (event.event !== undefined) text += field('event', event.event, /[\r\n]/)
  if (event.retry !== undefined) {
    if (!Number.isSafeInteger(event.retry) || event.retry < 0)
      throw new RangeError('retry must be a whole number from 0')
    text += `retry: ${event.retry}\n`
  }
  if (event.data !== undefined) {
    text += lines('data', typeof event.data === 'string' ? event.data : JSON.stringify(event.data))
  }
  return `${text}\n`
}

function field(name: string, value: string, refused: RegExp): string {
  if (refused.test(value)) throw new TypeError(`the ${name} of an event has a line break, which would end it`)
  return `${name}: ${value}\n`
}

const lines = (name: string, value: string): string =>
  value
    .split(/\r\n|\r|\n/)
    .map((line) => `${name}: ${line}\n`)
    .join('')

interface Waiting {
  readonly text: string
  readonly taken: (isTaken: boolean) => void
}

/** Events as a body: what is sent waits here for the client to take it. */
class EventBody implements AsyncIterable<string> {
  readonly #source: EventSource
  readonly #heartbeatMs: number
  readonly #controller = new AbortController()
  readonly #waiting: Waiting[] = []
  #pull: { give: (result: IteratorResult<string>) => void; fail: (error: unknown) => void } | undefined
  #last: Waiting | undefined
  #ended = false
  #failed: { error: unknown } | undefined

  constructor(source: EventSource, heartbeatMs: number) {
    this.#source = source
    this.#heartbeatMs = heartbeatMs
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    if (typeof this.#source === 'function') {
      const send: SendEvent = (event) => this.#send(eventText(event))
      const begin = this.#source
      void Promise.resolve()
        .then(() => begin(send, this.#controller.signal))
        .then(
          () => this.#end(),
          (error: unknown) => this.#fail(error),
        )
    } else {
      void this.#forward(this.#source)
    }
    return { next: () => this.#next(), return: () => this.#return() }
  }

  async #forward(source: AsyncIterable<ServerSentEvent | string> | Iterable<ServerSentEvent | string>): Promise<void> {
    try {
      for await (const event of source) if (!(await this.#send(eventText(event)))) return
      this.#end()
    } catch (error) {
      this.#fail(error)
    }
  }

  #send(text: string): Promise<boolean> {
    if (this.#ended) return Promise.resolve(false)
    return new Promise((resolve) => {
      this.#waiting.push({ text, taken: resolve })
      this.#give()
    })
  }

  #give(): void {
    const pull = this.#pull
    const first = this.#waiting[0]
    if (pull === undefined || first === undefined) return
    this.#pull = undefined
    this.#waiting.shift()
    this.#last = first
    pull.give({ done: false, value: first.text })
  }

  #next(): Promise<IteratorResult<string>> {
    // Asked again: what was given before is on its way.
    this.#last?.taken(true)
    this.#last = undefined
    return new Promise((resolve, reject) => {
      const heartbeat = this.#heartbeatMs === 0 ? undefined : setTimeout(() => this.#beat(), this.#heartbeatMs).unref()
      const done = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(heartbeat)
          settle(value)
        }
      }
      this.#pull = { give: done(resolve), fail: done(reject) }
      this.#give()
      this.#finish()
    })
  }

  #beat(): void {
    const pull = this.#pull
    this.#pull = undefined
    pull?.give({ done: false, value: ':\n\n' })
  }

  /** Nothing waits any more: the stream's end, if it has come. */
  #finish(): void {
    const pull = this.#pull
    if (pull === undefined || this.#waiting.length > 0) return
    if (this.#failed !== undefined) pull.fail(this.#failed.error)
    else if (this.#ended) pull.give({ done: true, value: undefined })
  }

  #end(): void {
    this.#ended = true
    this.#finish()
  }

  #fail(error: unknown): void {
    this.#failed ??= { error }
    this.#end()
  }

  #return(): Promise<IteratorResult<string>> {
    this[cancelled]()
    return Promise.resolve({ done: true, value: undefined })
  }

  [cancelled](): void {
    this.#ended = true
    this.#last?.taken(false)
    this.#last = undefined
    for (const { taken } of this.#waiting.splice(0)) taken(false)
    this.#controller.abort()
    this.#finish()
  }
}
