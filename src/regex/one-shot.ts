import { boundary } from '../addon.js'
import { NativeObject, type SyncCallOptions } from '../boundary/index.js'
import { deadlineOf, Limits } from './deadline.js'
import { refusal } from './error.js'
import { kept } from './iteration.js'
import { Captures, type Match } from './match.js'
import { native } from './native.js'
import { checkedLimit } from './pattern.js'
import type { Replacer } from './rewrite.js'

/**
 * Functions that take the pattern as text. They keep the 64 patterns used last compiled, up to 32 MiB, in each JavaScript
 * thread. Flags go into the pattern: `(?i)…`. Errors as for `Regex`.
 */
class PatternCache extends NativeObject {
  constructor() {
    super(boundary, native.patternCacheNew())
  }

  get number(): number {
    return this.handle
  }
}

let cache: PatternCache | undefined

function cacheNumber(): number {
  cache ??= new PatternCache()
  return cache.number
}

/** Forgets the patterns the one-shot functions have kept. */
export function clearPatternCache(): void {
  cache?.dispose()
  cache = undefined
}

/** How many patterns the one-shot functions keep now. */
export function patternCacheSize(): number {
  return cache === undefined ? 0 : native.patternCacheSize(cache.number)
}

/** Whether the pattern matches anywhere in the text. */
export function isMatch(pattern: string, text: string): boolean {
  return native.patternCacheIsMatch(cacheNumber(), pattern, text)
}

/** The leftmost match, or null. */
export function find(pattern: string, text: string): Match | null {
  const found = native.patternCacheFind(cacheNumber(), pattern, text)
  if (found === null) return null
  const offsets = typeof found === 'number' ? boundary.scratch : found
  return matchAt(text, offsets, 0)
}

/** Every match. */
export function findAll(pattern: string, text: string, options?: SyncCallOptions): Match[] {
  const timeoutMs = deadlineOf('regex.findAll', options)
  boundary.asks('regex.findAll')
  const offsets = kept(native.patternCacheFindAllTaskSync(timeoutMs, cacheNumber(), pattern, text, false, null))
  const matches: Match[] = []
  for (let at = 0; at < offsets.length; at += 2) matches.push(matchAt(text, offsets, at))
  return matches
}

/** The leftmost match with its groups, or null. */
export function captures(pattern: string, text: string): Captures | null {
  const number = cacheNumber()
  const found = native.patternCacheCaptures(number, pattern, text)
  if (found === null) return null
  const offsets = kept(found)
  boundary.asks('regex.captures')
  return new Captures(text, native.patternCacheGroupNames(number, pattern), offsets, 0)
}

/** Every match with its groups. */
export function capturesAll(pattern: string, text: string, options?: SyncCallOptions): Captures[] {
  return capturesUpTo('regex.capturesAll', pattern, text, null, deadlineOf('regex.capturesAll', options))
}

/** How many matches there are. */
export function count(pattern: string, text: string, options?: SyncCallOptions): number {
  const timeoutMs = deadlineOf('regex.count', options)
  boundary.asks('regex.count')
  return native.patternCacheCountTaskSync(timeoutMs, cacheNumber(), pattern, text)
}

/** Replaces the first match by a template or a function of the match; see `Regex.replace`. */
export function replace(
  pattern: string,
  text: string,
  replacement: string | Replacer<string, Captures>,
  options?: SyncCallOptions,
): string {
  return replaceUpTo('regex.replace', pattern, text, 1, replacement, options)
}

/** Replaces every match by a template or a function of the match; see `Regex.replace`. */
export function replaceAll(
  pattern: string,
  text: string,
  replacement: string | Replacer<string, Captures>,
  options?: SyncCallOptions,
): string {
  return replaceUpTo('regex.replaceAll', pattern, text, null, replacement, options)
}

/** The pieces between matches. */
export function split(pattern: string, text: string, options?: SyncCallOptions): string[] {
  return splitUpTo('regex.split', pattern, text, null, options)
}

/** At most `limit` pieces, the last of which is all that remains; none when `limit` is 0. */
export function splitN(pattern: string, text: string, limit: number, options?: SyncCallOptions): string[] {
  return splitUpTo('regex.splitN', pattern, text, checkedLimit('regex.splitN', limit), options)
}

function matchAt(text: string, offsets: Uint32Array, at: number): Match {
  const [start, end] = [offsets[at] as number, offsets[at + 1] as number]
  return { start, end, text: text.slice(start, end) }
}

function capturesUpTo(
  operation: string,
  pattern: string,
  text: string,
  limit: number | null,
  timeoutMs: number | null,
): Captures[] {
  const number = cacheNumber()
  boundary.asks(operation)
  const offsets = kept(native.patternCacheFindAllTaskSync(timeoutMs, number, pattern, text, true, limit))
  const names = native.patternCacheGroupNames(number, pattern)
  const all: Captures[] = []
  for (let at = 0; at < offsets.length; at += 2 * names.length) all.push(new Captures(text, names, offsets, at))
  return all
}

function replaceUpTo(
  operation: string,
  pattern: string,
  text: string,
  limit: number | null,
  replacement: string | Replacer<string, Captures>,
  options: SyncCallOptions | undefined,
): string {
  const timeoutMs = deadlineOf(operation, options)
  if (typeof replacement !== 'function') {
    boundary.asks(operation)
    return native.patternCacheReplaceTaskSync(timeoutMs, cacheNumber(), pattern, text, replacement, limit) ?? text
  }
  const limits = new Limits(operation, { timeoutMs: timeoutMs ?? undefined })
  let replaced = ''
  let copied = 0
  for (const match of capturesUpTo(operation, pattern, text, limit, timeoutMs)) {
    const made: unknown = replacement(match)
    if (typeof made !== 'string') throw refusal(operation, 'replacement', 'a function that returns a string', made)
    limits.check()
    replaced += text.slice(copied, match.start) + made
    copied = match.end
  }
  return replaced + text.slice(copied)
}

function splitUpTo(
  operation: string,
  pattern: string,
  text: string,
  limit: number | null,
  options: SyncCallOptions | undefined,
): string[] {
  const timeoutMs = deadlineOf(operation, options)
  boundary.asks(operation)
  const offsets = kept(native.patternCacheSplitTaskSync(timeoutMs, cacheNumber(), pattern, text, limit))
  const pieces: string[] = []
  for (let at = 0; at < offsets.length; at += 2) pieces.push(text.slice(offsets[at], offsets[at + 1]))
  return pieces
}
