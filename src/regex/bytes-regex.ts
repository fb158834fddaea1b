import type { Kind } from './kind.js'
import { BytesCaptures, type BytesMatch } from './match.js'
import { native } from './native.js'
import { operationsOf } from './names.js'
import { compilation, type RegexOptions } from './options.js'
import { Pattern } from './pattern.js'

const bytes: Kind<Uint8Array, BytesMatch, BytesCaptures> = {
  operations: operationsOf('BytesRegex'),
  groupNames: native.bytesRegexGroupNames,
  isMatch: native.bytesRegexIsMatch,
  isMatchAt: native.bytesRegexIsMatchAt,
  isMatchTask: native.bytesRegexIsMatchTask,
  find: native.bytesRegexFind,
  findTask: native.bytesRegexFindTask,
  captures: native.bytesRegexCaptures,
  capturesTask: native.bytesRegexCapturesTask,
  countTask: native.bytesRegexCountTask,
  countTaskSync: native.bytesRegexCountTaskSync,
  replaceTask: native.bytesRegexReplaceTask,
  replaceTaskSync: native.bytesRegexReplaceTaskSync,
  splitTask: native.bytesRegexSplitTask,
  splitTaskSync: native.bytesRegexSplitTaskSync,
  findAllTask: native.bytesRegexFindAllTask,
  findAllTaskSync: native.bytesRegexFindAllTaskSync,
  matchesNew: native.bytesMatchesNew,
  matchesNextTask: native.bytesMatchesNextTask,
  matchesNextTaskSync: native.bytesMatchesNextTaskSync,
  // By its tag: an array of another realm is as good.
  is: (value): value is Uint8Array =>
    ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === 'Uint8Array',
  expected: 'a Uint8Array',
  match: (haystack, start, end) => ({ start, end, bytes: haystack.subarray(start, end) }),
  captured: (haystack, names, offsets, at) => new BytesCaptures(haystack, names, offsets, at),
  part: (haystack, start, end) => haystack.subarray(start, end),
  join: concatenated,
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * A pattern over bytes, which need not be UTF-8. Offsets count bytes; `(?-u:.)` is any byte but a line end, `(?-u:\xFF)`
 * the byte 255. Matches and pieces are views of the array that was searched: change it, and they change.
 *
 * @example
 * new BytesRegex('[0-9]+').find(Buffer.from('port 8080'))?.start // 5
 */
export class BytesRegex extends Pattern<Uint8Array, BytesMatch, BytesCaptures> {
  /** Compiles the pattern; errors as for `Regex`. */
  constructor(pattern: string, options?: RegexOptions) {
    const compiled = compilation('regex.BytesRegex', options)
    super(bytes, native.bytesRegexNew(pattern, ...compiled), pattern, compiled[0].join(''))
  }
}
