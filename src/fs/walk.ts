import { boundary } from '../addon.js'
import { NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions, errorFrom, refusal, type FsError } from './error.js'
import { native, type EntriesTuple, type WalkFlag } from './native.js'
import { crossing, readPath, type PathLike } from './path.js'
import type { EntryKind } from './stat.js'

/** In the order of the numbers that stand for them natively. */
const KINDS: readonly EntryKind[] = ['file', 'folder', 'link', 'other']

/** Something in a folder. */
export class Entry {
  constructor(
    /** Where it is, from the folder that was listed, with `/` between names. What is no UTF-8 in it is U+FFFD. */
    readonly path: string,
    /** What it is itself; with `followLinks` what a link leads to. */
    readonly kind: EntryKind,
    /** The same path exactly, where it is no UTF-8; otherwise undefined. */
    readonly bytes?: Uint8Array,
  ) {}

  /** Its name, without the folders above it. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1)
  }
}

/** What of a folder is told. */
export interface ListOptions {
  /** Only entries of these kinds. Default: all. */
  kinds?: readonly EntryKind[] | undefined
  /** In the order of their names (of their bytes), folder by folder. Default false: as the system gives them. */
  sorted?: boolean | undefined
  /**
   * Patterns of which an entry's path must match one: `*` within a name, `**` across folders, `?`, `[a-z]`, `{a,b}`. Default:
   * every entry.
   */
  include?: string | readonly string[] | undefined
  /** Patterns of what is left out; folders they match are not gone into. */
  exclude?: string | readonly string[] | undefined
}

/** Where a walk goes. */
export interface WalkOptions extends ListOptions {
  /** How many folders deep: 1 is the folder itself. Default: all. */
  maxDepth?: number | undefined
  /**
   * Goes into folders that links lead to, and tells links as what they lead to. A link that leads in a circle, or nowhere,
   * stays a link. Default false.
   */
  followLinks?: boolean | undefined
  /** Leaves out what `.gitignore` and `.ignore` files on the way name. Default false. */
  ignoreFiles?: boolean | undefined
  /**
   * What becomes of a folder that cannot be read: with `'throw'` it ends the walk, with `'collect'` its error goes into `errors`
   * and the walk goes on. The first folder always throws. Default `'throw'`.
   */
  onError?: 'throw' | 'collect' | undefined
}

/** Entries of one crossing: few at first, so that nothing is read for nothing, then more. */
const FIRST = 64
const MOST = 1024

class Batches extends NativeObject {
  readonly operation: string
  readonly errors: FsError[] = []
  readonly #leaving = new AbortController()
  #size = FIRST
  #ended = false

  constructor(operation: string, root: string, options: WalkOptions) {
    const { maxDepth = null, include, exclude, kinds } = options
    const patterns = [patternsOf(operation, 'include', include), patternsOf(operation, 'exclude', exclude)] as const
    const [mask, flags] = [maskOf(operation, kinds), flagsOf(operation, options)]
    boundary.asks(operation)
    super(boundary, native.walkNew(root, maxDepth, ...patterns, mask, flags))
    this.operation = operation
  }

  /** Null at the end. */
  async next(options: CallOptions, size = this.#grown()): Promise<Entry[] | null> {
    if (this.#ended) return null
    const leaving = this.#leaving.signal
    const signal = options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving])
    try {
      const crossed = boundary.call<EntriesTuple>(this.operation, { signal, timeoutMs: options.timeoutMs }, (call) => {
        native.walkNext(call, this.handle, size)
      })
      return this.#read(await crossed)
    } catch (error) {
      this.dispose()
      if (error === LEFT) return null
      throw error
    }
  }

  nextSync(deadline: number | null): Entry[] | null {
    if (this.#ended) return null
    try {
      boundary.asks(this.operation)
      return this.#read(native.walkNextSync(deadline, this.handle, this.#grown()))
    } catch (error) {
      this.dispose()
      throw error
    }
  }

  #grown(): number {
    const size = this.#size
    this.#size = Math.min(MOST, size * 2)
    return size
  }

  #read([paths, kinds, errors, ended]: EntriesTuple): Entry[] {
    if (ended) this.dispose()
    for (const facts of errors) this.errors.push(errorFrom(this.operation, facts))
    const entries: Entry[] = new Array<Entry>(paths.length)
    for (let at = 0; at < paths.length; at += 1) {
      const [text, kind] = [paths[at] as string, KINDS[kinds[at] as number] as EntryKind]
      if (text.includes('\0')) {
        const { path, bytes } = readPath(text)
        entries[at] = new Entry(path, kind, bytes)
      } else entries[at] = new Entry(text, kind)
    }
    return entries
  }

  override dispose(): void {
    this.#ended = true
    super.dispose()
    this.#leaving.abort(LEFT)
  }
}

const LEFT = Symbol('left')

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

function patternsOf(operation: string, name: string, given: unknown): readonly string[] {
  if (given === undefined) return []
  const patterns: unknown = typeof given === 'string' ? [given] : given
  if (Array.isArray(patterns) && patterns.every((pattern) => typeof pattern === 'string')) return patterns
  throw refusal(operation, `options.${name}`, 'a pattern or an array of patterns', given)
}

function maskOf(operation: string, kinds: readonly EntryKind[] | undefined): number {
  if (kinds === undefined) return 0b1111
  if (!Array.isArray(kinds)) throw refusal(operation, 'options.kinds', 'an array of kinds', kinds)
  let mask = 0
  for (const kind of kinds as readonly EntryKind[]) {
    const at = KINDS.indexOf(kind)
    if (at < 0) throw refusal(operation, 'options.kinds', `an array of ${KINDS.join(', ')}`, kind)
    mask |= 1 << at
  }
  return mask
}

function flagsOf(operation: string, options: WalkOptions): WalkFlag[] {
  const onError: unknown = options.onError
  if (onError !== undefined && onError !== 'throw' && onError !== 'collect') {
    throw refusal(operation, 'options.onError', "'throw' or 'collect'", onError)
  }
  const flags: WalkFlag[] = onError === 'collect' ? ['collectErrors'] : []
  for (const name of ['sorted', 'followLinks', 'ignoreFiles'] as const) {
    const value: unknown = options[name]
    if (value !== undefined && typeof value !== 'boolean')
      throw refusal(operation, `options.${name}`, 'a boolean', value)
    if (value === true) flags.push(name)
  }
  return flags
}
