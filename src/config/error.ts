import { FerruleError, nameError } from '../boundary/index.js'

/**
 * Every error of `ferrule/config`. Beside the codes of the boundary, each with `line`, `column` (in bytes) and `near` in `details`:
 * - `ERR_CONFIG_EXPECTED`: something else is there. `details`: `expected`, `found`.
 * - `ERR_CONFIG_OUT_OF_RANGE`: an integer beyond what is asked for. `details`: `expected`, `found`.
 * - `ERR_CONFIG_TOO_LONG`: a word of more than 63 bytes. `details`: `length`, `limit`.
 * - `ERR_CONFIG_TOO_LARGE`: a text of more than 16 MiB, which is not looked at and has no line. `details`: `length`, `limit`.
 * - `ERR_CONFIG_NUL`: a NUL in the text.
 * - `ERR_CONFIG_NOT_TEXT`: a string that is not UTF-8.
 */
export class ConfigError extends FerruleError {
  /** The line, from 1; 0 for an error that is not in a text. */
  get line(): number {
    return (this.details['line'] as number | undefined) ?? 0
  }

  /** The column in bytes, from 1; 0 for an error that is not in a text. */
  get column(): number {
    return (this.details['column'] as number | undefined) ?? 0
  }
}
nameError(ConfigError, 'ConfigError')
