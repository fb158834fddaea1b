import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions, type FsError } from './error.js'
import { crossing, type PathLike } from './path.js'
import { Batches, type Entry, type ListOptions, type WalkOptions } from './walk-batches.js'

/**
 * Entries as they are asked for: a slow loop holds the walk back, and no more than a batch is held. It can be gone through once.
 * Leaving the loop, the end, an error and `dispose()` close it.
 */
export class EntryStream implements AsyncIterableIterator<Entry, undefined> {
  readonly #batches: Batches
  readonly #options: CallOptions
  #ready: readonly Entry[] = []
  #at = 0
  #last: Promise<unknown> = Promise.resolve()

  /** @internal */
  constructor(operation: string, root: string, options: CallOptions & WalkOptions) {
    this.#batches = new Batches(operation, root, options)
    this.#options = options
  }

  /** What could not be read so far, with `onError: 'collect'`. */
  get errors(): readonly FsError[] {
    return this.#batches.errors
  }

  /** The next entry. */
  next(): Promise<IteratorResult<Entry, undefined>> {
    if (this.#at < this.#ready.length && this.#options.signal?.aborted !== true) {
      return Promise.resolve({ done: false, value: this.#ready[this.#at++] as Entry })
    }
    const turn = this.#last.then(() => this.#take())
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #take(): Promise<IteratorResult<Entry, undefined>> {
    this.#checkSignal()
    while (this.#at >= this.#ready.length) {
      const batch = await this.#batches.next(this.#options)
      if (batch === null) return { done: true, value: undefined }
      this.#ready = batch
      this.#at = 0
    }
    return { done: false, value: this.#ready[this.#at++] as Entry }
  }

  /** What was read before the signal fired is not told any more. */
  #checkSignal(): void {
    const { signal } = this.#options
    if (signal?.aborted !== true || this.#at >= this.#ready.length) return
    this.dispose()
    throw signal.reason
  }

  /** All entries that are left. */
  async toArray(): Promise<Entry[]> {
    this.#checkSignal()
    const all = this.#ready.slice(this.#at)
    this.#at = this.#ready.length
    for (;;) {
      const batch = await this.#batches.next(this.#options)
      if (batch === null) return all
      for (const entry of batch) all.push(entry)
    }
  }

  /** Leaves it. */
  return(): Promise<IteratorResult<Entry, undefined>> {
    this.dispose()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Ends it. Twice is fine. */
  dispose(): void {
    this.#ready = []
    this.#at = 0
    this.#batches.dispose()
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
}

/** {@link EntryStream} on this thread. */
export class EntryIterator implements IterableIterator<Entry, undefined> {
  readonly #batches: Batches
  readonly #deadline: number | null
  #ready: readonly Entry[] = []
  #at = 0

  /** @internal */
  constructor(operation: string, root: string, options: SyncCallOptions & WalkOptions) {
    this.#deadline = deadlineOf(operation, options)
    this.#batches = new Batches(operation, root, options)
  }

  /** What could not be read so far, with `onError: 'collect'`. */
  get errors(): readonly FsError[] {
    return this.#batches.errors
  }

  /** The next entry. */
  next(): IteratorResult<Entry, undefined> {
    while (this.#at >= this.#ready.length) {
      const batch = this.#batches.nextSync(this.#deadline)
      if (batch === null) return { done: true, value: undefined }
      this.#ready = batch
      this.#at = 0
    }
    return { done: false, value: this.#ready[this.#at++] as Entry }
  }

  /** Leaves it. */
  return(): IteratorResult<Entry, undefined> {
    this.dispose()
    return { done: true, value: undefined }
  }

  [Symbol.iterator](): this {
    return this
  }

  /** Ends it. Twice is fine. */
  dispose(): void {
    this.#ready = []
    this.#at = 0
    this.#batches.dispose()
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }
}

/**
 * What is in a folder. `signal` stops it, `timeoutMs` is for each batch that is read. Errors arrive where it is gone through.
 *
 * @throws FsError `ERR_FS_NOT_FOUND`, `ERR_FS_NOT_FOLDER`, `ERR_FS_PERMISSION`, `ERR_FS_PATTERN` and the other codes of
 *   {@link FsError}.
 *
 * @example
 * for await (const { name, kind } of list('.')) console.log(kind, name)
 * const files = await list('.', { kinds: ['file'], sorted: true }).toArray()
 */
export function list(path: PathLike, options: CallOptions & ListOptions = {}): EntryStream {
  checkOptions('fs.list', options)
  return new EntryStream('fs.list', crossing('fs.list', 'path', path), { ...options, maxDepth: 1 })
}

/** {@link list} on this thread; `timeoutMs` is for each batch. */
export function listSync(path: PathLike, options: SyncCallOptions & ListOptions = {}): EntryIterator {
  checkOptions('fs.listSync', options)
  return new EntryIterator('fs.listSync', crossing('fs.listSync', 'path', path), { ...options, maxDepth: 1 })
}

/**
 * What is in a folder and in those below it, a folder before what is in it; the folder itself is not told. Otherwise as
 * {@link list}.
 *
 * @example
 * for await (const { path } of walk('src', { include: '**' + '/*.ts', exclude: 'node_modules' })) console.log(path)
 */
export function walk(path: PathLike, options: CallOptions & WalkOptions = {}): EntryStream {
  checkOptions('fs.walk', options)
  return new EntryStream('fs.walk', crossing('fs.walk', 'path', path), options)
}

/** {@link walk} on this thread; `timeoutMs` is for each batch. */
export function walkSync(path: PathLike, options: SyncCallOptions & WalkOptions = {}): EntryIterator {
  checkOptions('fs.walkSync', options)
  return new EntryIterator('fs.walkSync', crossing('fs.walkSync', 'path', path), options)
}
