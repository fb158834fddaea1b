import type { Boundary } from './attach.js'

/** What the native half recognises as an object that was disposed. */
const DISPOSED = -1

let isMade: (value: object) => boolean

/** Whether a value is a native object itself: what only inherits from one, or a proxy of one, has no number to pass. */
export function isNativeObject(value: unknown): value is NativeObject {
  return typeof value === 'object' && value !== null && isMade(value)
}

/**
 * A native object. It ends when it is disposed, when its parent is, or, as a safety net, some time after nothing refers to
 * it any more.
 *
 * A method of a disposed object throws `ERR_HANDLE_CLOSED`. Disposing during a call that uses the object is fine: that call
 * ends as if nothing had happened, new ones are refused.
 */
export abstract class NativeObject {
  readonly #boundary: Boundary
  #handle: number
  /** The parent is kept as long as the child is in use. */
  #parent: NativeObject | undefined

  static {
    isMade = (value) => #handle in value
  }

  /** @param handle what a native constructor returned. */
  protected constructor(boundary: Boundary, handle: number, parent?: NativeObject) {
    this.#boundary = boundary
    this.#handle = handle
    this.#parent = parent
    boundary.objects.add(this, handle, new.target.name)
  }

  /** The object's number for native calls. */
  protected get handle(): number {
    // A child whose parent was disposed has ended, too, and is refused in the same words.
    return this.#parent?.isDisposed === true ? DISPOSED : this.#handle
  }

  /** Whether the object can be used. */
  get isDisposed(): boolean {
    return this.#handle === DISPOSED || (this.#parent?.isDisposed ?? false)
  }

  /** Ends the object and those made from it. Twice is fine. */
  dispose(): void {
    if (this.#handle === DISPOSED) return
    const handle = this.#handle
    this.#handle = DISPOSED
    this.#parent = undefined
    this.#boundary.objects.dispose(this, handle)
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }
}

/**
 * A native object that works by itself once started: a server, a bus, a timer. While it runs it holds the event loop, and
 * is not collected.
 */
export abstract class RunningObject extends NativeObject {
  readonly #boundary: Boundary

  protected constructor(boundary: Boundary, handle: number, parent?: NativeObject) {
    super(boundary, handle, parent)
    this.#boundary = boundary
  }

  /** Lets the object hold the event loop again. */
  ref(): this {
    this.#boundary.native.hold(this.handle, true)
    return this
  }

  /** Lets the process end although the object runs. */
  unref(): this {
    this.#boundary.native.hold(this.handle, false)
    return this
  }

  /** Whether the object holds the event loop now. */
  hasRef(): boolean {
    return !this.isDisposed && this.#boundary.native.isHeld(this.handle)
  }

  /** Keeps the object from being collected while it runs. */
  protected started(): void {
    this.#boundary.objects.keep(this)
  }

  /** It runs no more. */
  protected ended(): void {
    this.#boundary.objects.letGo(this)
  }

  override dispose(): void {
    this.ended()
    super.dispose()
  }
}
