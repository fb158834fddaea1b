/** A match in text. Offsets count UTF-16 units, as JavaScript's strings do: `text === input.slice(start, end)`. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A match in bytes. `bytes` is a view of the array that was searched, not a copy. */
export interface BytesMatch {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** Where a group is: start, and end just past it. */
export type Span = readonly [start: number, end: number]

/** What `console.log` and `util.inspect` ask for. */
const inspectCustom: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/** How the native half says that a group took no part. */
const UNMATCHED = 0xffff_ffff

/** A match with its groups. Group 0 is the whole match; a group that took no part is `null`. */
abstract class Groups<H> {
  readonly start: number
  readonly end: number
  readonly #haystack: H
  readonly #names: readonly (string | null)[]
  /** Start and end per group, -1 for those that took no part. */
  readonly #offsets: number[]

  protected constructor(haystack: H, names: readonly (string | null)[], offsets: Uint32Array, at: number) {
    const own = new Array<number>(2 * names.length)
    for (let index = 0; index < own.length; index++) {
      const offset = offsets[at + index] as number
      own[index] = offset === UNMATCHED ? -1 : offset
    }
    this.#haystack = haystack
    this.#names = names
    this.#offsets = own
    this.start = own[0] as number
    this.end = own[1] as number
  }

  protected abstract part(haystack: H, start: number, end: number): H

  #group(index: number): H | null {
    const start = this.#offsets[2 * index] as number
    return start === -1 ? null : this.part(this.#haystack, start, this.#offsets[2 * index + 1] as number)
  }

  /** What each group matched, group 0 first. */
  get groups(): (H | null)[] {
    return this.#names.map((_, index) => this.#group(index))
  }

  /** Where each group is, group 0 first. */
  get spans(): (Span | null)[] {
    return this.#names.map((_, index) => {
      const start = this.#offsets[2 * index] as number
      return start === -1 ? null : [start, this.#offsets[2 * index + 1] as number]
    })
  }

  /** What each named group matched, by name; an object without a prototype, so every name is safe. */
  get named(): Record<string, H | null> {
    const named = Object.create(null) as Record<string, H | null>
    for (let index = 1; index < this.#names.length; index++) {
      const name = this.#names[index] as string | null
      if (name !== null) named[name] = this.#group(index)
    }
    return named
  }

  /** Everything as plain data. */
  toJSON(): object {
    return Object.assign({}, this, { groups: this.groups, spans: this.spans, named: this.named })
  }

  [inspectCustom](): object {
    return this.toJSON()
  }
}

/** A match in text with its groups. */
export class Captures extends Groups<string> implements Match {
  readonly text: string

  /** @internal */
  constructor(haystack: string, names: readonly (string | null)[], offsets: Uint32Array, at: number) {
    super(haystack, names, offsets, at)
    this.text = haystack.slice(this.start, this.end)
  }

  protected override part(haystack: string, start: number, end: number): string {
    return haystack.slice(start, end)
  }
}

/** A match in bytes with its groups, which are views of the array that was searched. */
export class BytesCaptures extends Groups<Uint8Array> implements BytesMatch {
  readonly bytes: Uint8Array

  /** @internal */
  constructor(haystack: Uint8Array, names: readonly (string | null)[], offsets: Uint32Array, at: number) {
    super(haystack, names, offsets, at)
    this.bytes = haystack.subarray(this.start, this.end)
  }

  protected override part(haystack: Uint8Array, start: number, end: number): Uint8Array {
    return haystack.subarray(start, end)
  }
}
