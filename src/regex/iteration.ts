import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import type { Kind } from './kind.js'
import type { Handle, Packed } from './native.js'

/** Up to this length all matches are found in one crossing; a native object would cost more than it saves. */
const SHORT = 4096

/** How many matches the first batch asks for: whoever leaves early has not paid for more. */
const FIRST_BATCH = 32

/** Numbers of a batch on this thread: what `boundary.scratch` holds. */
const SYNC_NUMBERS = 1024

/** Numbers of a batch from the pool, where a crossing costs more. */
const ASYNC_NUMBERS = 16_384

/** What to go over, and how. */
export interface Search<H, M, C> {
  readonly kind: Kind<H, M, C>
  /** What errors call it. */
  readonly operation: string
  readonly regex: NativeObject
  readonly handle: Handle
  readonly haystack: H & { readonly length: number }
  readonly from: number
  /** Numbers per match: 2, or 2 per group where groups are wanted. */
  readonly width: number
  readonly groups: boolean
  /** Matches wanted at most. */
  readonly limit: number
}

/** The native side of a long iteration: owns a copy of what is searched, and ends with its pattern. */
class Cursor extends NativeObject {
  constructor(regex: NativeObject, handle: Handle) {
    super(boundary, handle, regex)
  }

  get number(): Handle {
    return this.handle
  }
}

/** Offsets that stay: what arrived in the scratch array is copied before anything else can run. */
export function kept(packed: Packed): Uint32Array {
  return typeof packed === 'number' ? boundary.scratch.slice(0, packed) : packed
}

/** What both ways of fetching batches share. */
abstract class Batches<H, M, C> {
  protected cursor: Cursor | undefined
  protected ended = false
  #given = 0
  #size = FIRST_BATCH

  constructor(protected readonly search: Search<H, M, C>) {}

  /** Whether everything fits one call, which is then the only one. */
  protected get isShort(): boolean {
    return this.search.haystack.length <= SHORT && this.search.from === 0
  }

  protected open(): Cursor {
    const { kind, operation, regex, handle, haystack, from, groups } = this.search
    boundary.asks(operation)
    this.cursor ??= new Cursor(regex, kind.matchesNew(handle, haystack, from, groups))
    return this.cursor
  }

  /** How many matches to ask for next. */
  protected wanted(numbers: number): number {
    const { width, limit } = this.search
    return Math.min(this.#size, Math.max(1, Math.floor(numbers / width)), limit - this.#given)
  }

  /** Notes what came of it. */
  protected received(offsets: Uint32Array, wanted: number): void {
    const count = offsets.length / this.search.width
    this.#given += count
    this.#size *= 4
    if (count < wanted || this.#given >= this.search.limit) this.close()
  }

  /** Ends the native side; twice is fine. */
  close(): void {
    this.ended = true
    this.cursor?.dispose()
    this.cursor = undefined
  }
}

/** Batches found on this thread. */
export class SyncBatches<H, M, C> extends Batches<H, M, C> {
  /** Milliseconds of searching that are left; null for no end. */
  left: number | null

  constructor(search: Search<H, M, C>, timeoutMs: number | null) {
    super(search)
    this.left = timeoutMs
  }

  /** The next offsets, or null at the end. */
  next(): Uint32Array | null {
    if (this.ended) return null
    try {
      const started = this.left === null ? 0 : performance.now()
      const offsets = this.isShort ? this.#all() : this.#some()
      if (this.left !== null) this.left = Math.max(0, this.left - (performance.now() - started))
      return offsets
    } catch (error) {
      this.close()
      throw error
    }
  }

  #all(): Uint32Array {
    const { kind, operation, handle, haystack, groups, limit } = this.search
    this.ended = true
    boundary.asks(operation)
    return kept(kind.findAllTaskSync(this.left, handle, haystack, groups, limit === Infinity ? null : limit))
  }

  #some(): Uint32Array {
    const cursor = this.open()
    const wanted = this.wanted(SYNC_NUMBERS)
    boundary.asks(this.search.operation)
    const offsets = kept(this.search.kind.matchesNextTaskSync(this.left, cursor.number, wanted))
    this.received(offsets, wanted)
    return offsets
  }
}

/** Batches found on the pool. */
export class AsyncBatches<H, M, C> extends Batches<H, M, C> {
  /** Milliseconds of searching that are left; undefined for no end. */
  left: number | undefined
  readonly #signal: AbortSignal | undefined

  constructor(search: Search<H, M, C>, options: CallOptions | undefined) {
    super(search)
    this.left = options?.timeoutMs
    this.#signal = options?.signal
  }

  /** The next offsets, or null at the end. */
  async next(): Promise<Uint32Array | null> {
    if (this.ended) return null
    try {
      const started = performance.now()
      const options = { signal: this.#signal, timeoutMs: this.left }
      const offsets = await (this.isShort ? this.#all(options) : this.#some(options))
      if (this.left !== undefined) this.left = Math.max(0, this.left - (performance.now() - started))
      return offsets
    } catch (error) {
      this.close()
      throw error
    }
  }

  async #all(options: CallOptions): Promise<Uint32Array> {
    const { kind, operation, handle, haystack, groups, limit } = this.search
    const offsets = await boundary.call<Uint32Array>(operation, options, (call) => {
      kind.findAllTask(call, handle, haystack, groups, limit === Infinity ? null : limit)
    })
    this.ended = true
    return offsets
  }

  async #some(options: CallOptions): Promise<Uint32Array> {
    const cursor = this.open()
    const { kind, operation } = this.search
    const wanted = this.wanted(ASYNC_NUMBERS)
    const offsets = await boundary.call<Uint32Array>(operation, options, (call) => {
      kind.matchesNextTask(call, cursor.number, wanted)
    })
    this.received(offsets, wanted)
    return offsets
  }
}

/** Where an iteration gets its batches. */
interface Source<Batch> {
  next: () => Batch
  close: () => void
}

/** How one match is made of its offsets. */
export type Read<T> = (offsets: Uint32Array, at: number) => T

/**
 * Matches one by one, found in batches as they are asked for. Leaving a `for` early, reaching the end, an error and
 * `using` each end the native side.
 */
export class MatchIterator<T> implements IterableIterator<T, undefined>, Disposable {
  readonly #batches: Source<Uint32Array | null>
  readonly #width: number
  readonly #read: Read<T>
  #offsets: Uint32Array | null = null
  #at = 0

  /** @internal */
  constructor(batches: Source<Uint32Array | null>, width: number, read: Read<T>) {
    this.#batches = batches
    this.#width = width
    this.#read = read
  }

  next(): IteratorResult<T, undefined> {
    while (this.#offsets === null || this.#at >= this.#offsets.length) {
      this.#offsets = this.#batches.next()
      this.#at = 0
      if (this.#offsets === null) return { done: true, value: undefined }
    }
    const value = this.#read(this.#offsets, this.#at)
    this.#at += this.#width
    return { done: false, value }
  }

  return(): IteratorResult<T, undefined> {
    this.#batches.close()
    this.#offsets = null
    return { done: true, value: undefined }
  }

  [Symbol.iterator](): this {
    return this
  }

  [Symbol.dispose](): void {
    this.return()
  }
}

/** The same from the pool, for `for await`; the event loop breathes between batches. */
export class AsyncMatchIterator<T> implements AsyncIterableIterator<T, undefined>, AsyncDisposable {
  readonly #matches: AsyncGenerator<T, undefined, undefined>

  /** @internal */
  constructor(batches: Source<Promise<Uint32Array | null>>, width: number, read: Read<T>) {
    this.#matches = generate(batches, width, read)
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return this.#matches.next()
  }

  return(): Promise<IteratorResult<T, undefined>> {
    return this.#matches.return(undefined)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}

async function* generate<T>(
  batches: Source<Promise<Uint32Array | null>>,
  width: number,
  read: Read<T>,
): AsyncGenerator<T, undefined, undefined> {
  try {
    for (;;) {
      const offsets = await batches.next()
      if (offsets === null) return undefined
      for (let at = 0; at < offsets.length; at += width) yield read(offsets, at)
    }
  } finally {
    batches.close()
  }
}
