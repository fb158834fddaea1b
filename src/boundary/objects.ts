import type { BoundaryNative } from './native.js'
import type { NativeObject } from './object.js'

/** The live objects of one copy: their finaliser, and where they were made when somebody asked. */
export class Objects {
  readonly #native: BoundaryNative
  readonly #finalizers: FinalizationRegistry<number>
  readonly #running = new Set<NativeObject>()
  readonly #stacks = new Map<number, string>()
  #tracking = false

  constructor(native: BoundaryNative) {
    this.#native = native
    this.#finalizers = new FinalizationRegistry((handle) => {
      this.#stacks.delete(handle)
      native.finalize(handle)
    })
  }

  add(object: NativeObject, handle: number, type: string): void {
    this.#finalizers.register(object, handle, object)
    if (this.#tracking) this.#stacks.set(handle, new Error(`${type} made here`).stack ?? '')
  }

  dispose(object: NativeObject, handle: number): void {
    this.#finalizers.unregister(object)
    if (this.#stacks.size > 0) this.#stacks.delete(handle)
    this.#native.dispose(handle)
    // Children end with it: those that ran need not be kept any more.
    for (const running of this.#running) if (running.isDisposed) this.#running.delete(running)
  }

  keep(object: NativeObject): void {
    this.#running.add(object)
  }

  letGo(object: NativeObject): void {
    this.#running.delete(object)
  }

  track(on: boolean): void {
    this.#tracking = on
    if (!on) this.#stacks.clear()
  }

  stacks(): string[] {
    return [...this.#stacks.values()]
  }
}
