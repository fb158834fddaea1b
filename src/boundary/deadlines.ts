// Taken at load: a test's fake clock must not hold back deadlines of work that runs in real time.
const { performance, setTimeout, clearTimeout, queueMicrotask } = globalThis
/** The longest a timer of Node can wait. */
const LONGEST = 2 ** 31 - 1

/** How many queues stay with nothing to watch: a service's few durations keep their timer, a million different ones do not. */
const IDLE_QUEUES = 16

/** What has a deadline; it is skipped when it came first. */
export interface Timed {
  settled: boolean
}

/**
 * Deadlines without a timer each: calls with the same duration end in the order they began, so each duration needs one
 * queue and one timer. Timers do not hold the process: the work they watch does. Calls begun in one turn share one reading of
 * the clock, taken at the turn's end: until then the thread was busy, and no deadline could have been heeded.
 */
export class Deadlines<T extends Timed> {
  readonly #queues = new Map<number, DeadlineQueue<T>>()
  readonly #expire: (item: T) => void
  readonly #owner: QueueOwner<T> = {
    isCrowded: () => this.#queues.size > IDLE_QUEUES,
    ended: (queue) => {
      // Its duration may have a new queue already.
      if (this.#queues.get(queue.duration) === queue) this.#queues.delete(queue.duration)
    },
  }

  constructor(expire: (item: T) => void) {
    this.#expire = expire
  }

  add(item: T, duration: number): DeadlineQueue<T> {
    let queue = this.#queues.get(duration)
    if (queue === undefined) {
      queue = new DeadlineQueue(duration, this.#expire, this.#owner)
      this.#queues.set(duration, queue)
    }
    queue.add(item)
    return queue
  }
}

interface QueueOwner<T extends Timed> {
  isCrowded: () => boolean
  ended: (queue: DeadlineQueue<T>) => void
}

class DeadlineQueue<T extends Timed> {
  readonly duration: number
  readonly #expire: (item: T) => void
  readonly #owner: QueueOwner<T>
  #items: T[] = []
  #ends: number[] = []
  #head = 0
  #timer: NodeJS.Timeout | undefined
  #begun = false
  readonly #endOfTurn = (): void => {
    this.#begun = false
    const end = performance.now() + this.duration
    while (this.#ends.length < this.#items.length) this.#ends.push(end)
    if (this.#items.length > 0) this.#timer ??= this.#arm(this.duration)
  }

  constructor(duration: number, expire: (item: T) => void, owner: QueueOwner<T>) {
    this.duration = duration
    this.#expire = expire
    this.#owner = owner
  }

  add(item: T): void {
    this.#items.push(item)
    if (this.#begun) return
    this.#begun = true
    queueMicrotask(this.#endOfTurn)
  }

  /** Forgets what has settled, so that a long deadline does not keep short calls. */
  trim(): void {
    while (this.#head < this.#items.length && this.#items[this.#head]?.settled === true) this.#head += 1
    if (this.#head === this.#items.length) this.#clear()
    else if (this.#head > 1024 && this.#head * 2 > this.#items.length) this.#compact()
  }

  #clear(): void {
    this.#items = []
    this.#ends = []
    this.#head = 0
    if (this.#owner.isCrowded()) this.#end()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#owner.ended(this)
  }

  #compact(): void {
    this.#items.splice(0, this.#head)
    this.#ends.splice(0, this.#head)
    this.#head = 0
  }

  #arm(wait: number): NodeJS.Timeout {
    return setTimeout(() => this.#tick(), Math.min(Math.max(wait, 1), LONGEST)).unref()
  }

  #tick(): void {
    const now = performance.now()
    let next = this.#ends[this.#head]
    while (next !== undefined && next <= now) {
      const item = this.#items[this.#head]
      this.#head += 1
      if (item !== undefined && !item.settled) this.#expire(item)
      next = this.#ends[this.#head]
    }
    this.trim()
    next = this.#ends[this.#head]
    if (next === undefined) this.#end()
    else this.#timer = this.#arm(next - now)
  }
}

export type { DeadlineQueue }
