/** The TL wire format: headers of queries and answers, and values, read and written. */
export { TlError } from './error.js'
export {
  parseAnswerHeader,
  parseQueryHeader,
  tryParseAnswerHeader,
  tryParseQueryHeader,
  type AnswerHeader,
  type HeaderResult,
  type QueryHeader,
} from './header.js'
export { decode, encode, type Limits } from './message.js'
export { Reader, type ReaderOptions } from './reader.js'
export type { Type, ValueOf } from './type.js'
export { bytes, double, int, long, string, struct, vector } from './types.js'
export * from './wire.js'
export { Writer } from './writer.js'
