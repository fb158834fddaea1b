import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { refused, sqlError, type SqlError } from './error.js'
import { native, type Handle } from './native.js'

/** What `NOTIFY` told. */
export interface Notification {
  /** Where it was sent. */
  readonly channel: string
  /** What was sent; empty when nothing was. */
  readonly payload: string
  /** The number of the server process that sent it. */
  readonly processId: number
}

/** When a connection that was lost is opened again. */
export interface Reconnect {
  /** How many attempts in a row may fail, 0 to 2^32 - 1. Default: no limit. */
  readonly attempts?: number | undefined
  /**
   * The pause before the first attempt, milliseconds from 0 to 2^31 - 1; it doubles with each, and between half and all of it is waited,
   * by chance. Default 100.
   */
  readonly backoffMs?: number | undefined
  /** The longest such pause. Default 10,000. */
  readonly maxBackoffMs?: number | undefined
}

/** How to listen. `signal` and `timeoutMs` hold for the beginning and for each wait. */
export interface ListenOptions extends CallOptions {
  /** Whether a connection that was lost is opened again, and when. Default true. */
  readonly reconnect?: boolean | Reconnect | undefined
  /**
   * The connection was lost, `ERR_SQL_CONNECTION`: what is sent from now on is not heard. Called when what was heard before has been
   * taken, and waited for. What it throws ends the iteration.
   */
  readonly onLost?: ((error: SqlError) => Promise<void> | void) | undefined
  /**
   * The channels are listened to again: the moment to look at the tables for what was missed. Called and waited for before what is
   * heard from now on. What it throws ends the iteration.
   */
  readonly onListening?: (() => Promise<void> | void) | undefined
}

/** How many notifications are fetched together. */
const BATCH = 256
/** What ends a wait when the listener is disposed of. */
const LEFT = Symbol('left')
const LONGEST_PAUSE = 2 ** 31 - 1

/** The options as the engine takes them: attempts, and the shortest and longest pause. */
export function reconnectOf(
  operation: string,
  options: ListenOptions | undefined,
): [number | undefined, number, number] {
  for (const name of ['onLost', 'onListening'] as const) {
    const callback: unknown = options?.[name]
    if (callback !== undefined && typeof callback !== 'function')
      throw refused(operation, `options.${name}`, 'a function', callback)
  }
  const reconnect: unknown = options?.reconnect ?? true
  if (typeof reconnect !== 'boolean' && (typeof reconnect !== 'object' || reconnect === null)) {
    throw refused(operation, 'options.reconnect', 'a boolean or an object', reconnect)
  }
  const given: Reconnect = typeof reconnect === 'object' ? reconnect : {}
  const { attempts = Infinity, backoffMs = 100, maxBackoffMs = 10_000 } = given
  const number = (name: keyof Reconnect, value: unknown, most: number): number => {
    if (typeof value === 'number' && value >= 0 && value <= most) return Math.ceil(value)
    throw refused(operation, `options.reconnect.${name}`, `a number from 0 to ${String(most)}`, value)
  }
  const limit = attempts === Infinity ? undefined : number('attempts', attempts, 2 ** 32 - 1)
  const pauses = [
    number('backoffMs', backoffMs, LONGEST_PAUSE),
    number('maxBackoffMs', maxBackoffMs, LONGEST_PAUSE),
  ] as const
  return [reconnect === false ? 0 : limit, ...pauses]
}

/**
 * Notifications in the order of the commits that sent them, on a connection of its own. Leaving a `for await` ends it, and so does
 * {@link dispose}, wherever it is called: the iteration is over then.
 *
 * When the connection is lost another is opened, with pauses that grow, and the channels are listened to again. What was sent in
 * between was not heard: `onLost` and `onListening` tell of it, each at its place between the notifications. The iteration fails with
 * `ERR_SQL_CONNECTION` when the attempts are used up or there are to be none, with `ERR_SQL_DENIED` when the server does not let us
 * in any more, with `ERR_SQL_CLOSED` when the database was closed, with `ERR_TIMEOUT` or the signal's reason.
 */
export class PostgresListener extends NativeObject implements AsyncIterable<Notification> {
  readonly #options: ListenOptions
  readonly #leaving = new AbortController()

  /** @internal */
  constructor(handle: Handle, options: ListenOptions = {}) {
    super(boundary, handle)
    const { signal } = options
    const stop = this.#leaving.signal
    this.#options = { ...options, signal: signal === undefined ? stop : AbortSignal.any([signal, stop]) }
  }

  override dispose(): void {
    super.dispose()
    this.#leaving.abort(LEFT)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Notification, void> {
    const operation = 'sql.PostgresListener.next'
    let isLost = false
    try {
      while (!this.isDisposed) {
        const [heard, lost] = await this.#next(operation)
        if (lost !== null) {
          await this.#options.onLost?.(sqlError('ERR_SQL_CONNECTION', operation, lost, { retryable: true }))
        } else if (isLost) {
          await this.#options.onListening?.()
        }
        isLost = lost !== null
        for (const [channel, payload, processId] of heard) yield { channel, payload, processId }
      }
    } catch (error) {
      if (error !== LEFT) throw error
    } finally {
      this.dispose()
    }
  }

  /** What was heard; or, in words, that the connection was lost; or neither, once it is listened to again. */
  #next(operation: string): Promise<[[string, string, number][], string | null]> {
    return boundary.call(operation, this.#options, (call) => {
      native.postgresListenerNext(call, this.handle, BATCH)
    })
  }
}
