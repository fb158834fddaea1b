/** What a signal stops. It carries its own place in the list of its watch: a call is added and deleted without a lookup. */
export interface Stoppable {
  stop: (reason: unknown) => void
  before: Stoppable | undefined
  after: Stoppable | undefined
}

/** The calls one signal stops, in the order they began, behind its one listener. */
export interface Watch {
  readonly signal: AbortSignal
  readonly listener: () => void
  first: Stoppable | undefined
  last: Stoppable | undefined
}

/**
 * One listener per signal however many calls, and none when no call is left: a signal that lives as long as the service
 * neither warns of many listeners nor keeps finished calls.
 */
export class Signals {
  readonly #watches = new WeakMap<AbortSignal, Watch>()
  /** The watch looked up last, while it has calls: a burst of calls mostly shares one signal. */
  #last: Watch | undefined

  /** Whether the signal is being watched by the last look: then it is one for certain. */
  isKnown(signal: AbortSignal): boolean {
    return this.#last?.signal === signal
  }

  add(signal: AbortSignal, item: Stoppable): Watch {
    const watch = this.isKnown(signal) ? (this.#last as Watch) : (this.#watches.get(signal) ?? this.#watch(signal))
    this.#last = watch
    item.before = watch.last
    if (watch.last === undefined) watch.first = item
    else watch.last.after = item
    watch.last = item
    return watch
  }

  #watch(signal: AbortSignal): Watch {
    const listener = (): void => {
      this.#forget(watch)
      const stopped: Stoppable[] = []
      for (let item = watch.first; item !== undefined; item = item.after) stopped.push(item)
      for (const item of stopped) item.stop(signal.reason)
    }
    const watch: Watch = { signal, listener, first: undefined, last: undefined }
    this.#watches.set(signal, watch)
    signal.addEventListener('abort', listener, { once: true })
    return watch
  }

  /** Takes out what was added to the watch, once. */
  delete(watch: Watch, item: Stoppable): void {
    const { before, after } = item
    if (before === undefined) watch.first = after
    else before.after = after
    if (after === undefined) watch.last = before
    else after.before = before
    item.before = undefined
    item.after = undefined
    // A watch whose signal fired is forgotten already; the last of its calls must not end a newer one.
    if (watch.first !== undefined || this.#watches.get(watch.signal) !== watch) return
    this.#forget(watch)
    watch.signal.removeEventListener('abort', watch.listener)
  }

  #forget(watch: Watch): void {
    this.#watches.delete(watch.signal)
    if (this.#last === watch) this.#last = undefined
  }
}
