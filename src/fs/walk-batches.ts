import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { errorFrom, refusal, type FsError } from './error.js'
import { native, type EntriesTuple, type WalkFlag } from './native.js'
import { readPath } from './path.js'
import type { EntryKind } from './stat.js'

/** In the order of the numbers that stand for them natively. */
const KINDS: readonly EntryKind[] = ['file', 'folder', 'link', 'other']

/** Something in a folder. */
export class Entry {
  constructor(
    /** Where it is, from the folder that was listed, with `/` between names. What is no UTF-8 in it is U+FFFD. */
    readonly path: string,
    /** What it is itself; with `followLinks` what a link leads to. */
    readonly kind: EntryKind,
    /** The same path exactly, where it is no UTF-8; otherwise undefined. */
    readonly bytes?: Uint8Array,
  ) {}

  /** Its name, without the folders above it. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1)
  }
}

/** What of a folder is told. */
export interface ListOptions {
  /** Only entries of these kinds. Default: all. */
  kinds?: readonly EntryKind[] | undefined
  /** In the order of their names (of their bytes), folder by folder. Default false: as the system gives them. */
  sorted?: boolean | undefined
  /**
   * Patterns of which an entry's path must match one: `*` within a name, `**` across folders, `?`, `[a-z]`, `{a,b}`. Default:
   * every entry.
   */
  include?: string | readonly string[] | undefined
  /** Patterns of what is left out; folders they match are not gone into. */
  exclude?: string | readonly string[] | undefined
}

/** Where a walk goes. */
export interface WalkOptions extends ListOptions {
  /** How many folders deep: 1 is the folder itself. Default: all. */
  maxDepth?: number | undefined
  /**
   * Goes into folders that links lead to, and tells links as what they lead to. A link that leads in a circle, or nowhere,
   * stays a link. Default false.
   */
  followLinks?: boolean | undefined
  /** Leaves out what `.gitignore` and `.ignore` files on the way name. Default false. */
  ignoreFiles?: boolean | undefined
  /**
   * What becomes of a folder that cannot be read: with `'throw'` it ends the walk, with `'collect'` its error goes into `errors`
   * and the walk goes on. The first folder always throws. Default `'throw'`.
   */
  onError?: 'throw' | 'collect' | undefined
}

/** Entries of one crossing: few at first, so that nothing is read for nothing, then more. */
const FIRST = 64
const MOST = 1024

/** @internal The batches of a walk. */
export class Batches extends NativeObject {
  readonly operation: string
  readonly errors: FsError[] = []
  readonly #leaving = new AbortController()
  #size = FIRST
  #ended = false

  constructor(operation: string, root: string, options: WalkOptions) {
    const { maxDepth = null, include, exclude, kinds } = options
    const patterns = [patternsOf(operation, 'include', include), patternsOf(operation, 'exclude', exclude)] as const
    const [mask, flags] = [maskOf(operation, kinds), flagsOf(operation, options)]
    boundary.asks(operation)
    super(boundary, native.walkNew(root, maxDepth, ...patterns, mask, flags))
    this.operation = operation
  }

  /** Null at the end. */
  async next(options: CallOptions, size = this.#grown()): Promise<Entry[] | null> {
    if (this.#ended) return null
    const leaving = this.#leaving.signal
    const signal = options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving])
    try {
      const crossed = boundary.call<EntriesTuple>(this.operation, { signal, timeoutMs: options.timeoutMs }, (call) => {
        native.walkNext(call, this.handle, size)
      })
      return this.#read(await crossed)
    } catch (error) {
      this.dispose()
      if (error === LEFT) return null
      throw error
    }
  }

  nextSync(deadline: number | null): Entry[] | null {
    if (this.#ended) return null
    try {
      boundary.asks(this.operation)
      return this.#read(native.walkNextSync(deadline, this.handle, this.#grown()))
    } catch (error) {
      this.dispose()
      throw error
    }
  }

  #grown(): number {
    const size = this.#size
    this.#size = Math.min(MOST, size * 2)
    return size
  }

  #read([paths, kinds, errors, ended]: EntriesTuple): Entry[] {
    if (ended) this.dispose()
    for (const facts of errors) this.errors.push(errorFrom(this.operation, facts))
    const entries: Entry[] = new Array<Entry>(paths.length)
    for (let at = 0; at < paths.length; at += 1) {
      const [text, kind] = [paths[at] as string, KINDS[kinds[at] as number] as EntryKind]
      if (text.includes('\0')) {
        const { path, bytes } = readPath(text)
        entries[at] = new Entry(path, kind, bytes)
      } else entries[at] = new Entry(text, kind)
    }
    return entries
  }

  override dispose(): void {
    this.#ended = true
    super.dispose()
    this.#leaving.abort(LEFT)
  }
}

const LEFT = Symbol('left')

function patternsOf(operation: string, name: string, given: unknown): readonly string[] {
  if (given === undefined) return []
  const patterns: unknown = typeof given === 'string' ? [given] : given
  if (Array.isArray(patterns) && patterns.every((pattern) => typeof pattern === 'string')) return patterns
  throw refusal(operation, `options.${name}`, 'a pattern or an array of patterns', given)
}

function maskOf(operation: string, kinds: readonly EntryKind[] | undefined): number {
  if (kinds === undefined) return 0b1111
  if (!Array.isArray(kinds)) throw refusal(operation, 'options.kinds', 'an array of kinds', kinds)
  let mask = 0
  for (const kind of kinds as readonly EntryKind[]) {
    const at = KINDS.indexOf(kind)
    if (at < 0) throw refusal(operation, 'options.kinds', `an array of ${KINDS.join(', ')}`, kind)
    mask |= 1 << at
  }
  return mask
}

function flagsOf(operation: string, options: WalkOptions): WalkFlag[] {
  const onError: unknown = options.onError
  if (onError !== undefined && onError !== 'throw' && onError !== 'collect') {
    throw refusal(operation, 'options.onError', "'throw' or 'collect'", onError)
  }
  const flags: WalkFlag[] = onError === 'collect' ? ['collectErrors'] : []
  for (const name of ['sorted', 'followLinks', 'ignoreFiles'] as const) {
    const value: unknown = options[name]
    if (value !== undefined && typeof value !== 'boolean')
      throw refusal(operation, `options.${name}`, 'a boolean', value)
    if (value === true) flags.push(name)
  }
  return flags
}
