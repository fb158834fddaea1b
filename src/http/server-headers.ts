/**
 * The headers of a request: names in lower case, in the order in which each came first; one that came several times has all of
 * its values.
 */
export class RequestHeaders implements Iterable<readonly [name: string, value: string]> {
  readonly #entries: readonly (readonly [string, string])[]

  /** @internal */
  constructor(head: string) {
    const entries: (readonly [string, string])[] = []
    for (let at = 0; at < head.length;) {
      const end = head.indexOf('\n', at)
      const colon = head.indexOf(':', at)
      entries.push([head.slice(at, colon), head.slice(colon + 1, end)])
      at = end + 1
    }
    this.#entries = entries
  }

  /** A header's values, joined by `, `; null when it is not there. Use {@link getAll} for `cookie` and the like. */
  get(name: string): string | null {
    const values = this.getAll(name)
    return values.length === 0 ? null : values.join(', ')
  }

  /** Every value of a header, in the order they came. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase()
    return this.#entries.filter(([found]) => found === wanted).map(([, value]) => value)
  }

  /** Whether a header is there. */
  has(name: string): boolean {
    const wanted = name.toLowerCase()
    return this.#entries.some(([found]) => found === wanted)
  }

  /** Names and values. */
  [Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
    return this.#entries[Symbol.iterator]()
  }

  /** How many lines of headers there are. */
  get size(): number {
    return this.#entries.length
  }

  /** As `Headers` of the Web. */
  toWeb(): Headers {
    return new Headers(this.#entries.map(([name, value]): [string, string] => [name, value]))
  }
}
