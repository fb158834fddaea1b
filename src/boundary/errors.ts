/** Stable codes. A code never changes its meaning; new ones may come. */
export type ErrorCode = `ERR_${string}`

/** What an error is made of besides its message. */
export interface ErrorFields {
  /** Stable, for programs: `ERR_…`. */
  code: ErrorCode
  /** What was called, or the step that failed: `regex.Regex.find`, `load`. */
  operation: string
  /** Facts by name: numbers, texts, yes or no; what a code's documentation says. */
  details?: Readonly<Record<string, unknown>> | undefined
  /** What a callback threw, or what another layer reported. */
  cause?: unknown
}

/** Shared by all copies of the package and all realms of the process. */
const brand = Symbol.for('ferrule.error')

/**
 * Every error ferrule throws or rejects with, except two that are the caller's own: the reason of an aborted signal and
 * what a synchronous callback threw. Both arrive untouched.
 *
 * @example
 * try { new Regex('(') } catch (error) {
 *   if (isFerruleError(error, 'ERR_REGEX_SYNTAX')) console.log(error.details)
 * }
 */
export class FerruleError extends Error {
  /** Stable, for programs: `ERR_…`. */
  readonly code: ErrorCode
  /** What was called, or the step that failed: `regex.Regex.find`, `load`. */
  readonly operation: string
  /** Facts by name. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(message: string, fields: ErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.code = fields.code
    this.operation = fields.operation
    this.details = Object.freeze({ ...fields.details })
  }

  static {
    // On the prototype and not enumerable, as for the language's own errors: printing an error shows its facts only.
    Object.defineProperty(this.prototype, 'name', { value: 'FerruleError', configurable: true, writable: true })
    Object.defineProperty(this.prototype, brand, { value: true })
  }
}

/** The error class of one system: a subclass of {@link FerruleError} that {@link nameError} has named. */
export type FerruleErrorClass = new (message: string, fields: ErrorFields) => FerruleError

/** Names an error class on its prototype. */
export function nameError(errorClass: FerruleErrorClass, name: string): void {
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true })
}

/**
 * Whether a value is an error of ferrule, whichever copy of the package or realm made it; with a code, whether it is that one.
 * `instanceof` answers only for the copy at hand.
 */
export function isFerruleError(value: unknown, code?: ErrorCode): value is FerruleError {
  if (typeof value !== 'object' || value === null || !(brand in value)) return false
  return code === undefined || (value as unknown as FerruleError).code === code
}

/** An argument is not what it must be: the TypeScript half's own refusals, worded as the native half's. */
export function invalidArgument(operation: string, name: string, expected: string, found: unknown): FerruleError {
  const shown = describe(found)
  return new FerruleError(`${operation}: argument "${name}" must be ${expected}, got ${shown}`, {
    code: typeof found === 'number' && expected.includes('number') ? 'ERR_OUT_OF_RANGE' : 'ERR_INVALID_ARG_TYPE',
    operation,
    details: { argument: name, expected, found: shown },
  })
}

/** Describes a value without calling any of its code. */
function describe(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return `the number ${String(value)}`
    case 'string':
      return `a string of ${value.length} characters`
    case 'object':
      return value === null ? 'null' : 'an object'
    case 'undefined':
      return 'undefined'
    default:
      return `a ${typeof value}`
  }
}
