import { isThenable, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { checkOptions, deadlineOf, Limits } from './deadline.js'
import { refusal } from './error.js'
import { AsyncBatches, SyncBatches, type Search } from './iteration.js'

/** How long functions of the caller run before the event loop gets its turn, in milliseconds. */
const SLICE = 5

/** What a function makes of a match. */
export type Replacer<H, C> = (match: C) => H

/** The same, and it may take its time; matches are replaced one after the other. */
export type AsyncReplacer<H, C> = (match: C) => H | PromiseLike<H>

interface Matched {
  readonly start: number
  readonly end: number
}

/** Puts the result together as matches come. */
class Rewritten<H, M, C> {
  readonly #search: Search<H, M, C>
  readonly #parts: H[] = []
  #copied = 0

  constructor(search: Search<H, M, C>) {
    this.#search = search
  }

  add({ start, end }: Matched, replacement: unknown): void {
    const { kind, operation, haystack } = this.#search
    if (!kind.is(replacement)) {
      throw refusal(operation, 'replacement', `a function that returns ${kind.expected}`, replacement)
    }
    this.#parts.push(kind.part(haystack, this.#copied, start), replacement)
    this.#copied = end
  }

  finish(): H {
    const { kind, haystack } = this.#search
    if (this.#copied === 0 && this.#parts.length === 0) return haystack
    this.#parts.push(kind.part(haystack, this.#copied, haystack.length))
    return kind.join(this.#parts)
  }
}

/** Replaces by a function; what it throws arrives untouched. */
export function rewrite<H, M, C extends Matched>(
  search: Search<H, M, C>,
  names: readonly (string | null)[],
  replacer: Replacer<H, C>,
  options: SyncCallOptions | undefined,
): H {
  const timeoutMs = deadlineOf(search.operation, options)
  const limits = new Limits(search.operation, { timeoutMs: timeoutMs ?? undefined })
  const batches = new SyncBatches(search, timeoutMs)
  const result = new Rewritten(search)
  try {
    for (let offsets; (offsets = batches.next()) !== null; batches.left = limits.left ?? null) {
      for (let at = 0; at < offsets.length; at += search.width) {
        const match = search.kind.captured(search.haystack, names, offsets, at)
        result.add(match, replacer(match))
        limits.check()
      }
    }
  } finally {
    batches.close()
  }
  return result.finish()
}

/** Replaces by a function that may be async, in slices between which the event loop runs. */
export async function rewriteAsync<H, M, C extends Matched>(
  search: Search<H, M, C>,
  names: readonly (string | null)[],
  replacer: AsyncReplacer<H, C>,
  options: CallOptions | undefined,
): Promise<H> {
  checkOptions(search.operation, options)
  const limits = new Limits(search.operation, { ...options })
  const batches = new AsyncBatches(search, options)
  const result = new Rewritten(search)
  try {
    for (let offsets; (offsets = await batches.next()) !== null; batches.left = limits.left) {
      let sliceEnd = performance.now() + SLICE
      for (let at = 0; at < offsets.length; at += search.width) {
        if (performance.now() >= sliceEnd) {
          await new Promise(setImmediate)
          sliceEnd = performance.now() + SLICE
        }
        limits.check()
        const match = search.kind.captured(search.haystack, names, offsets, at)
        const replacement = replacer(match)
        result.add(match, isThenable(replacement) ? await limits.wait(replacement) : replacement)
      }
    }
    limits.check()
  } finally {
    batches.close()
  }
  return result.finish()
}
