import { refusal } from './error.js'
import type { Flag } from './native.js'

/** How a pattern is read, and how much it may cost. A flag inside the pattern, `(?i)`, still switches it there. */
export interface RegexOptions {
  /**
   * Letters of the flags below that are on: `i`, `m`, `s`, `U`, `x`, `u`, `R`. `u` is on without being named. Where a
   * letter and a name disagree, the name counts.
   */
  readonly flags?: string | undefined
  /** `i`: letters match both cases, by Unicode's simple case folding. Default false. */
  readonly caseInsensitive?: boolean | undefined
  /** `m`: `^` and `$` match at line ends, too. Default false. */
  readonly multiLine?: boolean | undefined
  /** `s`: `.` matches the line terminator, too. Default false. */
  readonly dotMatchesNewLine?: boolean | undefined
  /** `U`: `a*` is lazy and `a*?` greedy. Default false. */
  readonly swapGreed?: boolean | undefined
  /** `x`: white space in the pattern is ignored and `#` starts a comment. Default false. */
  readonly ignoreWhitespace?: boolean | undefined
  /**
   * `u`: atoms are code points, and `\d`, `\w`, `\s` and `\b` are Unicode's. Default true. When off, a text pattern that
   * could match part of a code point is refused.
   */
  readonly unicode?: boolean | undefined
  /** `R`: with `m`, `\r\n` is one line end, and `\r` and `\n` are each one. Default false. */
  readonly crlf?: boolean | undefined
  /** `\123` is an octal escape instead of an error. Default false. */
  readonly octal?: boolean | undefined
  /** The byte that ends a line for `.`, `^` and `$`, 0 to 255. Default 10. A text pattern with `.` needs one below 128. */
  readonly lineTerminator?: number | undefined
  /** Bytes the compiled program may take; beyond it `ERR_REGEX_TOO_BIG`. Default 10 MiB. */
  readonly sizeLimit?: number | undefined
  /** Bytes the lazily built automaton may take, per thread. Default 2 MiB. Too low is slower, never wrong. */
  readonly dfaSizeLimit?: number | undefined
  /** How deep groups and repetitions may nest, 0 to 1000. Default 250. */
  readonly nestLimit?: number | undefined
}

/** Canonical order. */
const LETTERS = [
  ['i', 'caseInsensitive'],
  ['m', 'multiLine'],
  ['s', 'dotMatchesNewLine'],
  ['U', 'swapGreed'],
  ['x', 'ignoreWhitespace'],
  ['u', 'unicode'],
  ['R', 'crlf'],
] as const

/** Options as the native constructors take them, after the pattern. */
export type Compilation = [
  flags: readonly Flag[],
  octal: boolean,
  lineTerminator: number | null,
  sizeLimit: number | null,
  dfaSizeLimit: number | null,
  nestLimit: number | null,
]

const DEFAULT: Readonly<Compilation> = [['u'], false, null, null, null, null]

export function compilation(operation: string, options: RegexOptions | undefined): Readonly<Compilation> {
  if (options === undefined) return DEFAULT
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refusal(operation, 'options', 'an object', options)
  }
  const { octal = false, lineTerminator, sizeLimit, dfaSizeLimit, nestLimit } = options
  const flags = canonicalFlags(operation, options)
  return [flags, octal, lineTerminator ?? null, sizeLimit ?? null, dfaSizeLimit ?? null, nestLimit ?? null]
}

function canonicalFlags(operation: string, options: RegexOptions): Flag[] {
  const { flags = '' } = options
  if (typeof flags !== 'string') throw refusal(operation, 'options.flags', 'a string', flags)
  const canonical: Flag[] = []
  for (const [letter, name] of LETTERS) {
    const on = options[name] ?? (letter === 'u' || flags.includes(letter))
    if (typeof on !== 'boolean') throw refusal(operation, `options.${name}`, 'a boolean', on)
    if (on) canonical.push(letter)
  }
  // What is no flag is kept, for the native half to refuse by name.
  return [...canonical, ...(flags.replaceAll(/[imsUxuR]/g, '') as Iterable<Flag>)]
}
