import { put } from './message.js'
import type { Type } from './type.js'
import { bytes, double, int, long, string } from './types.js'

/**
 * Writes values one behind the other. Each `write` is one crossing: a `struct` writes many values in one. What is refused writes nothing.
 *
 * @example
 * const packet = new Writer().int(RPC_INVOKE_REQ).long(7n).write(query, { id: 1n }).finish()
 */
export class Writer {
  readonly #pieces: Uint8Array[] = []
  #length = 0

  /** Bytes written. */
  get length(): number {
    return this.#length
  }

  /** Writes a value. Throws as `encode` does. */
  write<Value>(type: Type<Value>, value: Value): this {
    return this.#put('tl.Writer.write', type, value)
  }

  /** Writes 32 bits. */
  int(value: number): this {
    return this.#put('tl.Writer.int', int, value)
  }

  /** Writes 64 bits. */
  long(value: bigint): this {
    return this.#put('tl.Writer.long', long, value)
  }

  /** Writes an IEEE 754 number. */
  double(value: number): this {
    return this.#put('tl.Writer.double', double, value)
  }

  /** Writes a string as UTF-8. */
  string(value: string): this {
    return this.#put('tl.Writer.string', string, value)
  }

  /** Writes a string of any bytes. */
  bytes(value: Uint8Array): this {
    return this.#put('tl.Writer.bytes', bytes, value)
  }

  /** What was written so far: a copy. It can go on. */
  finish(): Uint8Array {
    const all = new Uint8Array(this.#length)
    let at = 0
    for (const piece of this.#pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return all
  }

  #put<Value>(operation: string, type: Type<Value>, value: Value): this {
    const piece = put(operation, type, value, this.#length)
    this.#pieces.push(piece)
    this.#length += piece.length
    return this
  }
}
