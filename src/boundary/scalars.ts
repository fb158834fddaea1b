/** A few values in one crossing: what crates/node/src/convert/packed_scalars.rs reads and writes. */

/** A value that crosses by itself. */
export type Scalar = null | boolean | number | bigint | string | Uint8Array

/** The kinds of packed_scalars.rs, by their numbers. */
const [NULL, NUMBER, BIGINT, BOOLEAN, TEXT] = [0, 1, 2, 3, 4]

/** Packs and unpacks values through a copy's scratch array: right before, and right after, a native call. */
export class Scalars {
  readonly #doubles: Float64Array
  readonly #integers: BigInt64Array
  readonly #most: number

  constructor(scratch: Uint32Array) {
    const { buffer, byteOffset, length } = scratch
    this.#doubles = new Float64Array(buffer, byteOffset, length >> 1)
    this.#integers = new BigInt64Array(buffer, byteOffset, length >> 1)
    this.#most = (length >> 2) - 1
  }

  /**
   * The texts of the values as one; everything else is in the scratch array until the next native call. What cannot go that way
   * is given back as it is, for the native half to take one by one or to refuse by name.
   */
  pack(values: readonly Scalar[]): string | readonly Scalar[] {
    const count = values.length
    if (count > this.#most) return values
    const doubles = this.#doubles
    let text = ''
    let at = 1
    for (let index = 0; index < count; index++, at += 2) {
      const value = values[index] as Scalar
      switch (typeof value) {
        case 'number':
          doubles[at] = NUMBER
          doubles[at + 1] = value
          break
        case 'string':
          doubles[at] = TEXT
          doubles[at + 1] = value.length
          text = text === '' ? value : text + value
          break
        case 'boolean':
          doubles[at] = BOOLEAN
          doubles[at + 1] = value ? 1 : 0
          break
        case 'bigint':
          if (BigInt.asIntN(64, value) !== value) return values
          doubles[at] = BIGINT
          this.#integers[at + 1] = value
          break
        default:
          if (value !== null) return values
          doubles[at] = NULL
      }
    }
    doubles[0] = count
    return text
  }

  /** The values of a result; `from` of them are left out at the front. */
  unpack(packed: string | Scalar[], from = 0): Scalar[] {
    if (typeof packed !== 'string') return from === 0 ? packed : packed.slice(from)
    const doubles = this.#doubles
    const count = doubles[0] as number
    const values = new Array<Scalar>(count - from)
    let start = 0
    for (let index = from, at = 1 + 2 * from; index < count; index++, at += 2) {
      const value = doubles[at + 1] as number
      switch (doubles[at]) {
        case NUMBER:
          values[index - from] = value
          break
        case TEXT:
          values[index - from] = packed.slice(start, (start += value))
          break
        case BOOLEAN:
          values[index - from] = value === 1
          break
        case BIGINT:
          values[index - from] = this.#integers[at + 1] as bigint
          break
        default:
          values[index - from] = null
      }
    }
    return values
  }

  /** The first value of a result, when it is a number. */
  firstNumber(packed: string | Scalar[]): number {
    return (typeof packed === 'string' ? this.#doubles[2] : packed[0]) as number
  }
}
