import * as config from 'ferrule/config'
import { row, type Random, type Row } from './rows.js'

const WORDS = ['host-1.example', '[2001:db8::1]', '[::1', 'a_Z', '443']
const PIECES = [
  ...WORDS,
  ...WORDS,
  ' ',
  '\t',
  '\r',
  '\n',
  '#',
  ';',
  '[',
  ']',
  ':',
  '.',
  '-',
  '_',
  '"',
  '+',
  '\0',
  '\v',
  '\x7f',
  '\xd1',
  '0',
  '9',
  'a',
  'Z',
]
const INTEGERS = [' ', '\t', '+', '-', '-', '0', '1', '9', '42', 'x', '9223372036854775807', '9223372036854775808']
const GREATEST = 2n ** 63n - 1n
const LEAST = -(2n ** 63n)

const text = (random: Random) => [random.text(PIECES, 24)] as const
const textAndLine = (random: Random) => [random.text(PIECES, 24), random.below(1000)] as const
const integer = (random: Random) => [random.text(INTEGERS, 12)] as const

/** What a pattern finds at the beginning. */
const found = (pattern: RegExp, bytes: Buffer): readonly string[] => pattern.exec(bytes.toString('latin1')) ?? []

const skipped =
  (pattern: RegExp) =>
  (bytes: Buffer, line: number): string => {
    const [all = ''] = found(pattern, bytes)
    return `0 ${all.length} ${line + all.split('\n').length - 1} ${bytes[all.length] ?? 0}`
  }
const measured =
  (pattern: RegExp) =>
  (bytes: Buffer): string =>
    `${found(pattern, bytes)[1]?.length ?? 0}`
const read =
  (pattern: RegExp, none: bigint) =>
  (bytes: Buffer): string => {
    const [, digits = ''] = found(pattern, bytes)
    if (digits === '') return `0 ${none} 0`
    const value = BigInt(digits)
    return `0 ${value > GREATEST ? GREATEST : value < LEAST ? LEAST : value} ${digits.length}`
  }

const skippedBy = ({ advance, line, next }: config.Skipped): string => `0 ${advance} ${line} ${next}`
const readBy = ({ value, consumed }: config.Integer): string => `0 ${value} ${consumed}`

export const configRows: readonly Row[] = [
  row('cfg_skipspc', textAndLine, {
    'ferrule/config': (text, line) => skippedBy(config.skipSpace(text, line)),
    patterns: skipped(/^(?:[ \t\r\n]|#[^\n]*)*/),
  }),
  row('cfg_skspc', textAndLine, {
    'ferrule/config': (text, line) => skippedBy(config.skipBlanks(text, line)),
    patterns: skipped(/^[ \t]*/),
  }),
  row('cfg_getword_len', text, {
    'ferrule/config': (text) => `${config.wordLength(text)}`,
    patterns: measured(/^[ \t]*(\[[\w.:-]*\]?|[\w.-]*)/),
  }),
  row('cfg_getstr_len', text, {
    'ferrule/config': (text) => `${config.stringLength(text)}`,
    // eslint-disable-next-line no-control-regex -- control characters are what ends a string
    patterns: measured(/^[ \t]*("|[^\x00-\x20;]*)/),
  }),
  row('cfg_getint', integer, {
    'ferrule/config': (text) => readBy(config.integer(text)),
    BigInt: read(/^[ \t]*(\d+)/, 0n),
  }),
  row('cfg_getint_zero', integer, {
    'ferrule/config': (text) => readBy(config.integerOrMinusOne(text)),
    BigInt: read(/^[ \t]*(\d+)/, -1n),
  }),
  row('cfg_getint_signed_zero', integer, {
    'ferrule/config': (text) => readBy(config.signedInteger(text)),
    BigInt: read(/^[ \t]*(-?\d+)/, LEAST),
  }),
]
