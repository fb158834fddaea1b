/** The values of Rust's literals. */
import type { Expression } from './rust-ast.js'

const integerSuffixes = ['usize', 'isize', 'u128', 'i128', 'u16', 'u32', 'u64', 'i16', 'i32', 'i64', 'u8', 'i8']

/** `0xff_u8`, `1_000`; `1f64` arrives here as well and is a float. */
export function integerLiteral(text: string): Expression {
  const plain = text.replaceAll('_', '')
  const isHex = plain.startsWith('0x')
  for (const suffix of ['f32', 'f64']) {
    if (!isHex && plain.endsWith(suffix)) return floatLiteral(text)
  }
  const suffix = integerSuffixes.find((name) => plain.endsWith(name)) ?? ''
  return { kind: 'integer', value: BigInt(plain.slice(0, plain.length - suffix.length)), suffix }
}

export function floatLiteral(text: string): Expression {
  const plain = text.replaceAll('_', '')
  const suffix = ['f32', 'f64'].find((name) => plain.endsWith(name)) ?? ''
  return { kind: 'float', value: Number(plain.slice(0, plain.length - suffix.length)), suffix }
}

/** `"…"`, `b"…"`; C strings are given up on. */
export function stringLiteral(text: string): Expression {
  if (text.startsWith('c')) return { kind: 'other', what: 'a C string' }
  if (text.startsWith('b')) return { kind: 'bytes', value: bytesOf(unescape(text.slice(2, -1))) }
  return { kind: 'string', value: unescape(text.slice(1, -1)) }
}

/** `r#"…"#`, `br"…"`. */
export function rawStringLiteral(text: string): Expression {
  const open = text.indexOf('"')
  const value = text.slice(open + 1, text.lastIndexOf('"'))
  if (text.startsWith('b')) return { kind: 'bytes', value: [...new TextEncoder().encode(value)] }
  return text.startsWith('c') ? { kind: 'other', what: 'a C string' } : { kind: 'string', value }
}

/** `'a'`, `'\n'`; `b'a'` is a `u8`. */
export function characterLiteral(text: string): Expression {
  if (text.startsWith('b')) {
    return { kind: 'integer', value: BigInt(unescape(text.slice(2, -1)).charCodeAt(0)), suffix: 'u8' }
  }
  return { kind: 'character', value: unescape(text.slice(1, -1)) }
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

function unescape(text: string): string {
  let result = ''
  let at = 0
  while (at < text.length) {
    const letter = text.charAt(at)
    if (letter !== '\\') {
      result += letter
      at += 1
      continue
    }
    const next = text.charAt(at + 1)
    if (next === 'x') {
      result += String.fromCharCode(parseInt(text.slice(at + 2, at + 4), 16))
      at += 4
    } else if (next === 'u') {
      const end = text.indexOf('}', at)
      result += String.fromCodePoint(parseInt(text.slice(at + 3, end).replaceAll('_', ''), 16))
      at = end + 1
    } else if (next === '\n' || next === '\r') {
      at = skipBlank(text, at + 1)
    } else {
      result += simpleEscapes[next] ?? next
      at += 2
    }
  }
  return result
}

/** A backslash at the end of a line takes the line break and the next line's indentation away. */
function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1
  return at
}

/** Of a byte string after its escapes: every character is one byte. */
const bytesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
