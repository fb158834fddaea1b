import type { CallOptions } from '../boundary/index.js'

/**
 * The signal and deadline of work that is done in several calls, and that waits for its caller's own promises in between: time
 * counts from its start, whoever spends it.
 */
export class Limits {
  readonly #timeoutMs: number | undefined
  readonly #signal: AbortSignal | undefined
  readonly #timeout: (timeoutMs: number) => Error
  readonly #started = performance.now()

  /** @param timeout makes the error for a deadline that has passed. */
  constructor({ timeoutMs, signal }: CallOptions, timeout: (timeoutMs: number) => Error) {
    this.#timeoutMs = timeoutMs === Infinity ? undefined : timeoutMs
    this.#signal = signal
    this.#timeout = timeout
  }

  /** Milliseconds left, 0 when there are none; undefined without a deadline. */
  get left(): number | undefined {
    if (this.#timeoutMs === undefined) return undefined
    return Math.max(0, this.#timeoutMs - (performance.now() - this.#started))
  }

  /** For the next call. */
  get options(): CallOptions {
    return { signal: this.#signal, timeoutMs: this.left }
  }

  /** @throws the signal's own reason, or the error for a deadline. */
  check(): void {
    if (this.#signal?.aborted === true) throw this.#signal.reason
    if (this.#timeoutMs !== undefined && this.left === 0) throw this.#timeout(this.#timeoutMs)
  }

  /** Waits for a promise, but no longer than the limits allow. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    const [signal, { left }] = [this.#signal, this]
    if (signal === undefined && left === undefined) return promise
    // Whoever is left waiting must not be an unhandled rejection.
    promise.catch(() => undefined)
    this.check()
    let stop: (() => void) | undefined
    let timer: NodeJS.Timeout | undefined
    const stopped = new Promise<undefined>((resolve) => {
      stop = () => resolve(undefined)
      signal?.addEventListener('abort', stop, { once: true })
      if (left !== undefined) timer = setTimeout(stop, left)
    })
    try {
      const first = await Promise.race([promise.then((value) => ({ value })), stopped])
      if (first !== undefined) return first.value
      if (signal?.aborted === true) throw signal.reason
      throw this.#timeout(this.#timeoutMs ?? 0)
    } finally {
      clearTimeout(timer)
      if (stop !== undefined) signal?.removeEventListener('abort', stop)
    }
  }

  /** The pieces of a source, each waited for no longer than the limits allow. However it ends, the source is told. */
  async *each<T>(pieces: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
    let ended = false
    try {
      for (;;) {
        const { done, value } = await this.wait(pieces.next())
        if (done === true) {
          ended = true
          return
        }
        yield value
      }
    } catch (error) {
      ended = true
      // Not awaited: a source that does not answer cannot be told either before it does.
      void pieces.return().catch(() => undefined)
      throw error
    } finally {
      if (!ended) await pieces.return()
    }
  }
}
