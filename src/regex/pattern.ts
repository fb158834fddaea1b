import { boundary } from '../addon.js'
import { NativeObject, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { checkOptions, deadlineOf } from './deadline.js'
import { refusal } from './error.js'
import {
  AsyncBatches,
  AsyncMatchIterator,
  kept,
  MatchIterator,
  SyncBatches,
  type Read,
  type Search,
} from './iteration.js'
import type { Kind } from './kind.js'
import type { Operations } from './names.js'
import type { Handle, Packed } from './native.js'
import { rewrite, rewriteAsync, type AsyncReplacer, type Replacer } from './rewrite.js'

/** Where a search starts. What stands before still counts for `^`, `\b` and their like. */
export interface FromOption {
  /** Offset of the first position a match may start at: UTF-16 units in text, bytes in bytes. Default 0. */
  readonly from?: number | undefined
}

/**
 * What {@link Regex} and {@link BytesRegex} have in common. `H` is what is searched, `M` a match, `C` a match with its
 * groups.
 *
 * Sync methods run on this thread: right for short inputs and scripts. The `…Async` ones copy the input and run on the
 * blocking pool: right for inputs that take more than about a millisecond. A single search takes time linear in the input,
 * whatever the pattern, and is not interrupted; going over all matches can be quadratic, so what does that takes
 * `timeoutMs`, checked before each search.
 *
 * Errors of every method: `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_STRING` (a lone surrogate; see
 * `String.prototype.toWellFormed`), `ERR_HANDLE_CLOSED` after `dispose()`, `ERR_OUT_OF_RANGE` (a `from` past the end or
 * inside a surrogate pair, an input of 4 GiB), `ERR_TIMEOUT` where there is a `timeoutMs`. An aborted call rejects with
 * the signal's own reason.
 */
export abstract class Pattern<
  H extends { readonly length: number },
  M,
  C extends { start: number; end: number },
> extends NativeObject {
  /** The pattern as it was given. */
  readonly pattern: string
  /** The letters of the flags that are on, in the order `imsUxuR`. */
  readonly flags: string
  readonly #kind: Kind<H, M, C>
  #names: readonly (string | null)[] | undefined

  /** @internal */
  protected constructor(kind: Kind<H, M, C>, handle: Handle, pattern: string, flags: string) {
    super(boundary, handle)
    this.#kind = kind
    this.pattern = pattern
    this.flags = flags
  }

  /** The name of each group by its number; `null` for those without one, such as group 0, the whole match. */
  get groupNames(): readonly (string | null)[] {
    return this.#namesFor('groupNames')
  }

  /** How many groups there are, group 0 included: at least 1. */
  get groupCount(): number {
    return this.#namesFor('groupCount').length
  }

  /** Whether the pattern matches anywhere, or at or after `from`. */
  isMatch(haystack: H, from?: number): boolean {
    if (from === undefined) return this.#kind.isMatch(this.handle, haystack)
    return this.#kind.isMatchAt(this.handle, haystack, from)
  }

  /** {@link isMatch} on the pool. */
  isMatchAsync(haystack: H, options?: CallOptions & FromOption): Promise<boolean> {
    return boundary.call(this.#kind.operations.isMatchAsync, options, (call) => {
      this.#kind.isMatchTask(call, this.handle, haystack, options?.from ?? 0)
    })
  }

  /** The leftmost match that starts at or after `from`, or null. */
  find(haystack: H, from = 0): M | null {
    const found = this.#kind.find(this.handle, haystack, from)
    if (found === null) return null
    const offsets = typeof found === 'number' ? boundary.scratch : found
    return this.#kind.match(haystack, offsets[0] as number, offsets[1] as number)
  }

  /** {@link find} on the pool. */
  async findAsync(haystack: H, options?: CallOptions & FromOption): Promise<M | null> {
    const offsets = await boundary.call<Uint32Array | null>(this.#kind.operations.findAsync, options, (call) => {
      this.#kind.findTask(call, this.handle, haystack, options?.from ?? 0)
    })
    return offsets === null ? null : this.#kind.match(haystack, offsets[0] as number, offsets[1] as number)
  }

  /** The leftmost match that starts at or after `from`, with its groups, or null. */
  captures(haystack: H, from = 0): C | null {
    const names = this.#namesFor('captures')
    const found = this.#kind.captures(this.handle, haystack, from)
    if (found === null) return null
    return this.#kind.captured(haystack, names, typeof found === 'number' ? boundary.scratch : found, 0)
  }

  /** {@link captures} on the pool. */
  async capturesAsync(haystack: H, options?: CallOptions & FromOption): Promise<C | null> {
    const names = this.#namesFor('capturesAsync')
    const offsets = await boundary.call<Uint32Array | null>(this.#kind.operations.capturesAsync, options, (call) => {
      this.#kind.capturesTask(call, this.handle, haystack, options?.from ?? 0)
    })
    return offsets === null ? null : this.#kind.captured(haystack, names, offsets, 0)
  }

  /**
   * Every match, one after the other, found in batches as the iterator is pulled. They do not overlap; an empty match
   * right after the match before it is left out.
   *
   * `timeoutMs` bounds the time spent searching, not what the caller does between two matches. A long input is copied once
   * and held natively until the iteration ends.
   */
  matches(haystack: H, options?: SyncCallOptions & FromOption): MatchIterator<M> {
    const search = this.#search('matches', haystack, false, options)
    return new MatchIterator(
      new SyncBatches(search, deadlineOf(search.operation, options)),
      search.width,
      this.#matchReader(haystack),
    )
  }

  /** {@link matches} from the pool, for `for await`. */
  matchesAsync(haystack: H, options?: CallOptions & FromOption): AsyncMatchIterator<M> {
    const search = this.#search('matchesAsync', haystack, false, options)
    return new AsyncMatchIterator(new AsyncBatches(search, options), search.width, this.#matchReader(haystack))
  }

  /** Every match with its groups; otherwise as {@link matches}. */
  capturesAll(haystack: H, options?: SyncCallOptions & FromOption): MatchIterator<C> {
    const search = this.#search('capturesAll', haystack, true, options)
    return new MatchIterator(
      new SyncBatches(search, deadlineOf(search.operation, options)),
      search.width,
      this.#capturesReader(haystack),
    )
  }

  /** {@link capturesAll} from the pool, for `for await`. */
  capturesAllAsync(haystack: H, options?: CallOptions & FromOption): AsyncMatchIterator<C> {
    const search = this.#search('capturesAllAsync', haystack, true, options)
    return new AsyncMatchIterator(new AsyncBatches(search, options), search.width, this.#capturesReader(haystack))
  }

  /** How many matches there are. */
  count(haystack: H, options?: SyncCallOptions): number {
    const operation = this.#kind.operations.count
    const timeoutMs = deadlineOf(operation, options)
    boundary.asks(operation)
    return this.#kind.countTaskSync(timeoutMs, this.handle, haystack)
  }

  /** {@link count} on the pool. */
  countAsync(haystack: H, options?: CallOptions): Promise<number> {
    return boundary.call(this.#kind.operations.countAsync, options, (call) => {
      this.#kind.countTask(call, this.handle, haystack)
    })
  }

  /**
   * Replaces the first match.
   *
   * @param replacement a template, in which `$1`, `$name`, `${1}` and `${name}` stand for groups and `$$` for a dollar
   *   sign (`ERR_REGEX_GROUP` when there is no such group); or a function of the match. What a function throws arrives
   *   untouched.
   * @returns the input itself when nothing matched.
   */
  replace(haystack: H, replacement: H | Replacer<H, C>, options?: SyncCallOptions): H {
    return this.#replace('replace', haystack, 1, replacement, options)
  }

  /** Replaces every match; otherwise as {@link replace}. */
  replaceAll(haystack: H, replacement: H | Replacer<H, C>, options?: SyncCallOptions): H {
    return this.#replace('replaceAll', haystack, null, replacement, options)
  }

  /** Replaces the first `limit` matches; otherwise as {@link replace}. */
  replaceN(haystack: H, limit: number, replacement: H | Replacer<H, C>, options?: SyncCallOptions): H {
    return this.#replace('replaceN', haystack, this.#checkedLimit('replaceN', limit), replacement, options)
  }

  /**
   * {@link replace} on the pool. A function runs on this thread, may be async, and is called for one match after the
   * other, with pauses in which the event loop runs; `signal` and `timeoutMs` are looked at between two calls and while a
   * promise of it is awaited.
   */
  replaceAsync(haystack: H, replacement: H | AsyncReplacer<H, C>, options?: CallOptions): Promise<H> {
    return this.#replaceAsync('replaceAsync', haystack, 1, replacement, options)
  }

  /** {@link replaceAll} on the pool; functions as in {@link replaceAsync}. */
  replaceAllAsync(haystack: H, replacement: H | AsyncReplacer<H, C>, options?: CallOptions): Promise<H> {
    return this.#replaceAsync('replaceAllAsync', haystack, null, replacement, options)
  }

  /** {@link replaceN} on the pool; functions as in {@link replaceAsync}. */
  async replaceNAsync(
    haystack: H,
    limit: number,
    replacement: H | AsyncReplacer<H, C>,
    options?: CallOptions,
  ): Promise<H> {
    return this.#replaceAsync(
      'replaceNAsync',
      haystack,
      this.#checkedLimit('replaceNAsync', limit),
      replacement,
      options,
    )
  }

  /** The pieces between matches: one more than there are matches; they may be empty. Groups are not part of it. */
  split(haystack: H, options?: SyncCallOptions): H[] {
    return this.#split('split', haystack, null, options)
  }

  /** At most `limit` pieces, the last of which is all that remains; none when `limit` is 0. */
  splitN(haystack: H, limit: number, options?: SyncCallOptions): H[] {
    return this.#split('splitN', haystack, this.#checkedLimit('splitN', limit), options)
  }

  /** {@link split} on the pool. */
  splitAsync(haystack: H, options?: CallOptions): Promise<H[]> {
    return this.#splitAsync('splitAsync', haystack, null, options)
  }

  /** {@link splitN} on the pool. */
  async splitNAsync(haystack: H, limit: number, options?: CallOptions): Promise<H[]> {
    return this.#splitAsync('splitNAsync', haystack, this.#checkedLimit('splitNAsync', limit), options)
  }

  /** The names of the groups, asked for once; should that fail, `method` did. */
  #namesFor(method: keyof Operations): readonly (string | null)[] {
    if (this.#names !== undefined) return this.#names
    boundary.asks(this.#kind.operations[method])
    return (this.#names = Object.freeze(this.#kind.groupNames(this.handle)))
  }

  #checkedLimit(method: keyof Operations, limit: number): number {
    return checkedLimit(this.#kind.operations[method], limit)
  }

  #matchReader(haystack: H): Read<M> {
    const kind = this.#kind
    return (offsets, at) => kind.match(haystack, offsets[at] as number, offsets[at + 1] as number)
  }

  #capturesReader(haystack: H): Read<C> {
    const kind = this.#kind
    const names = this.groupNames
    return (offsets, at) => kind.captured(haystack, names, offsets, at)
  }

  #search(
    method: keyof Operations,
    haystack: H,
    captures: boolean,
    options: FromOption | undefined,
    limit = Infinity,
  ): Search<H, M, C> {
    const kind = this.#kind
    const operation = kind.operations[method]
    checkOptions(operation, options)
    if (!kind.is(haystack)) throw refusal(operation, 'haystack', kind.expected, haystack)
    const groupCount = captures ? this.#namesFor(method).length : 1
    const [groups, width] = [groupCount > 1, 2 * groupCount]
    const { handle } = this
    return { kind, operation, regex: this, handle, haystack, from: options?.from ?? 0, width, groups, limit }
  }

  #replace(
    method: keyof Operations,
    haystack: H,
    limit: number | null,
    replacement: H | Replacer<H, C>,
    options: SyncCallOptions | undefined,
  ): H {
    if (typeof replacement === 'function') {
      const search = this.#search(method, haystack, true, undefined, limit ?? Infinity)
      return rewrite(search, this.groupNames, replacement, options)
    }
    const operation = this.#kind.operations[method]
    const timeoutMs = deadlineOf(operation, options)
    boundary.asks(operation)
    return this.#kind.replaceTaskSync(timeoutMs, this.handle, haystack, replacement, limit) ?? haystack
  }

  async #replaceAsync(
    method: keyof Operations,
    haystack: H,
    limit: number | null,
    replacement: H | AsyncReplacer<H, C>,
    options: CallOptions | undefined,
  ): Promise<H> {
    if (typeof replacement === 'function') {
      const search = this.#search(method, haystack, true, undefined, limit ?? Infinity)
      return rewriteAsync(search, this.groupNames, replacement, options)
    }
    const replaced = await boundary.call<H | null>(this.#kind.operations[method], options, (call) => {
      this.#kind.replaceTask(call, this.handle, haystack, replacement, limit)
    })
    return replaced ?? haystack
  }

  #split(method: keyof Operations, haystack: H, limit: number | null, options: SyncCallOptions | undefined): H[] {
    const operation = this.#kind.operations[method]
    const timeoutMs = deadlineOf(operation, options)
    boundary.asks(operation)
    return this.#pieces(haystack, this.#kind.splitTaskSync(timeoutMs, this.handle, haystack, limit))
  }

  async #splitAsync(
    method: keyof Operations,
    haystack: H,
    limit: number | null,
    options: CallOptions | undefined,
  ): Promise<H[]> {
    const offsets = await boundary.call<Uint32Array>(this.#kind.operations[method], options, (call) => {
      this.#kind.splitTask(call, this.handle, haystack, limit)
    })
    return this.#pieces(haystack, offsets)
  }

  #pieces(haystack: H, packed: Packed): H[] {
    return piecesOf(this.#kind, haystack, kept(packed))
  }
}

/** Start and end of each piece, as pieces. */
export function piecesOf<H>(kind: Pick<Kind<H, unknown, unknown>, 'part'>, haystack: H, offsets: Uint32Array): H[] {
  const pieces: H[] = []
  for (let at = 0; at < offsets.length; at += 2) {
    pieces.push(kind.part(haystack, offsets[at] as number, offsets[at + 1] as number))
  }
  return pieces
}

/** Here and not natively, where no limit is null: a number that is not one must not mean "all". */
export function checkedLimit(operation: string, limit: number): number {
  if (Number.isInteger(limit) && limit >= 0 && limit <= 0xffff_ffff) return limit
  throw refusal(operation, 'limit', 'a whole number from 0 to 4294967295', limit)
}
