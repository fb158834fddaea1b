import { Deadlines, type DeadlineQueue } from './deadlines.js'
import type { FerruleError } from './errors.js'
import { invalidArgument, type ErrorFields } from './errors.js'
import { Signals, type Stoppable, type Watch } from './signals.js'

/** How a call can be stopped. Every async call takes these; Sync doors take `timeoutMs` alone. */
export interface CallOptions {
  /**
   * Stops the call when it fires; the promise rejects with the signal's own reason. A signal that fired already keeps the work
   * from starting.
   */
  signal?: AbortSignal | undefined
  /** Milliseconds until the call is stopped and rejects with `ERR_TIMEOUT`. Default: none. Range: 0 and up, fractions allowed. */
  timeoutMs?: number | undefined
}

/** How a Sync door can be stopped. A signal cannot fire while its thread is blocked. */
export interface SyncCallOptions {
  /** Milliseconds until the call throws `ERR_TIMEOUT`, checked at stated points. Default: none. Range: 0 and up. */
  timeoutMs?: number | undefined
}

/** How long a stopped call may take to acknowledge before its caller is told without it. */
const ACKNOWLEDGE = 1000

/** What the calls of one copy need of the addon. */
export interface CallControl {
  cancel: (call: number) => void
  abandoned: (change: number) => void
}

/** Makes an error of the class its operation's system has. */
export type MakeError = (message: string, fields: ErrorFields) => FerruleError

/** Calls in flight of one copy of the package, by the number they were started under. */
export class Calls {
  readonly #control: CallControl
  readonly #makeError: MakeError
  readonly #pending: (Call | undefined)[] = []
  readonly #free: number[] = []
  readonly #signals = new Signals()
  readonly #deadlines = new Deadlines<Call>((call) => call.expire())
  readonly #acknowledgements = new Deadlines<Call>((call) => call.abandon())

  constructor(control: CallControl, makeError: MakeError) {
    this.#control = control
    this.#makeError = makeError
  }

  /**
   * Starts a call: `begin` passes its number and arguments to the native export.
   *
   * @throws never; a refused argument rejects the promise.
   */
  start<T>(operation: string, options: CallOptions | undefined, begin: (call: number) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const signal = options === undefined ? undefined : this.#signalOf(operation, options)
      const timeoutMs = options === undefined ? undefined : this.#timeoutOf(operation, options)
      if (signal !== undefined && hasFired(signal)) {
        // The caller's own reason, whatever it is.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(signal.reason)
        return
      }
      const number = this.#free.pop() ?? this.#pending.length
      const call = new Call(this, number, operation, begin, resolve as (value: unknown) => void, reject)
      this.#pending[number] = call
      try {
        begin(number)
      } catch (error) {
        this.#release(call)
        call.end()
        // What the native half threw: an error of ours or what a getter threw.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(error)
        return
      }
      if (signal !== undefined) {
        // An argument's getter may have fired it: then no event comes any more.
        if (hasFired(signal)) call.stop(signal.reason)
        else call.watch = this.#signals.add(signal, call)
      }
      if (timeoutMs !== undefined) {
        call.timeoutMs = timeoutMs
        call.deadline = this.#deadlines.add(call, timeoutMs)
      }
    })
  }

  #signalOf(operation: string, options: CallOptions): AbortSignal | undefined {
    if (typeof options !== 'object' || (options as unknown) === null) {
      throw this.#refused(invalidArgument(operation, 'options', 'an object with signal and timeoutMs', options))
    }
    const signal = (options.signal as AbortSignal | null | undefined) ?? undefined
    if (signal === undefined || this.#signals.isKnown(signal) || isSignal(signal)) return signal
    throw this.#refused(invalidArgument(operation, 'options.signal', 'an AbortSignal', signal))
  }

  #timeoutOf(operation: string, { timeoutMs }: CallOptions): number | undefined {
    const refusal = refusedTimeout(operation, timeoutMs)
    if (refusal !== undefined) throw this.#refused(refusal)
    return timeoutMs === Infinity ? undefined : (timeoutMs ?? undefined)
  }

  /** A refusal in the class of the operation's system. */
  #refused(error: FerruleError): FerruleError {
    return this.#makeError(error.message, error)
  }

  /** Not done in time. */
  timeout(operation: string, timeoutMs: number | undefined, stillRunning: boolean): FerruleError {
    return this.#makeError(`${operation}: not done within ${String(timeoutMs)} ms`, {
      code: 'ERR_TIMEOUT',
      operation,
      details: { timeoutMs, stillRunning },
    })
  }

  /** Results in order: number and value in turn. */
  settle(results: unknown[]): void {
    for (let at = 0; at < results.length; at += 2) {
      const call = this.#pending[results[at] as number]
      if (call !== undefined) this.#finish(call, results[at + 1], undefined)
    }
  }

  /** What a call in flight was started as. */
  operationOf(number: number): string {
    return this.#pending[number]?.operation ?? ''
  }

  fail(number: number, error: FerruleError): void {
    const call = this.#pending[number]
    if (call !== undefined) this.#finish(call, undefined, error)
  }

  #finish(call: Call, value: unknown, error: FerruleError | undefined): void {
    this.#release(call)
    if (call.abandoned) this.#control.abandoned(-1)
    else if (call.stopping) call.rejectStopped()
    else if (error !== undefined) call.reject(error)
    else call.resolve(value)
    call.end()
  }

  #release(call: Call): void {
    this.#pending[call.number] = undefined
    this.#free.push(call.number)
    this.#unwatch(call)
  }

  #unwatch(call: Call): void {
    if (call.watch === undefined) return
    this.#signals.delete(call.watch, call)
    call.watch = undefined
  }

  /** A call was stopped: the native side is asked, and has {@link ACKNOWLEDGE} milliseconds to answer. */
  stopping(call: Call): void {
    this.#control.cancel(call.number)
    call.acknowledgement = this.#acknowledgements.add(call, ACKNOWLEDGE)
  }

  /** A stopped call did not acknowledge: its number stays taken until its work is done. */
  abandoning(call: Call): void {
    this.#control.abandoned(1)
    this.#unwatch(call)
  }
}

const nothing = (): void => undefined

class Call implements Stoppable {
  settled = false
  abandoned = false
  stopping = false
  watch: Watch | undefined
  before: Stoppable | undefined
  after: Stoppable | undefined
  timeoutMs: number | undefined
  deadline: DeadlineQueue<Call> | undefined
  acknowledgement: DeadlineQueue<Call> | undefined
  #timedOut = false
  #reason: unknown

  constructor(
    readonly calls: Calls,
    readonly number: number,
    readonly operation: string,
    /** Refers to the object the call is made on: one that waits its turn must not be collected meanwhile. */
    public begin: unknown,
    public resolve: (value: unknown) => void,
    public reject: (reason: unknown) => void,
  ) {}

  /** The signal fired. */
  stop(reason: unknown): void {
    if (this.stopping) return
    this.stopping = true
    this.#reason = reason
    this.calls.stopping(this)
  }

  /** The deadline passed. */
  expire(): void {
    if (this.stopping) return
    this.stopping = true
    this.#timedOut = true
    this.calls.stopping(this)
  }

  rejectStopped(stillRunning = false): void {
    this.reject(this.#timedOut ? this.calls.timeout(this.operation, this.timeoutMs, stillRunning) : this.#reason)
  }

  /** The work did not stop in time: the caller is told, the work is counted until it ends. */
  abandon(): void {
    this.abandoned = true
    this.rejectStopped(true)
    this.calls.abandoning(this)
  }

  /** Lets go of everything the caller can see. */
  end(): void {
    this.settled = true
    this.resolve = nothing
    this.reject = nothing
    this.begin = undefined
    this.#reason = undefined
    this.deadline?.trim()
    this.acknowledgement?.trim()
  }
}

const hasFired = (signal: AbortSignal): boolean => signal.aborted

/** By shape: a signal of another realm is as good. */
function isSignal(value: unknown): value is AbortSignal {
  const signal = value as Partial<AbortSignal>
  return (
    typeof value === 'object' && typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function'
  )
}

/** What a Sync door passes on: null is no deadline. */
export function checkedTimeout(operation: string, timeoutMs: number | null | undefined): number | null {
  const refusal = refusedTimeout(operation, timeoutMs)
  if (refusal !== undefined) throw refusal
  return timeoutMs === undefined || timeoutMs === Infinity ? null : timeoutMs
}

function refusedTimeout(operation: string, timeoutMs: number | null | undefined): FerruleError | undefined {
  if (timeoutMs === undefined || timeoutMs === null || (typeof timeoutMs === 'number' && timeoutMs >= 0)) {
    return undefined
  }
  return invalidArgument(operation, 'options.timeoutMs', 'a number of milliseconds from 0', timeoutMs)
}
