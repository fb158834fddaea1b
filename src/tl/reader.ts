import { TlError } from './error.js'
import { take, type Limits } from './message.js'
import type { Type } from './type.js'
import { bytes, double, int, long, string } from './types.js'

/** Where and how a {@link Reader} reads. */
export interface ReaderOptions extends Limits {
  /** Bytes to pass over first. @default 0 */
  position?: number | undefined
}

/**
 * Reads values one behind the other, where what comes next depends on what came before. Each `read` is one crossing: a `struct` reads many
 * values in one. What is refused moves nothing. The bytes are not copied: they must not be changed meanwhile.
 *
 * @example
 * const reader = new Reader(packet, { position: parseQueryHeader(packet).consumed })
 * if (reader.int() === GET_USER) get(reader.read(struct({ id: long })))
 * reader.end()
 */
export class Reader {
  readonly #bytes: Uint8Array
  readonly #limits: Limits
  #position: number

  /** @throws TlError at the first `read`: `ERR_OUT_OF_RANGE` for a position or limit that is no whole number. */
  constructor(message: Uint8Array, options: ReaderOptions = {}) {
    const { position = 0, ...limits } = options
    this.#bytes = message
    this.#limits = limits
    this.#position = position
  }

  /** Bytes passed. */
  get position(): number {
    return this.#position
  }

  /** Bytes left. */
  get left(): number {
    return this.#bytes.length - this.#position
  }

  /** The next value. Throws as `decode` does. */
  read<Value>(type: Type<Value>): Value {
    return this.#take('tl.Reader.read', type)
  }

  /** The next 32 bits. */
  int(): number {
    return this.#take('tl.Reader.int', int)
  }

  /** The next 64 bits. */
  long(): bigint {
    return this.#take('tl.Reader.long', long)
  }

  /** The next IEEE 754 number. */
  double(): number {
    return this.#take('tl.Reader.double', double)
  }

  /** The next string, which is UTF-8. */
  string(): string {
    return this.#take('tl.Reader.string', string)
  }

  /** The next string, as its bytes. */
  bytes(): Uint8Array {
    return this.#take('tl.Reader.bytes', bytes)
  }

  /** That nothing is left. @throws TlError `ERR_TL_EXTRA_DATA`. */
  end(): void {
    if (this.left <= 0) return
    const details = { position: this.#position, size: this.#bytes.length }
    const operation = 'tl.Reader.end'
    const text = `${this.left} bytes too many at position ${details.position} (size = ${details.size})`
    throw new TlError(`${operation}: ${text}`, { code: 'ERR_TL_EXTRA_DATA', operation, details })
  }

  #take<Value>(operation: string, type: Type<Value>): Value {
    const { value, end } = take(operation, type, this.#bytes, this.#position, this.#limits, false)
    this.#position = end
    return value
  }
}
