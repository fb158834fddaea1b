import { boundary } from '../addon.js'
import { crossing, isFerruleError, NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { refusal } from './error.js'
import { native, type Handle } from './native.js'

export interface QueueOptions {
  /** Items it holds at most: 1 to 16,777,216. Default 1,024. */
  readonly capacity?: number
  /** Bytes of all its items together: 1 to 4,294,967,295. Default 64 MiB. */
  readonly maxBytes?: number
}

const CAPACITY = 1024
const MAX_BYTES = 64 * 1024 * 1024

/**
 * A bounded queue of bytes, from any number of threads to any number of threads of this process: first in, first out. Another thread
 * opens it by its {@link id}; it lives as long as anybody has it open. Those who wait are not served in turn: whoever asks first after
 * a change gets it.
 *
 * Errors: `ERR_CONCURRENCY_FULL`, `ERR_CONCURRENCY_CLOSED`, `ERR_CONCURRENCY_UNKNOWN` for {@link open}, `ERR_OUT_OF_RANGE` for an item
 * that is larger than the whole queue or an option outside its range, `ERR_TIMEOUT`, `ERR_HANDLE_CLOSED` after `dispose()`.
 *
 * @example
 * const queue = new Queue({ capacity: 100 })
 * const worker = new Worker('./worker.js', { workerData: queue.id }) // there: Queue.open(workerData)
 * queue.push('work')
 */
export class Queue extends NativeObject {
  /** @throws ConcurrencyError `ERR_OUT_OF_RANGE` */
  constructor(options?: QueueOptions)
  constructor(options?: QueueOptions, opened?: Handle) {
    super(boundary, opened ?? created(options))
  }

  /** The queue of that id, which another thread may have made. */
  static open(id: number): Queue {
    const handle = native.queueOpen(id)
    return new (Queue as new (options: undefined, opened: Handle) => Queue)(undefined, handle)
  }

  /** What {@link open} finds it by, in this process. */
  get id(): number {
    return native.queueId(this.handle)
  }

  /** Adds a copy of bytes, or text as UTF-8, behind everything else, if there is room. */
  push(data: Uint8Array | string): void {
    boundary.asks('concurrency.Queue.push')
    native.queuePush(this.handle, crossing(data))
  }

  /** {@link push}, once there is room. A stopped call has added nothing. */
  async pushWaiting(data: Uint8Array | string, options?: CallOptions): Promise<void> {
    const operation = 'concurrency.Queue.pushWaiting'
    // The caller may change its bytes while this waits.
    const item = typeof data === 'string' ? Buffer.from(data) : owned(operation, data)
    for (const left of remaining(options)) {
      await boundary.call(operation, left, (call) => {
        native.queueRoom(call, this.handle, item.length)
      })
      if (this.#pushed(operation, item)) return
    }
  }

  /** {@link pushWaiting}, blocking this thread. */
  pushWaitingSync(data: Uint8Array | string, options?: SyncCallOptions): void {
    const operation = 'concurrency.Queue.pushWaitingSync'
    const item = typeof data === 'string' ? Buffer.from(data) : owned(operation, data)
    for (const { timeoutMs } of remaining(options)) {
      boundary.asks(operation)
      native.queueRoomSync(timeoutMs ?? null, this.handle, item.length)
      if (this.#pushed(operation, item)) return
    }
  }

  /** Takes the oldest item; null when there is none. */
  pop(): Bytes | null {
    return this.#popped('concurrency.Queue.pop')
  }

  /** {@link pop}, once there is something; null when the queue is closed and empty. A stopped call has taken nothing. */
  async popWaiting(options?: CallOptions): Promise<Bytes | null> {
    const operation = 'concurrency.Queue.popWaiting'
    for (const left of remaining(options)) {
      const isReady = await boundary.call<boolean>(operation, left, (call) => {
        native.queueReady(call, this.handle)
      })
      const item = this.#popped(operation)
      // Another thread may have been quicker.
      if (item !== null || !isReady) return item
    }
    return null
  }

  /** {@link popWaiting}, blocking this thread. */
  popWaitingSync(options?: SyncCallOptions): Bytes | null {
    const operation = 'concurrency.Queue.popWaitingSync'
    for (const { timeoutMs } of remaining(options)) {
      boundary.asks(operation)
      const isReady = native.queueReadySync(timeoutMs ?? null, this.handle)
      const item = this.#popped(operation)
      if (item !== null || !isReady) return item
    }
    return null
  }

  /** Whether there is nothing to take. */
  get isEmpty(): boolean {
    return native.queueIsEmpty(this.handle)
  }

  /** How many items there are to take. */
  get length(): number {
    return native.queueLength(this.handle)
  }

  /** Whether it takes nothing any more. */
  get isClosed(): boolean {
    return native.queueIsClosed(this.handle)
  }

  /** Takes nothing any more, from no thread; what is in it can still be taken. Whoever waits is told. Twice is fine. */
  close(): void {
    native.queueClose(this.handle)
  }

  /** Everything that comes, until the queue is closed and empty. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Bytes, void, undefined> {
    for (;;) {
      const item = await this.popWaiting()
      if (item === null) return
      yield item
    }
  }

  /** Lets go of the queue; what waits here ends with `ERR_HANDLE_CLOSED`. Others keep it. */
  override dispose(): void {
    if (!this.isDisposed) native.queueLeave(this.handle)
    super.dispose()
  }

  #popped(operation: string): Bytes | null {
    boundary.asks(operation)
    return native.queuePop(this.handle) as Bytes | null
  }

  /** Whether it went in; not when another thread was quicker. */
  #pushed(operation: string, item: Uint8Array): boolean {
    try {
      boundary.asks(operation)
      native.queuePush(this.handle, item)
      return true
    } catch (error) {
      if (isFerruleError(error) && error.code === 'ERR_CONCURRENCY_FULL') return false
      throw error
    }
  }
}

function created(options: QueueOptions | undefined): Handle {
  const isGiven = typeof options === 'object' && (options as object | null) !== null
  if (options !== undefined && !isGiven) throw refusal('concurrency.Queue', 'options', 'an object', options)
  return native.queueNew(options?.capacity ?? CAPACITY, options?.maxBytes ?? MAX_BYTES)
}

function owned(operation: string, data: Uint8Array): Uint8Array {
  if (!(data instanceof Uint8Array)) throw refusal(operation, 'item', 'a Uint8Array or a string', data)
  return data.slice()
}

/** The options of each further attempt: as given, with the time that is left. */
function* remaining<Options extends SyncCallOptions>(options: Options | undefined): Generator<Partial<Options>, void> {
  const begun = performance.now()
  yield options ?? {}
  const timeoutMs = options?.timeoutMs
  for (;;) {
    if (timeoutMs === undefined) yield options ?? {}
    else
      yield {
        ...options,
        timeoutMs: Math.max(0, timeoutMs - (performance.now() - begun)),
      } as Partial<Options>
  }
}
