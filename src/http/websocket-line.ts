import type { CallOptions } from '../boundary/index.js'
import { HttpError, refusal } from './error.js'

/** A line in which calls wait for each other: one at a time is served, first come, first served. */
export class Line {
  readonly #waiting: (() => void)[] = []
  #isTaken = false

  /** Whether nobody is served and nobody waits. */
  get isFree(): boolean {
    return !this.#isTaken
  }

  /** Waits for its turn, which ends with {@link leave}. Rejects when it is stopped before. */
  enter(operation: string, options: CallOptions | undefined): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true
      return Promise.resolve()
    }
    return this.#wait(operation, options?.signal ?? undefined, options?.timeoutMs)
  }

  /** Lets the next one in. */
  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#isTaken = false
    else next()
  }

  async #wait(operation: string, signal: AbortSignal | undefined, timeoutMs: number | undefined): Promise<void> {
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw refusal(operation, 'options.signal', 'an AbortSignal', signal)
    }
    if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && timeoutMs >= 0)) {
      throw refusal(operation, 'options.timeoutMs', 'a number of milliseconds from 0', timeoutMs)
    }
    signal?.throwIfAborted()
    let timer: NodeJS.Timeout | undefined
    let abort: (() => void) | undefined
    try {
      await new Promise<void>((resolve, reject) => {
        const stop = (reason: unknown): void => {
          this.#waiting.splice(this.#waiting.indexOf(resolve), 1)
          // The signal's own reason, whatever it is.
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
          reject(reason)
        }
        abort = () => stop(signal?.reason)
        signal?.addEventListener('abort', abort, { once: true })
        if (timeoutMs !== undefined && timeoutMs !== Infinity) {
          timer = setTimeout(() => stop(late(operation, timeoutMs)), Math.min(timeoutMs, 2 ** 31 - 1))
        }
        this.#waiting.push(resolve)
      })
    } finally {
      clearTimeout(timer)
      if (abort !== undefined) signal?.removeEventListener('abort', abort)
    }
  }
}

function late(operation: string, timeoutMs: number): HttpError {
  const details = { timeoutMs, stillRunning: false }
  return new HttpError(`${operation}: not done within ${timeoutMs} ms`, { code: 'ERR_TIMEOUT', operation, details })
}
