import { boundary } from '../addon.js'
import type { ExpectedContract } from '../boundary/index.js'
import { RegexError } from './error.js'
import { names } from './names.js'

/** An object's number. */
export type Handle = number

/**
 * Many offsets in one crossing. A number is a count: that many stand in `boundary.scratch`, until the next native call.
 * Async results are always arrays.
 */
export type Packed = number | Uint32Array

/** A flag of the language, by its letter. */
export type Flag = 'i' | 'm' | 's' | 'U' | 'x' | 'u' | 'R'

/** The exports of glue.rs. `…Task` takes a call's number, `…TaskSync` a deadline, before the arguments. */
export interface RegexNative {
  regexNew: (
    pattern: string,
    flags: readonly Flag[],
    octal: boolean,
    lineTerminator: number | null,
    sizeLimit: number | null,
    dfaSizeLimit: number | null,
    nestLimit: number | null,
  ) => Handle
  regexGroupNames: (regex: Handle) => (string | null)[]
  regexIsMatch: (regex: Handle, text: string) => boolean
  regexIsMatchAt: (regex: Handle, text: string, start: number) => boolean
  regexIsMatchTask: (call: number, regex: Handle, text: string, start: number) => void
  regexIsMatchTaskSync: (timeoutMs: number | null, regex: Handle, text: string, start: number) => boolean
  regexFind: (regex: Handle, text: string, start: number) => Packed | null
  regexFindTask: (call: number, regex: Handle, text: string, start: number) => void
  regexFindTaskSync: (timeoutMs: number | null, regex: Handle, text: string, start: number) => Packed | null
  regexCaptures: (regex: Handle, text: string, start: number) => Packed | null
  regexCapturesTask: (call: number, regex: Handle, text: string, start: number) => void
  regexCapturesTaskSync: (timeoutMs: number | null, regex: Handle, text: string, start: number) => Packed | null
  regexFindAllTask: (call: number, regex: Handle, text: string, groups: boolean, limit: number | null) => void
  regexFindAllTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    text: string,
    groups: boolean,
    limit: number | null,
  ) => Packed
  regexCountTask: (call: number, regex: Handle, text: string) => void
  regexCountTaskSync: (timeoutMs: number | null, regex: Handle, text: string) => number
  regexReplaceTask: (call: number, regex: Handle, text: string, template: string, limit: number | null) => void
  regexReplaceTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    text: string,
    template: string,
    limit: number | null,
  ) => string | null
  regexSplitTask: (call: number, regex: Handle, text: string, limit: number | null) => void
  regexSplitTaskSync: (timeoutMs: number | null, regex: Handle, text: string, limit: number | null) => Packed
  matchesNew: (regex: Handle, text: string, start: number, groups: boolean) => Handle
  matchesNextTask: (call: number, matches: Handle, max: number) => void
  matchesNextTaskSync: (timeoutMs: number | null, matches: Handle, max: number) => Packed
  regexSetNew: (
    patterns: readonly string[],
    flags: readonly Flag[],
    octal: boolean,
    lineTerminator: number | null,
    sizeLimit: number | null,
    dfaSizeLimit: number | null,
    nestLimit: number | null,
  ) => Handle
  regexSetIsMatch: (set: Handle, text: string) => boolean
  regexSetIsMatchTask: (call: number, set: Handle, text: string) => void
  regexSetIsMatchTaskSync: (timeoutMs: number | null, set: Handle, text: string) => boolean
  regexSetMatches: (set: Handle, text: string) => Packed
  regexSetMatchesTask: (call: number, set: Handle, text: string) => void
  regexSetMatchesTaskSync: (timeoutMs: number | null, set: Handle, text: string) => Packed
  bytesRegexNew: (
    pattern: string,
    flags: readonly Flag[],
    octal: boolean,
    lineTerminator: number | null,
    sizeLimit: number | null,
    dfaSizeLimit: number | null,
    nestLimit: number | null,
  ) => Handle
  bytesRegexGroupNames: (regex: Handle) => (string | null)[]
  bytesRegexIsMatch: (regex: Handle, bytes: Uint8Array) => boolean
  bytesRegexIsMatchAt: (regex: Handle, bytes: Uint8Array, start: number) => boolean
  bytesRegexIsMatchTask: (call: number, regex: Handle, bytes: Uint8Array, start: number) => void
  bytesRegexIsMatchTaskSync: (timeoutMs: number | null, regex: Handle, bytes: Uint8Array, start: number) => boolean
  bytesRegexFind: (regex: Handle, bytes: Uint8Array, start: number) => Packed | null
  bytesRegexFindTask: (call: number, regex: Handle, bytes: Uint8Array, start: number) => void
  bytesRegexFindTaskSync: (timeoutMs: number | null, regex: Handle, bytes: Uint8Array, start: number) => Packed | null
  bytesRegexCaptures: (regex: Handle, bytes: Uint8Array, start: number) => Packed | null
  bytesRegexCapturesTask: (call: number, regex: Handle, bytes: Uint8Array, start: number) => void
  bytesRegexCapturesTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    bytes: Uint8Array,
    start: number,
  ) => Packed | null
  bytesRegexFindAllTask: (call: number, regex: Handle, bytes: Uint8Array, groups: boolean, limit: number | null) => void
  bytesRegexFindAllTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    bytes: Uint8Array,
    groups: boolean,
    limit: number | null,
  ) => Packed
  bytesRegexCountTask: (call: number, regex: Handle, bytes: Uint8Array) => void
  bytesRegexCountTaskSync: (timeoutMs: number | null, regex: Handle, bytes: Uint8Array) => number
  bytesRegexReplaceTask: (
    call: number,
    regex: Handle,
    bytes: Uint8Array,
    template: Uint8Array,
    limit: number | null,
  ) => void
  bytesRegexReplaceTaskSync: (
    timeoutMs: number | null,
    regex: Handle,
    bytes: Uint8Array,
    template: Uint8Array,
    limit: number | null,
  ) => Uint8Array | null
  bytesRegexSplitTask: (call: number, regex: Handle, bytes: Uint8Array, limit: number | null) => void
  bytesRegexSplitTaskSync: (timeoutMs: number | null, regex: Handle, bytes: Uint8Array, limit: number | null) => Packed
  bytesMatchesNew: (regex: Handle, bytes: Uint8Array, start: number, groups: boolean) => Handle
  bytesMatchesNextTask: (call: number, matches: Handle, max: number) => void
  bytesMatchesNextTaskSync: (timeoutMs: number | null, matches: Handle, max: number) => Packed
  bytesRegexSetNew: (
    patterns: readonly string[],
    flags: readonly Flag[],
    octal: boolean,
    lineTerminator: number | null,
    sizeLimit: number | null,
    dfaSizeLimit: number | null,
    nestLimit: number | null,
  ) => Handle
  bytesRegexSetIsMatch: (set: Handle, bytes: Uint8Array) => boolean
  bytesRegexSetIsMatchTask: (call: number, set: Handle, bytes: Uint8Array) => void
  bytesRegexSetIsMatchTaskSync: (timeoutMs: number | null, set: Handle, bytes: Uint8Array) => boolean
  bytesRegexSetMatches: (set: Handle, bytes: Uint8Array) => Packed
  bytesRegexSetMatchesTask: (call: number, set: Handle, bytes: Uint8Array) => void
  bytesRegexSetMatchesTaskSync: (timeoutMs: number | null, set: Handle, bytes: Uint8Array) => Packed
  patternCacheNew: () => Handle
  patternCacheSize: (cache: Handle) => number
  patternCacheClear: (cache: Handle) => void
  patternCacheGroupNames: (cache: Handle, pattern: string) => (string | null)[]
  patternCacheIsMatch: (cache: Handle, pattern: string, text: string) => boolean
  patternCacheFind: (cache: Handle, pattern: string, text: string) => Packed | null
  patternCacheCaptures: (cache: Handle, pattern: string, text: string) => Packed | null
  patternCacheFindAllTask: (
    call: number,
    cache: Handle,
    pattern: string,
    text: string,
    groups: boolean,
    limit: number | null,
  ) => void
  patternCacheFindAllTaskSync: (
    timeoutMs: number | null,
    cache: Handle,
    pattern: string,
    text: string,
    groups: boolean,
    limit: number | null,
  ) => Packed
  patternCacheCountTask: (call: number, cache: Handle, pattern: string, text: string) => void
  patternCacheCountTaskSync: (timeoutMs: number | null, cache: Handle, pattern: string, text: string) => number
  patternCacheReplaceTask: (
    call: number,
    cache: Handle,
    pattern: string,
    text: string,
    template: string,
    limit: number | null,
  ) => void
  patternCacheReplaceTaskSync: (
    timeoutMs: number | null,
    cache: Handle,
    pattern: string,
    text: string,
    template: string,
    limit: number | null,
  ) => string | null
  patternCacheSplitTask: (call: number, cache: Handle, pattern: string, text: string, limit: number | null) => void
  patternCacheSplitTaskSync: (
    timeoutMs: number | null,
    cache: Handle,
    pattern: string,
    text: string,
    limit: number | null,
  ) => Packed
  escape: (text: string) => string
  presetPattern: (name: string) => string | null
  isEmail: (text: string) => boolean
  isUrl: (text: string) => boolean
  isIpv4: (text: string) => boolean
  isPhoneUs: (text: string) => boolean
  isHexColor: (text: string) => boolean
}

// <contract>
const contract: ExpectedContract = {
  system: 'regex',
  apiVersion: 1,
  digest: '2a27ccccd82c00a9',
  items: [
    'regexNew(pattern: text, flags: "i" | "m" | "s" | "U" | "x" | "u" | "R"[], octal: boolean, lineTerminator: u8?, sizeLimit: usize?, dfaSizeLimit: usize?, nestLimit: u32?) -> handle Regex',
    'regexGroupNames(regex: handle Regex) -> text?[]',
    'regexIsMatch(regex: handle Regex, text: text) -> boolean',
    'regexIsMatchAt(regex: handle Regex, text: text, start: u32) -> boolean',
    'async regexIsMatchTask(regex: handle Regex, text: text, start: u32) -> boolean',
    'timed regexIsMatchTaskSync(regex: handle Regex, text: text, start: u32) -> boolean',
    'regexFind(regex: handle Regex, text: text, start: u32) -> packed u32[]?',
    'async regexFindTask(regex: handle Regex, text: text, start: u32) -> packed u32[]?',
    'timed regexFindTaskSync(regex: handle Regex, text: text, start: u32) -> packed u32[]?',
    'regexCaptures(regex: handle Regex, text: text, start: u32) -> packed u32[]?',
    'async regexCapturesTask(regex: handle Regex, text: text, start: u32) -> packed u32[]?',
    'timed regexCapturesTaskSync(regex: handle Regex, text: text, start: u32) -> packed u32[]?',
    'async regexFindAllTask(regex: handle Regex, text: text, groups: boolean, limit: u32?) -> packed u32[]',
    'timed regexFindAllTaskSync(regex: handle Regex, text: text, groups: boolean, limit: u32?) -> packed u32[]',
    'async regexCountTask(regex: handle Regex, text: text) -> usize',
    'timed regexCountTaskSync(regex: handle Regex, text: text) -> usize',
    'async regexReplaceTask(regex: handle Regex, text: text, template: text, limit: u32?) -> text?',
    'timed regexReplaceTaskSync(regex: handle Regex, text: text, template: text, limit: u32?) -> text?',
    'async regexSplitTask(regex: handle Regex, text: text, limit: u32?) -> packed u32[]',
    'timed regexSplitTaskSync(regex: handle Regex, text: text, limit: u32?) -> packed u32[]',
    'matchesNew(regex: handle Regex, text: text, start: u32, groups: boolean) -> handle Matches',
    'async matchesNextTask(matches: exclusive handle Matches, max: u32) -> packed u32[]',
    'timed matchesNextTaskSync(matches: exclusive handle Matches, max: u32) -> packed u32[]',
    'regexSetNew(patterns: text[], flags: "i" | "m" | "s" | "U" | "x" | "u" | "R"[], octal: boolean, lineTerminator: u8?, sizeLimit: usize?, dfaSizeLimit: usize?, nestLimit: u32?) -> handle RegexSet',
    'regexSetIsMatch(set: handle RegexSet, text: text) -> boolean',
    'async regexSetIsMatchTask(set: handle RegexSet, text: text) -> boolean',
    'timed regexSetIsMatchTaskSync(set: handle RegexSet, text: text) -> boolean',
    'regexSetMatches(set: handle RegexSet, text: text) -> packed u32[]',
    'async regexSetMatchesTask(set: handle RegexSet, text: text) -> packed u32[]',
    'timed regexSetMatchesTaskSync(set: handle RegexSet, text: text) -> packed u32[]',
    'bytesRegexNew(pattern: text, flags: "i" | "m" | "s" | "U" | "x" | "u" | "R"[], octal: boolean, lineTerminator: u8?, sizeLimit: usize?, dfaSizeLimit: usize?, nestLimit: u32?) -> handle BytesRegex',
    'bytesRegexGroupNames(regex: handle BytesRegex) -> text?[]',
    'bytesRegexIsMatch(regex: handle BytesRegex, bytes: bytes) -> boolean',
    'bytesRegexIsMatchAt(regex: handle BytesRegex, bytes: bytes, start: u32) -> boolean',
    'async bytesRegexIsMatchTask(regex: handle BytesRegex, bytes: bytes, start: u32) -> boolean',
    'timed bytesRegexIsMatchTaskSync(regex: handle BytesRegex, bytes: bytes, start: u32) -> boolean',
    'bytesRegexFind(regex: handle BytesRegex, bytes: bytes, start: u32) -> packed u32[]?',
    'async bytesRegexFindTask(regex: handle BytesRegex, bytes: bytes, start: u32) -> packed u32[]?',
    'timed bytesRegexFindTaskSync(regex: handle BytesRegex, bytes: bytes, start: u32) -> packed u32[]?',
    'bytesRegexCaptures(regex: handle BytesRegex, bytes: bytes, start: u32) -> packed u32[]?',
    'async bytesRegexCapturesTask(regex: handle BytesRegex, bytes: bytes, start: u32) -> packed u32[]?',
    'timed bytesRegexCapturesTaskSync(regex: handle BytesRegex, bytes: bytes, start: u32) -> packed u32[]?',
    'async bytesRegexFindAllTask(regex: handle BytesRegex, bytes: bytes, groups: boolean, limit: u32?) -> packed u32[]',
    'timed bytesRegexFindAllTaskSync(regex: handle BytesRegex, bytes: bytes, groups: boolean, limit: u32?) -> packed u32[]',
    'async bytesRegexCountTask(regex: handle BytesRegex, bytes: bytes) -> usize',
    'timed bytesRegexCountTaskSync(regex: handle BytesRegex, bytes: bytes) -> usize',
    'async bytesRegexReplaceTask(regex: handle BytesRegex, bytes: bytes, template: bytes, limit: u32?) -> bytes?',
    'timed bytesRegexReplaceTaskSync(regex: handle BytesRegex, bytes: bytes, template: bytes, limit: u32?) -> bytes?',
    'async bytesRegexSplitTask(regex: handle BytesRegex, bytes: bytes, limit: u32?) -> packed u32[]',
    'timed bytesRegexSplitTaskSync(regex: handle BytesRegex, bytes: bytes, limit: u32?) -> packed u32[]',
    'bytesMatchesNew(regex: handle BytesRegex, bytes: bytes, start: u32, groups: boolean) -> handle BytesMatches',
    'async bytesMatchesNextTask(matches: exclusive handle BytesMatches, max: u32) -> packed u32[]',
    'timed bytesMatchesNextTaskSync(matches: exclusive handle BytesMatches, max: u32) -> packed u32[]',
    'bytesRegexSetNew(patterns: text[], flags: "i" | "m" | "s" | "U" | "x" | "u" | "R"[], octal: boolean, lineTerminator: u8?, sizeLimit: usize?, dfaSizeLimit: usize?, nestLimit: u32?) -> handle BytesRegexSet',
    'bytesRegexSetIsMatch(set: handle BytesRegexSet, bytes: bytes) -> boolean',
    'async bytesRegexSetIsMatchTask(set: handle BytesRegexSet, bytes: bytes) -> boolean',
    'timed bytesRegexSetIsMatchTaskSync(set: handle BytesRegexSet, bytes: bytes) -> boolean',
    'bytesRegexSetMatches(set: handle BytesRegexSet, bytes: bytes) -> packed u32[]',
    'async bytesRegexSetMatchesTask(set: handle BytesRegexSet, bytes: bytes) -> packed u32[]',
    'timed bytesRegexSetMatchesTaskSync(set: handle BytesRegexSet, bytes: bytes) -> packed u32[]',
    'patternCacheNew() -> handle PatternCache',
    'patternCacheSize(cache: handle PatternCache) -> usize',
    'patternCacheClear(cache: exclusive handle PatternCache) -> void',
    'patternCacheGroupNames(cache: exclusive handle PatternCache, pattern: text) -> text?[]',
    'patternCacheIsMatch(cache: exclusive handle PatternCache, pattern: text, text: text) -> boolean',
    'patternCacheFind(cache: exclusive handle PatternCache, pattern: text, text: text) -> packed u32[]?',
    'patternCacheCaptures(cache: exclusive handle PatternCache, pattern: text, text: text) -> packed u32[]?',
    'async patternCacheFindAllTask(cache: exclusive handle PatternCache, pattern: text, text: text, groups: boolean, limit: u32?) -> packed u32[]',
    'timed patternCacheFindAllTaskSync(cache: exclusive handle PatternCache, pattern: text, text: text, groups: boolean, limit: u32?) -> packed u32[]',
    'async patternCacheCountTask(cache: exclusive handle PatternCache, pattern: text, text: text) -> usize',
    'timed patternCacheCountTaskSync(cache: exclusive handle PatternCache, pattern: text, text: text) -> usize',
    'async patternCacheReplaceTask(cache: exclusive handle PatternCache, pattern: text, text: text, template: text, limit: u32?) -> text?',
    'timed patternCacheReplaceTaskSync(cache: exclusive handle PatternCache, pattern: text, text: text, template: text, limit: u32?) -> text?',
    'async patternCacheSplitTask(cache: exclusive handle PatternCache, pattern: text, text: text, limit: u32?) -> packed u32[]',
    'timed patternCacheSplitTaskSync(cache: exclusive handle PatternCache, pattern: text, text: text, limit: u32?) -> packed u32[]',
    'escape(text: text) -> text',
    'presetPattern(name: text) -> text?',
    'isEmail(text: text) -> boolean',
    'isUrl(text: text) -> boolean',
    'isIpv4(text: text) -> boolean',
    'isPhoneUs(text: text) -> boolean',
    'isHexColor(text: text) -> boolean',
  ],
}
// </contract>

export const native: RegexNative = boundary.open<RegexNative>(contract, RegexError, names)
