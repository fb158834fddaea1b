import { boundary } from '../addon.js'
import { NativeObject } from '../boundary/index.js'
import { JobHolder, numberOf } from './job.js'
import { refusal } from './error.js'
import { native } from './native.js'

/**
 * Tells many jobs at once. It retains none of them.
 *
 * @example
 * const changed = new Notifier()
 * changed.subscribe(job, 3)
 * changed.notify() // job runs with signal 3, once
 */
export class Notifier extends NativeObject {
  constructor() {
    super(boundary, native.notifierNew())
  }

  /**
   * Has the next {@link notify} raise `signal` at the job, once.
   *
   * @throws ConcurrencyError `ERR_OUT_OF_RANGE` for a signal that the job does not accept.
   */
  subscribe(job: JobHolder, signal: number): void {
    if (!(job instanceof JobHolder)) throw refusal('concurrency.Notifier.subscribe', 'job', 'a job', job)
    native.notifierSubscribe(this.handle, numberOf(job), signal)
  }

  /** Raises the signals that were asked for, in that order, and forgets them; says how many jobs were there to take theirs. */
  notify(): number {
    return native.notifierNotify(this.handle)
  }
}
