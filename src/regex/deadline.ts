import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { refusal, timeout } from './error.js'

/** Refuses what is no options object: `matches(text, 5)` must not mean `matches(text)`. */
export function checkOptions(operation: string, options: object | undefined): void {
  if (options === undefined || (typeof options === 'object' && (options as unknown) !== null)) return
  throw refusal(operation, 'options', 'an object', options)
}

/** A Sync door's deadline as the native half takes it: null for none. */
export function deadlineOf(operation: string, options: SyncCallOptions | undefined): number | null {
  checkOptions(operation, options)
  const timeoutMs = options?.timeoutMs
  return timeoutMs === undefined || timeoutMs === Infinity ? null : timeoutMs
}

/**
 * The deadline and signal of a call that runs functions of its caller: time counts from its start, whoever spends it.
 * The values themselves are checked by the native calls in between.
 */
export class Limits {
  readonly #operation: string
  readonly #timeoutMs: number | undefined
  readonly #signal: AbortSignal | undefined
  readonly #started = performance.now()

  constructor(operation: string, { timeoutMs, signal }: CallOptions) {
    this.#operation = operation
    this.#timeoutMs = timeoutMs === Infinity ? undefined : timeoutMs
    this.#signal = signal
  }

  /** Milliseconds left, 0 when there are none; undefined without a deadline. */
  get left(): number | undefined {
    if (this.#timeoutMs === undefined) return undefined
    const left = this.#timeoutMs - (performance.now() - this.#started)
    return left < 0 ? 0 : left
  }

  /** @throws the signal's own reason, or `ERR_TIMEOUT`. */
  check(): void {
    if (this.#signal?.aborted === true) throw this.#signal.reason
    if (this.#timeoutMs !== undefined && this.left === 0) throw timeout(this.#operation, this.#timeoutMs)
  }

  /** Waits for the caller's own promise, but no longer than the limits allow. */
  async wait<T>(promise: PromiseLike<T>): Promise<T> {
    const signal = this.#signal
    const { left } = this
    if (signal === undefined && left === undefined) return promise
    let stop: (() => void) | undefined
    let timer: NodeJS.Timeout | undefined
    const stopped = new Promise<undefined>((resolve) => {
      stop = () => resolve(undefined)
      signal?.addEventListener('abort', stop, { once: true })
      if (left !== undefined) timer = setTimeout(stop, left)
    })
    try {
      const done = Promise.resolve(promise).then((value) => ({ value }))
      const first = await Promise.race([done, stopped])
      if (first !== undefined) return first.value
      this.check()
      // The timer was early by a fraction of a millisecond.
      throw timeout(this.#operation, this.#timeoutMs ?? 0)
    } finally {
      clearTimeout(timer)
      if (stop !== undefined) signal?.removeEventListener('abort', stop)
    }
  }
}
