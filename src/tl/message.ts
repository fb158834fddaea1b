import { boundary } from '../addon.js'
import { detached, refusal } from './error.js'
import { native } from './native.js'
import { Sink } from './sink.js'
import { Found, Misfit, Type } from './type.js'

/** What is read at most. */
export interface Limits {
  /** Bytes of a string. @default 16777215, the longest there is */
  maxString?: number | undefined
  /** Values of a vector. @default 1000000 */
  maxVector?: number | undefined
}

const MAX_STRING = 0xffffff
const MAX_VECTOR = 1_000_000

/** A value, and where the bytes go on behind it. */
export interface Taken<Value> {
  readonly value: Value
  readonly end: number
}

/** Reads a value that begins at a place. */
export function take<Value>(
  operation: string,
  type: Type<Value>,
  bytes: Uint8Array,
  start: number,
  limits: Limits | undefined,
  whole: boolean,
): Taken<Value> {
  if (!(type instanceof Type)) throw refusal(operation, 'type', 'a type of ferrule/tl', type)
  if (limits !== undefined && (typeof limits !== 'object' || (limits as unknown) === null)) {
    throw refusal(operation, 'limits', 'an object', limits)
  }
  const { maxString = MAX_STRING, maxVector = MAX_VECTOR } = limits ?? {}
  boundary.asks(operation)
  const packed = native.places(type.shape, bytes, start, maxString, maxVector, whole)
  // No other native call until everything is taken: the next one writes its own words.
  const found = new Found(typeof packed === 'number' ? boundary.scratch : packed, bytes)
  const value = type.take(found)
  return { value, end: found.words[0] as number }
}

/** The bytes of a value; `position` is what was written before. */
export function put<Value>(operation: string, type: Type<Value>, value: Value, position: number): Uint8Array {
  if (!(type instanceof Type)) throw refusal(operation, 'type', 'a type of ferrule/tl', type)
  const sink = Sink.taken()
  try {
    type.put(sink, value)
    boundary.asks(operation)
    return native.encode(type.shape, sink.collected, position)
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    const argument = pathOf(error.path)
    throw error.isDetached ? detached(operation, argument) : refusal(operation, argument, error.expected, error.found)
  } finally {
    Sink.release(sink)
  }
}

const pathOf = (path: readonly (string | number)[]): string =>
  path.reduce<string>((before, step) => before + (typeof step === 'number' ? `[${step}]` : `.${step}`), 'value')

/**
 * Reads a message that is exactly one value: the native half looks at all of it in one crossing, then the value is taken from
 * where it said. Memory that other threads share must not be written meanwhile.
 *
 * @throws TlError those of {@link TlError}; `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`, `ERR_BUFFER_DETACHED`.
 *
 * @example
 * decode(struct({ code: int, text: string }), body) // → { code: -4000, text: 'unknown' }
 */
export function decode<Value>(type: Type<Value>, message: Uint8Array, limits?: Limits): Value {
  return take('tl.decode', type, message, 0, limits, true).value
}

/**
 * The bytes of a value: a multiple of four.
 *
 * @throws TlError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE` for a value that is not of the type, with its place (`value.scores[1]`) in
 * `details.argument`; `ERR_TL_TOO_LONG` for a string of more than 16777215 bytes.
 *
 * @example
 * encode(vector(int), [1, 2]) // 16 bytes
 */
export function encode<Value>(type: Type<Value>, value: Value): Uint8Array {
  return put('tl.encode', type, value, 0)
}
