import type { Sink } from './sink.js'

/** Where the values of a message are: the words of crates/tl/src/shaped.rs, and the message itself. */
export class Found {
  readonly words: Uint32Array
  readonly bytes: Uint8Array
  /** The next word; the first is where the message ends. */
  at = 1
  #buffer: Buffer | undefined

  constructor(words: Uint32Array, bytes: Uint8Array) {
    this.words = words
    this.bytes = bytes
  }

  /** The next word. */
  next(): number {
    return this.words[this.at++] as number
  }

  // Byte by byte: a DataView costs as much as fifty numbers.

  int(at: number): number {
    const { bytes } = this
    return (
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    )
  }

  long(at: number): bigint {
    words[0] = this.int(at)
    words[1] = this.int(at + 4)
    return longs[0] as bigint
  }

  double(at: number): number {
    words[0] = this.int(at)
    words[1] = this.int(at + 4)
    return doubles[0] as number
  }

  text(start: number, length: number): string {
    this.#buffer ??= asBuffer(this.bytes)
    return this.#buffer.toString('utf8', start, start + length)
  }
}

const words = new Int32Array(2)
const longs = new BigInt64Array(words.buffer)
const doubles = new Float64Array(words.buffer)

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A value that does not fit its type, on its way to who can say where it stands. */
export class Misfit extends Error {
  readonly expected: string
  readonly found: unknown
  /** Whether its memory was given away, and not what it is is wrong. */
  readonly isDetached: boolean
  /** From the outside in. */
  readonly path: (string | number)[] = []

  constructor(expected: string, found: unknown, isDetached = false) {
    super(expected)
    this.expected = expected
    this.found = found
    this.isDetached = isDetached
  }
}

/** Passes on what was thrown, with one more step of its path. */
export function inside(step: string | number, thrown: unknown): Error {
  if (thrown instanceof Misfit) thrown.path.unshift(step)
  // Whatever it is, it goes on as it came.
  return thrown as Error
}

/**
 * A type of the wire, and the values that have it: made by `int`, `long`, `double`, `string`, `bytes`, `vector` and `struct`.
 * It is checked once and can be used any number of times.
 */
export abstract class Type<Value> {
  /** How it is written: `vector(int)`. */
  readonly name: string
  /** As the native half takes it: crates/tl/src/shape.rs. */
  readonly shape: Uint8Array
  /** How many types stand inside each other, this one included. */
  readonly depth: number

  constructor(name: string, shape: readonly number[], depth = 1) {
    this.name = name
    this.shape = Uint8Array.from(shape)
    this.depth = depth
  }

  /** The value whose place comes next. */
  abstract take(found: Found): Value

  /** Puts a value where the native half takes it from. */
  abstract put(sink: Sink, value: Value): void

  /** Takes so many values that stand side by side, if all have the same size; otherwise each has a place of its own. */
  takeMany(found: Found, count: number): Value[] {
    // By what the words hold, which are there: the native half has checked the count.
    const values = new Array<Value>(count)
    for (let index = 0; index < count; index++) values[index] = this.take(found)
    return values
  }
}

/** The values of a type: `ValueOf<typeof user>`. */
export type ValueOf<T> = T extends Type<infer Value> ? Value : never
