/** What a signal stops. */
export interface Stoppable {
  stop: (reason: unknown) => void
}

/** The calls one signal stops, behind its one listener. */
export interface Watch {
  readonly signal: AbortSignal
  readonly items: Set<Stoppable>
  readonly listener: () => void
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
    watch.items.add(item)
    return watch
  }

  #watch(signal: AbortSignal): Watch {
    const items = new Set<Stoppable>()
    const listener = (): void => {
      this.#forget(watch)
      for (const stopped of items) stopped.stop(signal.reason)
    }
    const watch: Watch = { signal, items, listener }
    this.#watches.set(signal, watch)
    signal.addEventListener('abort', listener, { once: true })
    return watch
  }

  delete(watch: Watch, item: Stoppable): void {
    // A watch whose signal fired is forgotten already; the last of its calls must not end a newer one.
    if (!watch.items.delete(item) || watch.items.size > 0 || this.#watches.get(watch.signal) !== watch) return
    this.#forget(watch)
    watch.signal.removeEventListener('abort', watch.listener)
  }

  #forget(watch: Watch): void {
    this.#watches.delete(watch.signal)
    if (this.#last === watch) this.#last = undefined
  }
}
