import type { Boundary } from './attach.js'
import { checkedTimeout, type CallOptions } from './calls.js'
import { invalidArgument } from './errors.js'
import { NativeObject } from './object.js'

/** Items that come with the one that was asked for, when they are ready. */
const MOST = 64

/** Where a stream of native code comes from: `N` is an item as it crosses, `T` as users see it. */
export interface ItemSource<N, T> {
  /** As errors name it: `clock.ticks`. */
  operation: string
  /** Starts to pull: the next item and those that are ready behind it, at most `max`; null at the end. */
  pull: (call: number, items: number, max: number) => void
  read: (item: N) => T
}

type Pull<T> = () => Promise<readonly T[] | null>

/** What ends a pull that nobody waits for any more. */
const LEFT = Symbol('left')

/**
 * A stream of native code as an async iterator. Nothing is fetched before it is asked for, so a slow consumer holds the producer
 * back; items that are ready come in batches of up to 64.
 *
 * The native stream ends with its last item, with the first error, when a `for await` is left, when the object is disposed, and,
 * as a safety net, some time after nothing refers to it any more. A signal ends it at the next pull; a deadline is for each pull.
 */
export class ItemStream<T> extends NativeObject implements AsyncIterableIterator<T> {
  readonly #pull: Pull<T>
  readonly #leaving = new AbortController()
  #ready: Iterator<T> | undefined
  /** Pulls are made one after the other, however often `next` is called meanwhile. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(boundary: Boundary, items: number, pullFor: (stream: ItemStream<T>) => Pull<T>) {
    super(boundary, items)
    this.#pull = pullFor(this)
  }

  /**
   * @param begin makes the native stream, within the milliseconds it is given.
   * @throws FerruleError what `begin` throws; the signal's reason when it fired already: then nothing begins.
   */
  static begin<N, T>(
    boundary: Boundary,
    source: ItemSource<N, T>,
    options: CallOptions | undefined,
    begin: (timeoutMs: number | null) => number,
  ): ItemStream<T> {
    signalOf(source.operation, options)?.throwIfAborted()
    const timeoutMs = checkedTimeout(source.operation, options?.timeoutMs)
    return ItemStream.of(boundary, source, options, begin(timeoutMs))
  }

  /** Over a native stream that is there. */
  static of<N, T>(
    boundary: Boundary,
    source: ItemSource<N, T>,
    options: CallOptions | undefined,
    items: number,
  ): ItemStream<T> {
    const { operation, pull, read } = source
    const signal = signalOf(operation, options)
    return new ItemStream<T>(boundary, items, (stream) => {
      const leaving = stream.#leaving.signal
      const each = { signal: signal ? AbortSignal.any([signal, leaving]) : leaving, timeoutMs: options?.timeoutMs }
      return async () => {
        const batch = await boundary.call<readonly N[] | null>(operation, each, (call) => {
          pull(call, stream.handle, MOST)
        })
        return batch === null ? null : batch.map(read)
      }
    })
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const turn = this.#last.then(() => this.#take())
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #take(): Promise<IteratorResult<T, undefined>> {
    while (!this.isDisposed) {
      const item = this.#ready?.next()
      if (item?.done === false) return item
      try {
        const batch = await this.#pull()
        if (batch === null) this.dispose()
        else this.#ready = batch[Symbol.iterator]()
      } catch (error) {
        this.dispose()
        if (error !== LEFT) throw error
      }
    }
    return { done: true, value: undefined }
  }

  /** Leaves the stream: whoever waits for an item hears that there is none. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.dispose()
    return Promise.resolve({ done: true, value: undefined })
  }

  override dispose(): void {
    super.dispose()
    this.#ready = undefined
    this.#leaving.abort(LEFT)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.dispose()
    return Promise.resolve()
  }
}

function signalOf(operation: string, options: CallOptions | undefined): AbortSignal | undefined {
  if (options !== undefined && (typeof options !== 'object' || (options as unknown) === null)) {
    throw invalidArgument(operation, 'options', 'an object with signal and timeoutMs', options)
  }
  const signal = (options?.signal as AbortSignal | null | undefined) ?? undefined
  if (signal === undefined || signal instanceof AbortSignal) return signal
  throw invalidArgument(operation, 'options.signal', 'an AbortSignal', signal)
}
