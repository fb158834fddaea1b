/**
 * Regular expressions whose every search takes linear time: Rust's `regex` crate with UTF-16 offsets, typed errors, and
 * an async form of everything.
 */
export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { BytesRegex } from './bytes-regex.js'
export { RegexError } from './error.js'
export { escape, escapeTemplate } from './escape.js'
export type { AsyncMatchIterator, MatchIterator } from './iteration.js'
export type { BytesCaptures, BytesMatch, Captures, Match, Span } from './match.js'
export {
  captures,
  capturesAll,
  clearPatternCache,
  count,
  find,
  findAll,
  isMatch,
  patternCacheSize,
  replace,
  replaceAll,
  split,
  splitN,
} from './one-shot.js'
export type { RegexOptions } from './options.js'
export type { FromOption } from './pattern.js'
export { isEmail, isHexColor, isIpv4, isPhoneUs, isUrl, presets } from './presets.js'
export { Regex } from './regex.js'
export { BytesRegexSet, RegexSet } from './regex-set.js'
export type { AsyncReplacer, Replacer } from './rewrite.js'
