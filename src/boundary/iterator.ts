import type { Boundary } from './attach.js'
import { isFerruleError } from './errors.js'
import { NativeObject } from './object.js'

/** The most items of one batch. */
const MOST = 256

/**
 * An iterator whose items native code makes when they are asked for: one that never ends is fine. Each crossing reads a batch,
 * twice as large as the one before, so no more than half of what was read is ever for nothing.
 *
 * `break`, `return` and a throw inside `for…of` dispose it. Where an item is an error, `next` throws it and may be called again;
 * after a panic there are no more items.
 */
export abstract class NativeIterator<T> extends NativeObject implements IterableIterator<T> {
  /** The last batch; those before `#at` were handed out. */
  #read: readonly T[] = []
  #at = 0
  #most = 1
  /** Native code said that there are no more. */
  #hasEnded = false
  /** Nobody gets an item any more. */
  #isDone = false

  /**
   * How far it reads ahead: `freely` where nothing but its items can be seen of it; `rewinding` where native code takes back what
   * was not handed out before anything else is done with the object; `never` where it can do neither. One that is read freely is
   * disposed when there are no more items.
   */
  protected abstract readonly ahead: 'freely' | 'rewinding' | 'never'

  /** Up to `most` items after the last `unread` of the batch before were taken back, and whether there are no more. */
  protected abstract pull(
    handle: number,
    unread: number,
    most: number,
  ): readonly [items: readonly T[], hasEnded: boolean]

  /** The object's number: asked for when something else is done with it than reading the next item. */
  protected override get handle(): number {
    const unread = this.#read.length - this.#at
    if (unread > 0 && this.ahead === 'rewinding' && !this.isDisposed) {
      this.pull(super.handle, unread, 0)
      this.#forget()
      this.#hasEnded = false
    }
    return super.handle
  }

  /** The next item. */
  next(): IteratorResult<T, undefined> {
    if (this.#isDone) return { done: true, value: undefined }
    // Refused by native code, in the words that every object has.
    if (this.isDisposed) this.pull(super.handle, 0, 1)
    if (this.#at === this.#read.length && !this.#hasEnded) this.#fill()
    if (this.#at < this.#read.length) return { done: false, value: this.#read[this.#at++] as T }
    this.#isDone = true
    if (this.ahead === 'freely') this.dispose()
    return { done: true, value: undefined }
  }

  /** Ends the iterator and disposes it: what leaving a `for…of` early does. */
  return(): IteratorResult<T, undefined> {
    this.#isDone = true
    this.dispose()
    return { done: true, value: undefined }
  }

  [Symbol.iterator](): this {
    return this
  }

  override dispose(): void {
    this.#forget()
    super.dispose()
  }

  /** What is last when native code had `item` left at the end: that, or the last that was read ahead. */
  protected last(item: T | null): T | null {
    if (item !== null || this.#at === this.#read.length) return item
    const last = this.#read[this.#read.length - 1] as T
    this.#read = this.#read.slice(this.#at, -1)
    this.#at = 0
    return last
  }

  #fill(): void {
    const most = this.ahead === 'never' ? 1 : this.#most
    try {
      const [items, hasEnded] = this.pull(super.handle, 0, most)
      this.#read = items
      this.#at = 0
      this.#hasEnded = hasEnded
      this.#most = Math.min(MOST, Math.max(1, items.length) * 2)
    } catch (error) {
      this.#forget()
      if (isFerruleError(error) && error.code === 'ERR_PANIC') this.return()
      throw error
    }
  }

  #forget(): void {
    this.#read = []
    this.#at = 0
  }
}

/** An iterator without a class of its own: `pull` reads it. */
export class ItemIterator<T> extends NativeIterator<T> {
  readonly #pull: (handle: number, most: number) => readonly [items: readonly T[], hasEnded: boolean]

  /** @param handle what a native export returned. */
  constructor(
    boundary: Boundary,
    handle: number,
    pull: (handle: number, most: number) => readonly [items: readonly T[], hasEnded: boolean],
  ) {
    super(boundary, handle)
    this.#pull = pull
  }

  protected override get ahead(): 'freely' {
    return 'freely'
  }

  protected override pull(handle: number, _unread: number, most: number): readonly [readonly T[], boolean] {
    return this.#pull(handle, most)
  }
}
