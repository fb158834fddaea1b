/** What a signal stops. */
export interface Stoppable {
  stop: (reason: unknown) => void
}

interface Watch {
  readonly items: Set<Stoppable>
  readonly listener: () => void
}

/**
 * One listener per signal however many calls, and none when no call is left: a signal that lives as long as the service
 * neither warns of many listeners nor keeps finished calls.
 */
export class Signals {
  readonly #watches = new WeakMap<AbortSignal, Watch>()

  add(signal: AbortSignal, item: Stoppable): void {
    let watch = this.#watches.get(signal)
    if (watch === undefined) {
      const items = new Set<Stoppable>()
      const listener = (): void => {
        this.#watches.delete(signal)
        for (const stopped of items) stopped.stop(signal.reason)
      }
      watch = { items, listener }
      this.#watches.set(signal, watch)
      signal.addEventListener('abort', listener, { once: true })
    }
    watch.items.add(item)
  }

  delete(signal: AbortSignal, item: Stoppable): void {
    const watch = this.#watches.get(signal)
    if (watch === undefined || !watch.items.delete(item) || watch.items.size > 0) return
    this.#watches.delete(signal)
    signal.removeEventListener('abort', watch.listener)
  }
}
