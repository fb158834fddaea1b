import type { Kind } from './kind.js'
import { Captures, type Match } from './match.js'
import { native } from './native.js'
import { operationsOf } from './names.js'
import { compilation, type RegexOptions } from './options.js'
import { Pattern } from './pattern.js'

const text: Kind<string, Match, Captures> = {
  operations: operationsOf('Regex'),
  groupNames: native.regexGroupNames,
  isMatch: native.regexIsMatch,
  isMatchAt: native.regexIsMatchAt,
  isMatchTask: native.regexIsMatchTask,
  find: native.regexFind,
  findTask: native.regexFindTask,
  captures: native.regexCaptures,
  capturesTask: native.regexCapturesTask,
  countTask: native.regexCountTask,
  countTaskSync: native.regexCountTaskSync,
  replaceTask: native.regexReplaceTask,
  replaceTaskSync: native.regexReplaceTaskSync,
  splitTask: native.regexSplitTask,
  splitTaskSync: native.regexSplitTaskSync,
  findAllTask: native.regexFindAllTask,
  findAllTaskSync: native.regexFindAllTaskSync,
  matchesNew: native.matchesNew,
  matchesNextTask: native.matchesNextTask,
  matchesNextTaskSync: native.matchesNextTaskSync,
  is: (value): value is string => typeof value === 'string',
  expected: 'a string',
  match: (haystack, start, end) => ({ start, end, text: haystack.slice(start, end) }),
  captured: (haystack, names, offsets, at) => new Captures(haystack, names, offsets, at),
  part: (haystack, start, end) => haystack.slice(start, end),
  join: (parts) => parts.join(''),
}

/**
 * A pattern over text, compiled once, used as often as you like, on one thread. Offsets count UTF-16 units.
 *
 * @example
 * const re = new Regex(String.raw`(?<year>\d{4})-(?<month>\d{2})`)
 * re.isMatch('2026-11') // true
 * re.captures('due 2026-11')?.named.year // '2026'
 */
export class Regex extends Pattern<string, Match, Captures> {
  /**
   * Compiles the pattern, in the syntax of Rust's `regex` crate: no look-around and no back-references.
   *
   * @throws RegexError `ERR_REGEX_SYNTAX`, `ERR_REGEX_TOO_BIG`, `ERR_OUT_OF_RANGE` (an unknown flag, a limit).
   */
  constructor(pattern: string, options?: RegexOptions) {
    const compiled = compilation('regex.Regex', options)
    super(text, native.regexNew(pattern, ...compiled), pattern, compiled[0].join(''))
  }
}
