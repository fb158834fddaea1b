// Values that an argument of a type must refuse, and one that it takes.
import { FerruleError, type ErrorCode } from 'ferrule/boundary'
import type { Type } from './signature.js'

export interface BadValue {
  name: string
  /** Made anew for every call: refusing must not depend on what an earlier call did to a value. */
  make: () => unknown
  code: ErrorCode
}

/** Conversions that nobody asked for would run this. */
const neverCalled = (): never => {
  throw new Error('the boundary called a method of an argument')
}

/** One value of every sort that JavaScript has, by what a type would have to accept to take it. */
const sorts: Record<string, Record<string, () => unknown>> = {
  undefined: { undefined: () => undefined },
  null: { null: () => null },
  boolean: { true: () => true },
  number: { 'a number': () => 1 },
  string: { 'a string': () => '1', 'an empty string': () => '' },
  bigint: { 'a bigint': () => 1n },
  symbol: { 'a symbol': () => Symbol('1') },
  function: { 'a function': () => neverCalled, 'a class': () => FerruleError },
  array: { 'an array': () => [], 'a frozen array': () => Object.freeze([]) },
  bytes: { 'a Uint8Array': () => new Uint8Array(1) },
  date: { 'a Date': () => new Date(0) },
  object: {
    'an object': () => ({}),
    'a frozen object': () => Object.freeze({ length: 1, 0: 1 }),
    'an object without a prototype': () => Object.create(null) as unknown,
    'an object that would convert itself': () => ({
      valueOf: neverCalled,
      toString: neverCalled,
      toJSON: neverCalled,
      [Symbol.toPrimitive]: neverCalled,
      [Symbol.iterator]: neverCalled,
      get length(): number {
        return neverCalled()
      },
    }),
    'a boxed number': () => Object(1) as unknown,
    'a boxed string': () => Object('1') as unknown,
    'a promise': () => Promise.resolve(1),
    'a map': () => new Map(),
    'an ArrayBuffer': () => new ArrayBuffer(1),
    'a SharedArrayBuffer': () => new SharedArrayBuffer(1),
    'a DataView': () => new DataView(new ArrayBuffer(1)),
    'a Uint8ClampedArray': () => new Uint8ClampedArray(1),
    'an Int8Array': () => new Int8Array(1),
    'a Uint16Array': () => new Uint16Array(1),
    'an array-like object': () => ({ length: 0 }),
    'a proxy of an array': () => new Proxy([], {}),
    'a proxy of bytes': () => new Proxy(new Uint8Array(1), {}),
    'a proxy of a date': () => new Proxy(new Date(0), {}),
    'a revoked proxy': () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  },
}

/** Which sorts a type looks into; all others are of a wrong type. */
function sortsOf(type: Type): string[] {
  switch (type.kind) {
    case 'number':
    case 'milliseconds':
    case 'ordering':
    case 'handle':
      return ['number']
    case 'bigint':
    case 'boolean':
    case 'bytes':
    case 'date':
    case 'any':
      return [type.kind]
    case 'scalar':
      return ['null', 'boolean', 'number', 'bigint', 'string', 'bytes']
    case 'text':
    case 'char':
    case 'union':
      return ['string']
    case 'list':
    case 'array':
    case 'tuple':
    case 'variants':
      return ['array']
    case 'callback':
      return ['function']
    case 'optional':
      return ['undefined', 'null', ...sortsOf(type.of)]
  }
}

const SAFE = Number.MAX_SAFE_INTEGER
const ranges: Record<string, [number, number] | undefined> = {
  i8: [-128, 127],
  u8: [0, 255],
  i16: [-32_768, 32_767],
  u16: [0, 65_535],
  i32: [-2_147_483_648, 2_147_483_647],
  u32: [0, 4_294_967_295],
  i64: [-SAFE, SAFE],
  u64: [0, SAFE],
  isize: [-SAFE, SAFE],
  usize: [0, SAFE],
}

/** The smallest and largest value an integer type takes, zero between them or not; undefined for `f32` and `f64`. */
export function rangeOf(name: string): [number, number] | undefined {
  if (!name.startsWith('NonZero')) return ranges[name]
  const range = ranges[name.slice('NonZero'.length).toLowerCase()]
  return range?.[0] === 0 ? [1, range[1]] : range
}

const bigintRanges: Record<string, [bigint, bigint] | undefined> = {
  bigint64: [-(2n ** 63n), 2n ** 63n - 1n],
  biguint64: [0n, 2n ** 64n - 1n],
  bigint128: [-(2n ** 127n), 2n ** 127n - 1n],
  biguint128: [0n, 2n ** 128n - 1n],
}

/** The smallest and largest value a type of bigints takes. */
export function bigintRangeOf(name: string): [bigint, bigint] {
  const range = bigintRanges[name]
  if (range === undefined) throw new Error(`no bigints: ${name}`)
  return range
}

const outOfRange = (values: readonly unknown[]): BadValue[] =>
  values.map((value) => ({ name: String(value), make: () => value, code: 'ERR_OUT_OF_RANGE' }))

/** A Uint8Array whose memory has gone elsewhere. */
export function detached(): Uint8Array {
  const bytes = new Uint8Array([1, 2, 3])
  structuredClone(bytes, { transfer: [bytes.buffer] })
  return bytes
}

/** Runs on Node 20; the library's types for it come with ES2024. */
export function resizableBuffer(length: number, longest: number): ArrayBuffer & { resize: (length: number) => void } {
  return Reflect.construct(ArrayBuffer, [length, { maxByteLength: longest }]) as never
}

const loneSurrogates = {
  'a lone high surrogate': 'a\ud800b',
  'a lone low surrogate': '\udc00',
  'surrogates in the wrong order': '\udc00\ud800',
  'a lone surrogate behind a genuine U+FFFD': '\ufffd\ud83d',
  'a lone surrogate far inside': `${'é'.repeat(40_000)}\ud800${'é'.repeat(40_000)}`,
}

/** What is of the right sort and still wrong. */
function wrongOfItsSort(type: Type): BadValue[] {
  switch (type.kind) {
    case 'any':
      return []
    case 'number': {
      // Half a step above the largest single-precision number is the first that has none near it.
      if (type.name === 'f32') return outOfRange([(2 - 2 ** -24) * 2 ** 127, -1e39, 1e300, Number.MAX_VALUE])
      const range = rangeOf(type.name)
      if (range === undefined) return []
      const [low, high] = range
      const zero = type.name.startsWith('NonZero') ? [0, -0] : []
      return outOfRange([
        ...zero,
        NaN,
        Infinity,
        -Infinity,
        0.5,
        -0.5,
        low - 1,
        high + 1,
        2 ** 53,
        -(2 ** 53),
        2 ** 64,
        1e300,
      ])
    }
    case 'milliseconds':
      return outOfRange([NaN, Infinity, -Infinity, -1, -Number.MIN_VALUE])
    case 'bigint': {
      const [low, high] = bigintRangeOf(type.name)
      return outOfRange([low - 1n, high + 1n, 2n ** 200n, -(2n ** 200n), 2n ** 256n, -(2n ** 64n) * 2n ** 64n])
    }
    case 'scalar':
      return [
        ...wrongOfItsSort({ kind: 'bigint', name: 'bigint64' }),
        ...wrongOfItsSort({ kind: 'text' }),
        ...wrongOfItsSort({ kind: 'bytes' }),
      ]
    case 'ordering':
      return outOfRange([NaN, Infinity, -Infinity, 0.5, -0.5, 2, -2, 1 + Number.EPSILON, 2 ** 32, 2 ** 53])
    case 'char':
      return [
        ...wrongOfItsSort({ kind: 'text' }),
        ...['', 'ab', ' a', 'a\0', 'e\u0301', '👍🏽', '👩‍👩‍👧', 'a'.repeat(100_000)].map((text): BadValue => ({
          name: JSON.stringify(text.slice(0, 20)),
          make: () => text,
          code: 'ERR_OUT_OF_RANGE',
        })),
      ]
    case 'text':
      return Object.entries(loneSurrogates).map(([name, text]) => ({
        name,
        make: () => text,
        code: 'ERR_INVALID_STRING',
      }))
    case 'union':
      return [
        ...wrongOfItsSort({ kind: 'text' }),
        ...['', 'no such member', `${type.values[0] ?? ''} `, `${type.values[0] ?? ''}\0`].map((text): BadValue => ({
          name: JSON.stringify(text),
          make: () => text,
          code: 'ERR_OUT_OF_RANGE',
        })),
      ]
    case 'bytes':
      return [
        { name: 'a detached Uint8Array', make: detached, code: 'ERR_BUFFER_DETACHED' },
        ...(type.length === undefined ? [] : [0, type.length - 1, type.length + 1, 100_000]).map(
          (length): BadValue => ({
            name: `${String(length)} bytes`,
            make: () => new Uint8Array(length),
            code: 'ERR_OUT_OF_RANGE',
          }),
        ),
      ]
    case 'date':
      return [{ name: 'an invalid Date', make: () => new Date(NaN), code: 'ERR_OUT_OF_RANGE' }]
    case 'handle':
      return [NaN, Infinity, -5, 0, 1, 0.5, 2 ** 32 + 0.5, 2 ** 53, 2 ** 52 + 4_000_000_000].map((value) => ({
        name: String(value),
        make: () => value,
        code: 'ERR_HANDLE_INVALID',
      }))
    case 'list': {
      const holes: BadValue = {
        name: 'an array of 2 ** 32 - 1 holes',
        make: () => new Array<unknown>(2 ** 32 - 1),
        code: 'ERR_OUT_OF_RANGE',
      }
      const elements = badValuesOf(type.of)
      return [
        holes,
        ...elements.map(({ name, make, code }) => ({ name: `[${name}]`, make: () => [make()], code })),
        // Behind good ones, where a check of the first alone would not look.
        ...elements.slice(0, 3).map(({ name, make, code }) => ({
          name: `[…, ${name}]`,
          make: () => [goodValueOf(type.of), goodValueOf(type.of), make()],
          code,
        })),
      ]
    }
    case 'array':
      return wrongOfItsSort({ kind: 'tuple', of: Array.from({ length: type.length }, () => type.of) })
    case 'tuple':
      return wrongOfPlaces([], type.of)
    case 'variants': {
      const [first] = type.variants
      if (first === undefined) throw new Error('a union without variants')
      return [
        ...badValuesOf({ kind: 'union', values: type.variants.map(({ text }) => text) }).map(
          ({ name, make, code }) => ({
            name: `${name} at [0]`,
            make: () => [make(), ...first.fields.map(goodValueOf)],
            code,
          }),
        ),
        ...type.variants.flatMap(({ text, fields }) => wrongOfPlaces([text], fields)),
      ]
    }
    case 'optional':
      return wrongOfItsSort(type.of)
    case 'boolean':
    case 'callback':
      return []
  }
}

/** Arrays of a wrong length, or with a wrong value behind what stands in front. */
function wrongOfPlaces(front: readonly unknown[], of: readonly Type[]): BadValue[] {
  const good = (): unknown[] => [...front, ...of.map(goodValueOf)]
  const whole = front.length + of.length
  return [
    ...[0, whole - 1, whole + 1].map((length): BadValue => ({
      name: `${String(length)} elements`,
      make: () => [...good(), 1, 1].slice(0, length),
      code: 'ERR_INVALID_ARG_TYPE',
    })),
    { name: '2 ** 32 - 1 holes', make: () => new Array<unknown>(2 ** 32 - 1), code: 'ERR_OUT_OF_RANGE' },
    ...of.flatMap((element, at) =>
      badValuesOf(element).map(({ name, make, code }) => ({
        name: `${name} at [${String(front.length + at)}]`,
        make: () => good().map((value, place) => (place === front.length + at ? make() : value)),
        code,
      })),
    ),
  ]
}

/** Every value an argument of this type must refuse, and with which code. */
export function badValuesOf(type: Type): BadValue[] {
  // Whatever it is, it only passes through.
  if (type.kind === 'any') return []
  const accepted = sortsOf(type)
  const wrong = Object.entries(sorts)
    .filter(([sort]) => !accepted.includes(sort))
    .flatMap(([, values]) => Object.entries(values))
    .map(([name, make]): BadValue => ({ name, make, code: 'ERR_INVALID_ARG_TYPE' }))
  return [...wrong, ...wrongOfItsSort(type)]
}

/** A value an argument of this type takes; an object's handle comes from the test. */
export function goodValueOf(type: Type): unknown {
  switch (type.kind) {
    case 'number':
    case 'milliseconds':
    case 'ordering':
    case 'scalar':
      return 1
    case 'bigint':
      return 1n
    case 'boolean':
      return true
    case 'text':
    case 'char':
      return 'a'
    case 'union':
      return type.values[0]
    case 'bytes':
      return new Uint8Array(type.length ?? 1).fill(1)
    case 'any':
      return undefined
    case 'date':
      return new Date(0)
    case 'list':
      return [goodValueOf(type.of)]
    case 'array':
      return Array.from({ length: type.length }, () => goodValueOf(type.of))
    case 'tuple':
      return type.of.map(goodValueOf)
    case 'variants':
      return [type.variants[0]?.text, ...(type.variants[0]?.fields ?? []).map(goodValueOf)]
    case 'optional':
      return null
    case 'callback':
      return neverCalled
    case 'handle':
      throw new Error(`a ${type.of} must be made first`)
  }
}
