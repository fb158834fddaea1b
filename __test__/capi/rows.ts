// What is computed in several ways and has to come out the same: a function of the C library, and each path beside it.
import { lot } from '../sql/postgres.js'

export type Argument = Buffer | number | bigint

/** A call, as the C program reads it, and what each path says comes of it, as the C program writes it. */
export interface Call {
  line: string
  expected: Readonly<Record<string, string>>
}

export interface Row {
  /** The function, without its prefix. */
  name: string
  call: (random: Random) => Call
}

/** Everything that a seed gives. */
export class Random {
  private readonly draw: (below: number) => number

  constructor(seed: number) {
    this.draw = lot(seed)
  }

  below(limit: number): number {
    return this.draw(limit)
  }

  u32(): number {
    return this.draw(2 ** 32)
  }

  i32(): number {
    return this.u32() | 0
  }

  i64(): bigint {
    return BigInt.asIntN(64, (BigInt(this.u32()) << 32n) | BigInt(this.u32()))
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  /** Up to so many of what `make` makes. */
  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make)
  }

  bytes(most: number): Buffer {
    return Buffer.from(this.list(most, () => this.below(256)))
  }

  /** Up to so many pieces, one behind the other: bytes of Latin-1. */
  text(pieces: readonly string[], most: number): Buffer {
    return Buffer.from(this.list(most, () => this.pick(pieces)).join(''), 'latin1')
  }
}

/**
 * A row of the table. `paths` has each other way to the result by its name: a surface of ferrule, or a reference that shares nothing
 * with the engine. Another path is another entry.
 */
export function row<const A extends readonly Argument[]>(
  name: string,
  make: (random: Random) => A,
  paths: Readonly<Record<string, (...args: A) => string>>,
): Row {
  return {
    name,
    call: (random) => {
      const args = make(random)
      const written = args.map((argument) =>
        Buffer.isBuffer(argument) ? `x${argument.toString('hex')}` : `${argument}`,
      )
      return {
        line: [name, ...written].join(' '),
        expected: Object.fromEntries(Object.entries(paths).map(([path, compute]) => [path, compute(...args)])),
      }
    },
  }
}
