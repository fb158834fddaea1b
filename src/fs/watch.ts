import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { checkOptions, refusal } from './error.js'
import { native } from './native.js'
import { crossing, readPath, type PathLike } from './path.js'

/** In the order of the numbers that stand for them natively. */
const KINDS = ['created', 'changed', 'removed', 'overflow'] as const

/** Something that happened. */
export interface WatchEvent {
  /**
   * `'created'`: something came to be at that name, by a rename, too. `'changed'`: its content, or what the system knows of it.
   * `'removed'`: nothing is at that name any more. `'overflow'`: so much happened at once that events were lost; anything
   * below `path` may have changed.
   */
  readonly kind: (typeof KINDS)[number]
  /** Where: the path that is watched and, below it, the entry's. */
  readonly path: string
  /** The same path exactly, where it is no UTF-8. */
  readonly bytes?: Uint8Array
}

/** What is watched, and how. */
export interface WatchOptions {
  /** Also what is in the folders below. Default false. */
  recursive?: boolean | undefined
  /** Milliseconds in which what happens at one path becomes one event. 0 to 60,000. Default 50. */
  debounceMs?: number | undefined
  /** Stops watching; the loop over the events then throws the signal's reason. */
  signal?: AbortSignal | undefined
}

const LONGEST_DEBOUNCE = 60_000
/** A timer that holds the event loop and never fires. */
const FOREVER = 0x7fff_ffff

type Next = IteratorResult<WatchEvent, undefined>
interface Waiting {
  resolve: (next: Next) => void
  reject: (reason: unknown) => void
}

/**
 * What happens in a folder, as an async iterator. It watches from the moment `ready` resolves until it is left: by `break`,
 * `return()`, `dispose()`, or its signal. Meanwhile it holds the event loop, unless it was `unref`ed.
 *
 * What happens between two events that are taken out is held natively, once per path, at most 16,384 of them; beyond that, and
 * when the system has lost events, there is one event of kind `'overflow'`.
 */
export class Watcher implements AsyncIterableIterator<WatchEvent, undefined> {
  /** Resolves when it watches: what happens from then on is told. Rejects with what the system refuses, as `next` does. */
  readonly ready: Promise<void>
  readonly #native: NativeWatch
  readonly #hold = setInterval(() => undefined, FOREVER)
  readonly #signal: AbortSignal | undefined
  readonly #events: WatchEvent[] = []
  readonly #waiting: Waiting[] = []
  #failure: { reason: unknown } | undefined
  #ended = false
  /** There is something to be taken. */
  #isTold = false

  /** @internal */
  constructor(operation: string, path: string, options: WatchOptions) {
    const { recursive = false, debounceMs = 50, signal } = options
    boundary.asks(operation)
    try {
      // A root as long as it watches: a loop that waits is kept by nothing else.
      const wake = (): void => {
        this.#isTold = true
        if (this.#waiting.length > 0) this.#pull()
      }
      this.#native = new NativeWatch(operation, path, recursive, debounceMs, wake)
    } catch (error) {
      clearInterval(this.#hold)
      throw error
    }
    this.#signal = signal
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    this.ready = this.#native.start(signal)
    this.ready.catch((reason: unknown) => {
      this.#fail(reason)
    })
  }

  readonly #onAbort = (): void => {
    this.#fail(this.#signal?.reason)
  }

  /** The next event: at the end, when it was left, there is none. */
  next(): Promise<Next> {
    if (this.#events.length === 0 && this.#isTold) this.#pull()
    const value = this.#events.shift()
    if (value !== undefined) return Promise.resolve({ done: false, value })
    if (this.#failure !== undefined) {
      const { reason } = this.#failure
      this.#failure = undefined
      // The signal's own reason, whatever it is.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      return Promise.reject(reason)
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
    })
  }

  /** Leaves it: whoever waits for an event hears that there is none. */
  return(): Promise<Next> {
    this.dispose()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Lets it hold the event loop again. */
  ref(): this {
    this.#hold.ref()
    return this
  }

  /** Lets the process end although it watches. */
  unref(): this {
    this.#hold.unref()
    return this
  }

  /** Whether it holds the event loop now. */
  hasRef(): boolean {
    return !this.#ended && this.#hold.hasRef()
  }

  /** Whether it was left. */
  get isDisposed(): boolean {
    return this.#ended
  }

  /** Stops watching. Twice is fine. */
  dispose(): void {
    this.#end()
    this.#events.length = 0
    this.#failure = undefined
    for (const { resolve } of this.#waiting.splice(0)) resolve({ done: true, value: undefined })
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }

  /** The same as {@link dispose}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.dispose()
    return Promise.resolve()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Takes out what has happened, when somebody waits for it; else it stays where it is bounded. */
  #pull(): void {
    if (this.#ended) return
    this.#isTold = false
    try {
      for (const event of this.#native.take()) this.#events.push(event)
    } catch (error) {
      this.#fail(error)
    }
    while (this.#waiting.length > 0 && this.#events.length > 0) {
      this.#waiting.shift()?.resolve({ done: false, value: this.#events.shift() as WatchEvent })
    }
  }

  #fail(reason: unknown): void {
    if (this.#ended) return
    this.#end()
    const [first, ...others] = this.#waiting.splice(0)
    if (first === undefined) this.#failure = { reason }
    else first.reject(reason)
    for (const { resolve } of others) resolve({ done: true, value: undefined })
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    clearInterval(this.#hold)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#native.dispose()
  }
}

const LEFT = Symbol('left')

class NativeWatch extends NativeObject {
  readonly #operation: string
  readonly #leaving = new AbortController()

  constructor(operation: string, path: string, recursive: boolean, debounceMs: number, wake: () => void) {
    super(boundary, native.watchNew(path, recursive, debounceMs, boundary.callback(wake)))
    this.#operation = operation
  }

  async start(signal: AbortSignal | undefined): Promise<void> {
    const leaving = this.#leaving.signal
    const options: CallOptions = { signal: signal === undefined ? leaving : AbortSignal.any([signal, leaving]) }
    try {
      await boundary.call(this.#operation, options, (call) => {
        native.watchStart(call, this.handle)
      })
    } catch (error) {
      if (error !== LEFT) throw error
    }
  }

  take(): WatchEvent[] {
    boundary.asks(this.#operation)
    const [kinds, paths] = native.watchTake(this.handle)
    return paths.map((path, at) => ({ kind: KINDS[kinds[at] as number] as WatchEvent['kind'], ...readPath(path) }))
  }

  override dispose(): void {
    super.dispose()
    this.#leaving.abort(LEFT)
  }
}

/**
 * Watches a file or folder. A file is watched by its name: that it is replaced by another is told, and the watch goes on.
 *
 * How: inotify on Linux (a watch per folder; `ERR_FS_NO_SPACE` when the user has no more), FSEvents on macOS,
 * ReadDirectoryChangesW on Windows. Network file systems tell nothing of what others do.
 *
 * @throws FsError `ERR_FS_INVALID_PATH`, `ERR_INVALID_ARG_TYPE`; what the system refuses (`ERR_FS_NOT_FOUND`) arrives at
 *   `ready` and at the first event.
 *
 * @example
 * for await (const { kind, path } of watch('src', { recursive: true, signal })) console.log(kind, path)
 */
export function watch(path: PathLike, options: WatchOptions = {}): Watcher {
  const operation = 'fs.watch'
  checkOptions(operation, options)
  const { debounceMs = 50, signal } = options
  if (typeof debounceMs !== 'number' || !(debounceMs >= 0 && debounceMs <= LONGEST_DEBOUNCE)) {
    throw refusal(operation, 'options.debounceMs', `a number of milliseconds from 0 to ${LONGEST_DEBOUNCE}`, debounceMs)
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw refusal(operation, 'options.signal', 'an AbortSignal', signal)
  }
  signal?.throwIfAborted()
  return new Watcher(operation, crossing(operation, 'path', path), options)
}
