import { boundary } from '../addon.js'
import { crossing, NativeObject } from '../boundary/index.js'
import { native, type Mark } from './native.js'
import type { Text } from './text.js'

export type { Mark } from './native.js'

/**
 * Reads a configuration token by token: words, strings and integers between blanks and comments, and the marks `;`, `:`, `{` and `}`.
 * What is refused moves nothing, so that something else can be asked for. The text is copied.
 *
 * @example
 * using lexer = new Lexer('proxy_for -2 host-1.example:443;')
 * lexer.word() // → 'proxy_for'
 * lexer.between(-1000, 1000) // → -2
 * lexer.word() // → 'host-1.example'
 * lexer.expect(':')
 * lexer.between(1, 65535) // → 443
 */
export class Lexer extends NativeObject {
  /**
   * @throws ConfigError `ERR_CONFIG_TOO_LARGE` for more than 16 MiB; `ERR_CONFIG_NUL` for a text with a NUL in it; `ERR_INVALID_ARG_TYPE`,
   * `ERR_BUFFER_DETACHED`.
   */
  constructor(text: Text) {
    super(boundary, native.lexerNew(crossing(text)))
  }

  /** The line of the next token, from 1. */
  get line(): number {
    return native.lexerLine(this.handle)
  }

  /** The column of the next token in bytes, from 1. */
  get column(): number {
    return native.lexerColumn(this.handle)
  }

  /** Whether nothing is left but space and comments. */
  get isAtEnd(): boolean {
    return native.lexerIsAtEnd(this.handle)
  }

  /**
   * A word of letters, digits, `.`, `-` and `_`, up to 63 bytes; or an address in brackets: `[::1]`.
   *
   * @throws ConfigError `ERR_CONFIG_EXPECTED`, `ERR_CONFIG_TOO_LONG`.
   */
  word(): string {
    return native.lexerWord(this.handle)
  }

  /**
   * A string: up to a blank, a control character or `;`. One in quotation marks is refused, since the format has none.
   *
   * @throws ConfigError `ERR_CONFIG_EXPECTED`; `ERR_CONFIG_NOT_TEXT` for bytes that are not UTF-8.
   */
  string(): string {
    return native.lexerString(this.handle)
  }

  /** A {@link string} of any bytes. */
  stringBytes(): Uint8Array {
    return native.lexerStringBytes(this.handle)
  }

  /**
   * An integer from 0 to 9223372036854775807. What is glued to letters or `_` is none.
   *
   * @throws ConfigError `ERR_CONFIG_EXPECTED`; `ERR_CONFIG_OUT_OF_RANGE`: unlike the functions beside it, a lexer does not saturate.
   */
  unsigned(): bigint {
    return native.lexerUnsigned(this.handle)
  }

  /** An integer from -9223372036854775808 to 9223372036854775807. As {@link unsigned}. */
  integer(): bigint {
    return native.lexerInteger(this.handle)
  }

  /**
   * An integer between two safe ones, both allowed.
   *
   * @throws ConfigError `ERR_CONFIG_EXPECTED`, `ERR_CONFIG_OUT_OF_RANGE`; `ERR_OUT_OF_RANGE` for a bound that is no safe integer.
   */
  between(min: number, max: number): number {
    return native.lexerBetween(this.handle, min, max)
  }

  /** A mark. @throws ConfigError `ERR_CONFIG_EXPECTED` for anything else. */
  expect(mark: Mark): void {
    native.lexerExpect(this.handle, mark)
  }

  /** Passes a mark if it is there, and says whether it was. */
  accept(mark: Mark): boolean {
    return native.lexerAccept(this.handle, mark)
  }
}
