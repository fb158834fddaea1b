import { AsyncLocalStorage } from 'node:async_hooks'
import { Calls, type CallOptions } from './calls.js'
import { checkContract, contractOf, type ExpectedContract, type OpenedSystem, type SystemContract } from './contract.js'
import { readDiagnostics, type Diagnostics } from './diagnostics.js'
import { FerruleError, type ErrorCode, type ErrorFields, type FerruleErrorClass } from './errors.js'
import { loadAddon, type LoadOptions, type LoadedAddon } from './load.js'
import { Log, pairs, type LogEvent, type LogLevel } from './log.js'
import { withPublicNames, type PublicNames } from './names.js'
import { contract, type BoundaryNative } from './native.js'
import { Objects } from './objects.js'
import { Scalars } from './scalars.js'
import { isThenable } from './thenable.js'

interface Binding {
  scratch: Uint32Array
  open: (system: string) => OpenedSystem | null
}

// As early as can be, and so outside any request's context: what is made in it keeps no request alive.
const emptyContext = AsyncLocalStorage.snapshot()

/**
 * One copy of the TypeScript half, attached to one addon. Everything that is not a system's own goes through here: its
 * calls, objects, callbacks, errors, log and diagnostics.
 */
export class Boundary {
  readonly addon: LoadedAddon
  readonly native: BoundaryNative
  readonly objects: Objects
  /** Where small lists of numbers arrive: an export that returns a count has put that many here. Read it at once. */
  readonly scratch: Uint32Array
  /** Lists of simple values, packed for one crossing. */
  readonly scalars: Scalars
  readonly #binding: Binding
  readonly #calls: Calls
  readonly #log: Log
  readonly #errorClasses = new Map<string, FerruleErrorClass>()
  readonly #names = new Map<string, PublicNames>()
  readonly #contracts: SystemContract[] = []
  #prepared = false
  #asked = ''

  /**
   * The hooks must live as long as this copy does: the addon refers to them weakly.
   * In the order of `Hook` in crates/node/src/copy.rs.
   */
  readonly #hooks = [
    (code: ErrorCode, message: string, operation: string, cause: unknown, ...details: unknown[]) =>
      this.#error(code, message, operation, cause, details, this.#asked),
    (...results: unknown[]) => {
      this.#calls.settle(results)
    },
    (call: number, code: ErrorCode, message: string, operation: string, cause: unknown, ...details: unknown[]) => {
      this.#calls.fail(call, this.#error(code, message, operation, cause, details, this.#calls.operationOf(call)))
    },
    (fn: (...args: unknown[]) => unknown, reply: number, ...args: unknown[]) => {
      this.#answer(fn, reply, args)
    },
    (...values: unknown[]) => {
      this.#log.receive(values)
    },
  ] as const

  constructor(addon: LoadedAddon) {
    this.addon = addon
    this.#binding = addon.exports.attach(this.#hooks) as Binding
    this.native = this.#functions<BoundaryNative>(contract).functions
    this.scratch = this.#binding.scratch
    this.scalars = new Scalars(this.scratch)
    this.objects = new Objects(this.native)
    this.#calls = new Calls(this.native, (message, fields) => new (this.#classOf(fields.operation))(message, fields))
    this.#log = new Log(
      (level) => {
        this.#prepare()
        this.native.logLevel(level)
      },
      () => this.callback.bind(this),
    )
  }

  /**
   * Opens a system and checks its contract. Its errors are of `errorClass`; with `names` they speak of what users call, not
   * of the exports behind it.
   *
   * @throws FerruleError `ERR_CONTRACT` when the binary does not fit the types.
   */
  open<Native>(expected: ExpectedContract, errorClass: FerruleErrorClass = FerruleError, names?: PublicNames): Native {
    const { functions, found } = this.#functions<Native>(expected)
    this.#errorClasses.set(expected.system, errorClass)
    if (names !== undefined) this.#names.set(expected.system, names)
    this.#contracts.push(found)
    return functions
  }

  /** A system's functions, once its contract was found to be the expected one. */
  #functions<Native>(expected: ExpectedContract): { functions: Native; found: SystemContract } {
    const opened = this.#binding.open(expected.system)
    const found = opened === null ? null : contractOf(opened)
    checkContract(expected, found)
    return { functions: (opened as OpenedSystem).functions as Native, found: found as SystemContract }
  }

  /** What the systems opened so far promise. */
  contract(): readonly SystemContract[] {
    return this.#contracts
  }

  /** Starts an async call; see {@link Calls.start}. */
  call<T>(operation: string, options: CallOptions | undefined, begin: (call: number) => void): Promise<T> {
    if (!this.#prepared) this.#prepare()
    this.#asked = operation
    return this.#calls.start(operation, options, begin)
  }

  /**
   * Says what is asked for, right before a sync call of an export that several operations share: should it fail, its error
   * names this one.
   */
  asks(operation: string): void {
    this.#asked = operation
  }

  /**
   * Prepares a function that native code keeps: it will run in the async context it was registered in, so
   * `AsyncLocalStorage` shows the store of the call it belongs to.
   */
  callback<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
    // Anything else is passed on for the native half to refuse by name.
    if (typeof fn !== 'function') return fn
    if (!this.#prepared) this.#prepare()
    const inContext = AsyncLocalStorage.snapshot()
    return (...args) => inContext(fn, ...args)
  }

  onLog(listener: (event: LogEvent) => void, level: LogLevel): () => void {
    return this.#log.listen(listener, level)
  }

  diagnostics(): Diagnostics {
    return readDiagnostics(this.native, this.objects)
  }

  #prepare(): void {
    try {
      emptyContext(this.native.prepare)
      this.#prepared = true
    } catch (error) {
      // At shutdown: the call that needs it is refused in its own words.
      if (!(error instanceof FerruleError)) throw error
    }
  }

  #error(
    code: ErrorCode,
    message: string,
    native: string,
    cause: unknown,
    details: unknown[],
    asked: string,
  ): FerruleError {
    const errorClass = this.#classOf(native)
    const names = this.#names.get(systemOf(native))
    let fields: ErrorFields = { code, operation: native, details: pairs(details), cause }
    if (names !== undefined) [message, fields] = withPublicNames(names, asked, message, fields)
    return new errorClass(`${fields.operation}: ${message}`, fields)
  }

  /** The error class of the system an operation belongs to. */
  #classOf(operation: string): FerruleErrorClass {
    return this.#errorClasses.get(systemOf(operation)) ?? FerruleError
  }

  #answer(fn: (...args: unknown[]) => unknown, reply: number, args: unknown[]): void {
    const give = (value: unknown): void => {
      this.native.answer(reply, true, value)
    }
    const refuse = (reason: unknown): void => {
      this.native.answer(reply, false, reason)
    }
    try {
      const result = fn(...args)
      if (isThenable(result)) Promise.resolve(result).then(give, refuse)
      else give(result)
    } catch (error) {
      refuse(error)
    }
  }
}

/** `regex` of `regex.isMatch`. */
function systemOf(operation: string): string {
  return operation.slice(0, Math.max(0, operation.indexOf('.')))
}

/** Loads a package's addon and attaches this copy to it. */
export function attachAddon(options: LoadOptions): Boundary {
  return new Boundary(loadAddon(options))
}
