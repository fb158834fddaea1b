import { types } from 'node:util'
import { impossible, refusal } from './error.js'
import type { Sink } from './sink.js'
import { type Found, inside, Misfit, Type, type ValueOf } from './type.js'

const { isUint8Array } = types
const { get: lengthOf } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length') as {
  get: (this: Uint8Array) => number
}

function isDetached(value: Uint8Array): boolean {
  try {
    // Node 20 does not say so otherwise.
    return new Uint8Array(value.buffer).length < 0
  } catch {
    return true
  }
}

/** Types inside each other: the limit of crates/tl/src/shape.rs. */
const MAX_DEPTH = 32

class Int extends Type<number> {
  take(found: Found): number {
    return found.int(found.next())
  }

  put(sink: Sink, value: number): void {
    // -0 differs from its int, too.
    if (typeof value !== 'number' || !Object.is(value | 0, value))
      throw new Misfit('a whole number from -2147483648 to 2147483647', value)
    sink.int(value)
  }

  override takeMany(found: Found, count: number): number[] {
    const start = found.next()
    const values = new Array<number>(count)
    for (let index = 0; index < count; index++) values[index] = found.int(start + 4 * index)
    return values
  }
}

class Long extends Type<bigint> {
  take(found: Found): bigint {
    return found.long(found.next())
  }

  put(sink: Sink, value: bigint): void {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) {
      throw new Misfit('a bigint from -9223372036854775808n to 9223372036854775807n', value)
    }
    sink.long(value)
  }

  override takeMany(found: Found, count: number): bigint[] {
    const start = found.next()
    const values = new Array<bigint>(count)
    for (let index = 0; index < count; index++) values[index] = found.long(start + 8 * index)
    return values
  }
}

class Double extends Type<number> {
  take(found: Found): number {
    return found.double(found.next())
  }

  put(sink: Sink, value: number): void {
    if (typeof value !== 'number') throw new Misfit('any number', value)
    sink.double(value)
  }

  override takeMany(found: Found, count: number): number[] {
    const start = found.next()
    const values = new Array<number>(count)
    for (let index = 0; index < count; index++) values[index] = found.double(start + 8 * index)
    return values
  }
}

class Text extends Type<string> {
  take(found: Found): string {
    return found.text(found.next(), found.next())
  }

  put(sink: Sink, value: string): void {
    if (typeof value !== 'string' || !value.isWellFormed()) {
      throw new Misfit('a string without lone surrogates', value)
    }
    sink.text(value)
  }
}

class Bytes extends Type<Uint8Array> {
  take(found: Found): Uint8Array {
    const start = found.next()
    const length = found.next()
    const copy = new Uint8Array(length)
    copy.set(found.bytes.subarray(start, start + length))
    return copy
  }

  put(sink: Sink, value: Uint8Array): void {
    if (!isUint8Array(value)) throw new Misfit('a Uint8Array', value)
    // What it is and not what it says: a length of its own would be that of what was here before.
    const length = lengthOf.call(value)
    if (length === 0 && isDetached(value)) throw new Misfit('a Uint8Array', value, true)
    sink.bytes(value, length)
  }
}

class Vector<Value> extends Type<Value[]> {
  readonly #element: Type<Value>

  constructor(element: Type<Value>) {
    super(`vector(${element.name})`, [5, ...element.shape], element.depth + 1)
    this.#element = element
  }

  take(found: Found): Value[] {
    return this.#element.takeMany(found, found.next())
  }

  put(sink: Sink, value: readonly Value[]): void {
    if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof DataView))) {
      throw new Misfit('an array', value)
    }
    const { length } = value
    sink.int(length)
    for (let index = 0; index < length; index++) {
      try {
        this.#element.put(sink, value[index] as Value)
      } catch (error) {
        throw inside(index, error)
      }
    }
  }
}

type Fields = Readonly<Record<string, Type<unknown>>>
type Struct<F> = { [Name in keyof F]: ValueOf<F[Name]> }

class StructType extends Type<Record<string, unknown>> {
  readonly #fields: readonly (readonly [string, Type<unknown>])[]

  constructor(fields: readonly (readonly [string, Type<unknown>])[]) {
    const count = fields.length
    const shape = [6, count & 0xff, count >> 8, ...fields.flatMap(([, type]) => [...type.shape])]
    const name = `struct({ ${fields.map(([field, type]) => `${field}: ${type.name}`).join(', ')} })`
    super(name, shape, 1 + Math.max(...fields.map(([, type]) => type.depth)))
    this.#fields = fields
  }

  take(found: Found): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    for (const [name, type] of this.#fields) value[name] = type.take(found)
    return value
  }

  put(sink: Sink, value: Record<string, unknown>): void {
    if (typeof value !== 'object' || (value as unknown) === null) throw new Misfit('an object', value)
    for (const [name, type] of this.#fields) {
      try {
        type.put(sink, value[name])
      } catch (error) {
        throw inside(name, error)
      }
    }
  }
}

/** 32 bits: a whole number from -2147483648 to 2147483647. */
export const int: Type<number> = new Int('int', [0])
/** 64 bits: a bigint from -9223372036854775808n to 9223372036854775807n. */
export const long: Type<bigint> = new Long('long', [1])
/** An IEEE 754 number of 64 bits; -0 and the infinities stay what they are, a NaN is one. */
export const double: Type<number> = new Double('double', [2])
/** A string of up to 16777215 bytes that are UTF-8. One that is not is `ERR_TL_BAD_VALUE`, and to be read as {@link bytes}. */
export const string: Type<string> = new Text('string', [4])
/** A string of up to 16777215 bytes of any kind. What is read is a copy. */
export const bytes: Type<Uint8Array> = new Bytes('bytes', [3])

/**
 * A vector: its number (`TL_VECTOR`), a count, and so many values of a type. Read as an array; written from one, or from a typed array.
 *
 * @throws TlError `ERR_INVALID_ARG_TYPE` for what is no type; `ERR_TL_SHAPE` for types more than 32 deep.
 */
export function vector<Value>(element: Type<Value>): Type<Value[]> {
  if (!(element instanceof Type)) throw refusal('tl.vector', 'element', 'a type of ferrule/tl', element)
  return checked('tl.vector', new Vector(element))
}

/**
 * Values one behind the other, in the order of the fields: an object.
 *
 * @throws TlError `ERR_INVALID_ARG_TYPE` for what is no type, no field at all, and a name that is no identifier (JavaScript puts some of
 * those into another order); `ERR_TL_SHAPE` for more than 65535 fields and types more than 32 deep.
 *
 * @example
 * const user = struct({ id: long, name: string, scores: vector(int) })
 * encode(user, { id: 7n, name: 'Ada', scores: [1, 2] })
 */
export function struct<const F extends Fields>(fields: F): Type<Struct<F>> {
  const operation = 'tl.struct'
  if (typeof fields !== 'object' || (fields as unknown) === null) {
    throw refusal(operation, 'fields', 'an object of types', fields)
  }
  const list = Object.entries(fields)
  if (list.length === 0) throw refusal(operation, 'fields', 'an object with a type at least', fields)
  for (const [name, type] of list) {
    if (!/^[A-Za-z_$][\w$]*$/.test(name) || name === '__proto__') {
      throw refusal(operation, 'fields', `an object whose names are identifiers (not ${JSON.stringify(name)})`, fields)
    }
    if (!(type instanceof Type)) throw refusal(operation, `fields.${name}`, 'a type of ferrule/tl', type)
  }
  if (list.length > 0xffff) throw impossible(operation, 'a struct has at most 65535 fields')
  return checked(operation, new StructType(list)) as unknown as Type<Struct<F>>
}

function checked<T extends Type<unknown>>(operation: string, type: T): T {
  if (type.depth > MAX_DEPTH) throw impossible(operation, `types inside each other more than ${MAX_DEPTH} deep`)
  return type
}
