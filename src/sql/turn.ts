/** Who may use what only one can have: first come, first served, with a limit to waiting. */
import { sqlError } from './error.js'
import type { CallOptions } from '../boundary/index.js'

/** A holder's end of it. Twice is fine. */
export type Release = () => void

interface Waiter {
  /** Wants it alone, until it releases; others only pass. */
  readonly holder: string | undefined
  readonly start: () => void
}

/** What somebody can do who waits for a holder that waits for them. */
export function wayOut(holder: string): string {
  return holder === STREAM
    ? 'read the stream to its end or leave it first; those of a file leave its connection to others'
    : "inside a transaction use the transaction's own methods"
}

/** A stream as a holder. */
export const STREAM = 'a stream'

/**
 * A connection's turns. A holder has it alone until it lets go: a transaction, a stream. Everybody else only passes: the
 * connection itself lines up what comes through.
 */
export class Turn {
  #holder: string | undefined
  readonly #waiting: Waiter[] = []

  /** Who has it now. */
  get holder(): string | undefined {
    return this.#holder
  }

  /** Whether one may pass at once. */
  get isFree(): boolean {
    return this.#holder === undefined && this.#waiting.length === 0
  }

  /** Takes it without waiting; undefined when somebody has it. */
  tryHold(holder: string): Release | undefined {
    return this.isFree ? this.#hold(holder) : undefined
  }

  /** Waits for one's turn and holds it. */
  async hold(operation: string, holder: string, options: CallOptions | undefined, longest: number): Promise<Release> {
    if (!this.isFree) await this.#wait(operation, holder, options, longest)
    return this.#hold(holder)
  }

  /** Passes when it is one's turn: `go` is called in that very moment, so that nobody who holds it slips in between. */
  pass<T>(operation: string, options: CallOptions | undefined, longest: number, go: () => Promise<T>): Promise<T> {
    if (this.isFree) return go()
    let gone: Promise<T> | undefined
    const start = (): void => {
      gone = go()
      // Heard below, after this turn.
      gone.catch(() => undefined)
    }
    return this.#wait(operation, undefined, options, longest, start).then(() => gone as Promise<T>)
  }

  #hold(holder: string): Release {
    this.#holder = holder
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holder = undefined
      this.#next()
    }
  }

  #next(): void {
    while (this.#holder === undefined) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      // Noted now: what `start` sets going runs later, and nobody may slip in before.
      if (next.holder !== undefined) this.#holder = next.holder
      next.start()
    }
  }

  #wait(
    operation: string,
    holder: string | undefined,
    options: CallOptions | undefined,
    longest: number,
    begin?: () => void,
  ): Promise<void> {
    const { signal, timeoutMs = Infinity } = options ?? {}
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's own reason, whatever it is
        reject(signal.reason)
        return
      }
      const limit = Math.min(longest, timeoutMs)
      const leave = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      const waiter: Waiter = {
        holder,
        start: () => {
          leave()
          begin?.()
          resolve()
        },
      }
      const giveUp = (reason: unknown): void => {
        const place = this.#waiting.indexOf(waiter)
        if (place < 0) return
        this.#waiting.splice(place, 1)
        leave()
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as above
        reject(reason)
      }
      const abort = (): void => {
        giveUp(signal?.reason)
      }
      const timer =
        limit === Infinity ? undefined : setTimeout(() => giveUp(this.#late(operation, limit, timeoutMs)), limit)
      signal?.addEventListener('abort', abort)
      this.#waiting.push(waiter)
    })
  }

  #late(operation: string, limit: number, timeoutMs: number): Error {
    const holder = this.#holder ?? 'calls before this one'
    if (limit === timeoutMs) {
      return sqlError('ERR_TIMEOUT', operation, `not done within ${String(timeoutMs)} ms: waited for ${holder}`, {
        timeoutMs,
        stillRunning: false,
        holder,
      })
    }
    return sqlError(
      'ERR_SQL_POOL_TIMEOUT',
      operation,
      `no connection became free within ${String(limit)} ms: ${holder} has it; ${wayOut(holder)}`,
      { waitedMs: limit, holder },
    )
  }
}
