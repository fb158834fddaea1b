import { boundary } from '../addon.js'
import { isThenable, NativeObject } from '../boundary/index.js'
import { ConcurrencyError, refusal } from './error.js'
import { native, type Handle } from './native.js'

/**
 * What a job does for a signal. It is not called again before the promise it may return has settled. What it throws ends the job, and
 * {@link Job.finished} rejects with it.
 */
export type JobRun = (signal: number, job: Job) => void | PromiseLike<void>

export interface JobOptions {
  /** The signals it accepts, 0 to 31. Default: all. */
  readonly signals?: readonly number[]
}

const LAST_SIGNAL = 31

export let numberOf: (job: JobHolder) => Handle

/** What every holder of a job can do with it, in whatever thread. */
export abstract class JobHolder extends NativeObject {
  static {
    numberOf = (job) => job.handle
  }

  /** What {@link Job.open} finds it by, in this process. */
  get id(): number {
    return native.jobId(this.handle)
  }

  /** How often it is retained, by all. */
  get references(): number {
    return native.jobReferences(this.handle)
  }

  /**
   * Has the job run for a signal. Raised again before the job has begun with it, a signal comes once; of several the lowest comes first.
   *
   * @throws ConcurrencyError `ERR_OUT_OF_RANGE` for a signal it does not accept, `ERR_CONCURRENCY_ENDED`.
   */
  signal(signal: number): void {
    native.jobSignal(this.handle, signal)
  }

  /** {@link signal} 0. */
  schedule(): void {
    native.jobSchedule(this.handle)
  }

  /** Keeps the job going until this holder releases it once more; says how often it is retained now. */
  retain(): number {
    return native.jobRetain(this.handle)
  }

  /**
   * Takes one {@link retain} of this holder, or its opening, back; says how often the job is retained now. At 0 it takes no more
   * signals, runs for those it has, and is finished.
   *
   * @throws ConcurrencyError `ERR_CONCURRENCY_NOT_RETAINED` for more than this holder retains.
   */
  release(): number {
    return native.jobRelease(this.handle)
  }
}

/** A job that another holder runs, retained once. `dispose()` releases what this holder still retains. */
export class JobReference extends JobHolder {
  /** @internal */
  constructor(handle: Handle) {
    super(boundary, handle)
  }
}

/** Jobs that this thread runs. */
const running = new Set<Job>()

/**
 * Work that this thread does for signals, which any thread of the process may raise: at most one at a time, as long as somebody retains
 * the job. It waits on the lane, and holds the event loop until it is finished.
 *
 * @example
 * const job = Job.create((signal) => console.log(signal))
 * job.signal(3)
 * job.release()
 * await job.finished // after 3 was printed
 */
export class Job extends JobHolder {
  /** Settles when the job has ended: rejects with what {@link JobRun} threw. */
  readonly finished: Promise<void>
  readonly #run: JobRun
  #busy = false
  /** A run that returned a promise: settles, and never rejects, when it has. */
  #turn: Promise<void> | undefined
  #failure: { readonly thrown: unknown } | undefined

  private constructor(run: JobRun, handle: Handle) {
    super(boundary, handle)
    this.#run = run
    running.add(this)
    this.finished = this.#serve()
  }

  /**
   * Makes a job that this thread runs, retained once.
   *
   * @throws ConcurrencyError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`
   */
  static create(run: JobRun, options?: JobOptions): Job {
    const operation = 'concurrency.Job.create'
    if (typeof run !== 'function') throw refusal(operation, 'run', 'a function', run)
    return new Job(run, native.jobCreate(maskOf(operation, options?.signals)))
  }

  /**
   * Retains the job of that id, which another thread may run.
   *
   * @throws ConcurrencyError `ERR_CONCURRENCY_UNKNOWN`, `ERR_CONCURRENCY_ENDED`
   */
  static open(id: number): JobReference {
    return new JobReference(native.jobOpen(id))
  }

  /**
   * Runs the jobs of this thread for the signals they have, now, without waiting for the event loop; those that are in the middle of a
   * run are passed over. Says for how many signals. What a run throws is for its job's {@link finished} alone.
   */
  static runPending(): number {
    let count = 0
    for (const job of [...running]) if (!job.#busy && !job.isDisposed) count += job.#take()
    return count
  }

  /** Ends the job whoever retains it: what it has not begun with does not come. */
  override dispose(): void {
    this.#end()
    super.dispose()
  }

  async #serve(): Promise<void> {
    try {
      while (await this.#ready()) {
        await this.#turn
        if (!this.isDisposed) this.#take()
        await this.#turn
      }
      await this.#turn
      if (this.#failure !== undefined) throw this.#failure.thrown
    } finally {
      running.delete(this)
      this.#end()
    }
  }

  async #ready(): Promise<boolean> {
    if (this.isDisposed) return false
    return boundary.call<boolean>('concurrency.Job.create', undefined, (call) => {
      native.jobReady(call, this.handle)
    })
  }

  /** Runs for the signals it has, at once as far as no run returns a promise; says for how many. */
  #take(): number {
    const signals = signalsOf(native.jobTake(this.handle))
    const count = signals.length
    this.#busy = true
    const done = (): void => {
      this.#busy = false
      this.#turn = undefined
    }
    const failed = (thrown: unknown): void => {
      this.#failure ??= { thrown }
      this.#end()
      done()
    }
    try {
      const waits = this.#runs(signals)
      if (waits === undefined) done()
      else this.#turn = waits.then(done, failed)
    } catch (thrown) {
      failed(thrown)
    }
    return count
  }

  /** Whoever has it open hears of the end. */
  #end(): void {
    if (!this.isDisposed) native.jobOrphan(this.handle)
  }

  #runs(signals: number[]): Promise<void> | undefined {
    for (;;) {
      const signal = signals.shift()
      if (signal === undefined || this.isDisposed || this.#failure !== undefined) return undefined
      const result = this.#run(signal, this)
      if (isThenable(result)) return Promise.resolve(result).then(() => this.#runs(signals))
    }
  }
}

const signalsOf = (mask: number): number[] =>
  Array.from({ length: LAST_SIGNAL + 1 }, (_, signal) => signal).filter((signal) => ((mask >>> signal) & 1) === 1)

function maskOf(operation: string, signals: readonly number[] | undefined): number {
  if (signals === undefined) return 0xffff_ffff
  if (!Array.isArray(signals)) throw refusal(operation, 'options.signals', 'an array of signals', signals)
  let mask = 0
  for (const [index, signal] of (signals as readonly unknown[]).entries()) {
    const name = `options.signals[${index}]`
    if (typeof signal !== 'number') throw refusal(operation, name, 'a signal, 0 to 31', signal)
    if (!Number.isInteger(signal) || signal < 0 || signal > LAST_SIGNAL) {
      const message = `${operation}: ${name} must be a whole number from 0 to ${LAST_SIGNAL}, got ${signal}`
      throw new ConcurrencyError(message, {
        code: 'ERR_OUT_OF_RANGE',
        operation,
        details: { name, found: signal },
      })
    }
    mask |= 1 << signal
  }
  return mask >>> 0
}
