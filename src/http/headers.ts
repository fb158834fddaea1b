/** A header's name and its value. */
export type HeaderPair = readonly [name: string, value: string]

/**
 * The headers of a message, in the order in which they came; of a request, those of a name stand together. A name may be there
 * several times; it is compared without regard to case and given in lower case. Values are Latin-1.
 */
export class HttpHeaders implements Iterable<HeaderPair> {
  /** Names and values in turn. */
  readonly #flat: readonly string[]

  /**
   * @internal
   * @param flat names, in lower case, and values in turn.
   */
  constructor(flat: readonly string[]) {
    this.#flat = flat
  }

  /** How many there are, repeated ones each. */
  get size(): number {
    return this.#flat.length / 2
  }

  /** Every value of a header joined by `, `, as the Web's `Headers` do; null when it is not there. */
  get(name: string): string | null {
    const values = this.getAll(name)
    return values.length === 0 ? null : values.join(', ')
  }

  /** Every value of a header, in order. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase()
    const values: string[] = []
    for (let at = 0; at < this.#flat.length; at += 2) {
      if (this.#flat[at] === wanted) values.push(this.#flat[at + 1] as string)
    }
    return values
  }

  /** Whether a header is there. */
  has(name: string): boolean {
    return this.getAll(name).length > 0
  }

  /** Every `set-cookie`, which cannot be joined. */
  getSetCookie(): string[] {
    return this.getAll('set-cookie')
  }

  /** Names and values in the order in which they came. */
  *entries(): Generator<HeaderPair, void> {
    for (let at = 0; at < this.#flat.length; at += 2) yield [this.#flat[at] as string, this.#flat[at + 1] as string]
  }

  [Symbol.iterator](): Generator<HeaderPair, void> {
    return this.entries()
  }

  /** As the Web's own `Headers`, which sort them. */
  toWeb(): Headers {
    return new Headers([...this].map(([name, value]): [string, string] => [name, value]))
  }
}
