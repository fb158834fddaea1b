import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { kept } from './iteration.js'
import { operationsOf, type Operations } from './names.js'
import { native, type Handle, type Packed } from './native.js'
import { compilation, type RegexOptions } from './options.js'

/** The exports of one kind of set. */
interface SetKind<H> {
  /** What its errors call the async methods. */
  readonly operations: Pick<Operations, 'isMatchAsync' | 'matchesAsync'>
  readonly isMatch: (set: Handle, haystack: H) => boolean
  readonly isMatchTask: (call: number, set: Handle, haystack: H) => void
  readonly matches: (set: Handle, haystack: H) => Packed
  readonly matchesTask: (call: number, set: Handle, haystack: H) => void
}

/** What {@link RegexSet} and {@link BytesRegexSet} have in common. */
abstract class PatternSet<H> extends NativeObject {
  /** The patterns as they were given. */
  readonly patterns: readonly string[]
  /** The letters of the flags that are on, in the order `imsUxuR`. */
  readonly flags: string
  readonly #kind: SetKind<H>

  /** @internal */
  protected constructor(kind: SetKind<H>, handle: Handle, patterns: readonly string[], flags: string) {
    super(boundary, handle)
    this.#kind = kind
    this.patterns = Object.freeze([...patterns])
    this.flags = flags
  }

  /** How many patterns there are. */
  get size(): number {
    return this.patterns.length
  }

  /** Whether any of the patterns matches. */
  isMatch(haystack: H): boolean {
    return this.#kind.isMatch(this.handle, haystack)
  }

  /** {@link isMatch} on the pool. */
  isMatchAsync(haystack: H, options?: CallOptions): Promise<boolean> {
    return boundary.call(this.#kind.operations.isMatchAsync, options, (call) => {
      this.#kind.isMatchTask(call, this.handle, haystack)
    })
  }

  /** The indices of the patterns that match, ascending; found in one search. */
  matches(haystack: H): number[] {
    return [...kept(this.#kind.matches(this.handle, haystack))]
  }

  /** {@link matches} on the pool. */
  async matchesAsync(haystack: H, options?: CallOptions): Promise<number[]> {
    const indices = await boundary.call<Uint32Array>(this.#kind.operations.matchesAsync, options, (call) => {
      this.#kind.matchesTask(call, this.handle, haystack)
    })
    return [...indices]
  }
}

const text: SetKind<string> = {
  operations: operationsOf('RegexSet'),
  isMatch: native.regexSetIsMatch,
  isMatchTask: native.regexSetIsMatchTask,
  matches: native.regexSetMatches,
  matchesTask: native.regexSetMatchesTask,
}

const bytes: SetKind<Uint8Array> = {
  operations: operationsOf('BytesRegexSet'),
  isMatch: native.bytesRegexSetIsMatch,
  isMatchTask: native.bytesRegexSetIsMatchTask,
  matches: native.bytesRegexSetMatches,
  matchesTask: native.bytesRegexSetMatchesTask,
}

/**
 * Patterns over text in one program: a single search says which of them match, not where.
 *
 * @example
 * new RegexSet(['[0-9]', '[a-z]', '[A-Z]']).matches('a1') // [0, 1]
 */
export class RegexSet extends PatternSet<string> {
  /**
   * Compiles the patterns; `sizeLimit` is for all of them together.
   *
   * @throws RegexError as for `Regex`; `details.index` says which pattern is at fault.
   */
  constructor(patterns: readonly string[], options?: RegexOptions) {
    const compiled = compilation('regex.RegexSet', options)
    super(text, native.regexSetNew(patterns, ...compiled), patterns, compiled[0].join(''))
  }
}

/** Patterns over bytes in one program; otherwise as {@link RegexSet}. */
export class BytesRegexSet extends PatternSet<Uint8Array> {
  /** Compiles the patterns; errors as for {@link RegexSet}. */
  constructor(patterns: readonly string[], options?: RegexOptions) {
    const compiled = compilation('regex.BytesRegexSet', options)
    super(bytes, native.bytesRegexSetNew(patterns, ...compiled), patterns, compiled[0].join(''))
  }
}
