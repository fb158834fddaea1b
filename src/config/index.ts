/** Configuration text: a lexer whose errors say where, and the primitives under it. */
export { ConfigError } from './error.js'
export { Lexer, type Mark } from './lexer.js'
export {
  integer,
  integerOrMinusOne,
  signedInteger,
  skipBlanks,
  skipSpace,
  stringLength,
  wordLength,
  type Integer,
  type Skipped,
} from './scan.js'
export type { Text } from './text.js'
