// The wire format once more, value by value: what ferrule/tl is compared with.
import { bytes, double, int, long, string, struct, vector, type Type } from 'ferrule/tl'

type Lot = (below: number) => number

/** A value, and its bytes. */
export interface Sample {
  readonly value: unknown
  readonly wire: Buffer
}

/** A type, and where values of it come from. */
export interface Kind {
  readonly type: Type<unknown>
  readonly sample: () => Sample
}

const EDGES = {
  int: [0, -1, 1, 2 ** 31 - 1, -(2 ** 31)],
  long: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n],
  double: [0, -0, 1.5, Infinity, -Infinity, NaN, Number.MIN_VALUE, Number.MAX_VALUE],
  length: [0, 1, 3, 4, 253, 254, 255, 256, 257, 1000, 70_000],
  text: ['', 'a', 'abcd', 'é', '😀', 'x\u0000y', '\ufeffmark', 'é'.repeat(127), 'z'.repeat(253), 'z'.repeat(254)],
}

function wireString(content: Uint8Array): Buffer {
  const { length } = content
  const head = length < 254 ? [length] : [254, length & 255, (length >> 8) & 255, length >> 16]
  const padding = Buffer.alloc((4 - ((head.length + length) % 4)) % 4)
  return Buffer.concat([Buffer.from(head), content, padding])
}

function wireInt(value: number): Buffer {
  const wire = Buffer.alloc(4)
  wire.writeInt32LE(value)
  return wire
}

/** Types at random, up to some depth. */
export function kindOf(next: Lot, depth: number): Kind {
  const one = <T>(from: readonly T[]): T => from[next(from.length)] as T
  const edge = (): boolean => next(3) === 0
  const kind = <T>(type: Type<T>, sample: () => Sample): Kind => ({ type: type, sample })
  const simple = [
    () =>
      kind(int, () => {
        const value = edge() ? one(EDGES.int) : next(2 ** 32) | 0
        return { value, wire: wireInt(value) }
      }),
    () =>
      kind(long, () => {
        const random = BigInt.asIntN(64, (BigInt(next(2 ** 32)) << 32n) | BigInt(next(2 ** 32)))
        const value = edge() ? one(EDGES.long) : random
        const wire = Buffer.alloc(8)
        wire.writeBigInt64LE(value)
        return { value, wire }
      }),
    () =>
      kind(double, () => {
        const value = edge() ? one(EDGES.double) : next(2 ** 32) / 7 - 1000
        const wire = Buffer.alloc(8)
        wire.writeDoubleLE(value)
        return { value, wire }
      }),
    () =>
      kind(bytes, () => {
        const length = next(20) === 0 ? one(EDGES.length) : next(12)
        const value = Uint8Array.from({ length }, () => next(256))
        return { value, wire: wireString(value) }
      }),
    () =>
      kind(string, () => {
        const value = one(EDGES.text)
        return { value, wire: wireString(Buffer.from(value)) }
      }),
  ]
  const composed = [
    () => {
      const element = kindOf(next, depth - 1)
      return kind(vector(element.type), () => {
        const items = Array.from({ length: next(5) }, element.sample)
        const wire = [wireInt(0x1cb5c415), wireInt(items.length), ...items.map((item) => item.wire)]
        return { value: items.map(({ value }) => value), wire: Buffer.concat(wire) }
      })
    },
    () => {
      const fields = Array.from(
        { length: 1 + next(5) },
        (_, index) => [`field${index}`, kindOf(next, depth - 1)] as const,
      )
      return kind(struct(Object.fromEntries(fields.map(([name, field]) => [name, field.type]))), () => {
        const items = fields.map(([name, field]) => [name, field.sample()] as const)
        const value = Object.fromEntries(items.map(([name, item]) => [name, item.value]))
        return { value, wire: Buffer.concat(items.map(([, item]) => item.wire)) }
      })
    },
  ]
  return one(depth > 0 ? [...simple, ...composed, ...composed] : simple)()
}
