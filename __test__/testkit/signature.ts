// Signatures as the contract tells them, taken apart: what the tests of bad input are made from.

export type Type =
  | { kind: 'number'; name: string }
  | { kind: 'bigint'; name: string }
  | { kind: 'boolean' | 'text' | 'char' | 'date' | 'milliseconds' | 'ordering' | 'scalar' | 'any' }
  /** `length` where it must be just that. */
  | { kind: 'bytes'; length?: number }
  | { kind: 'union'; values: string[] }
  | { kind: 'optional' | 'list'; of: Type }
  | { kind: 'array'; of: Type; length: number }
  | { kind: 'tuple'; of: Type[] }
  /** An array, the variant's text first and its fields behind. */
  | { kind: 'variants'; variants: { text: string; fields: Type[] }[] }
  | { kind: 'handle'; of: string; exclusive: boolean }
  | { kind: 'callback'; policy: string }

export interface Parameter {
  name: string
  type: Type
}

export interface Signature {
  /** As JavaScript calls it. */
  name: string
  /** Every argument of the raw export, the call's number and the deadline included. */
  parameters: Parameter[]
  result: string
}

const INTEGERS = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize']
const NUMBERS = [
  ...INTEGERS,
  ...INTEGERS.map((name) => `NonZero${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`),
  'f32',
  'f64',
]
const BIGINTS = ['bigint64', 'biguint64', 'bigint128', 'biguint128']
const PLAIN = ['boolean', 'text', 'char', 'bytes', 'date', 'milliseconds', 'ordering', 'scalar', 'any'] as const

/** `async ask(callback: blocking (i32) => i32, value: i32) -> i32`. */
export function parseSignature(item: string): Signature {
  const [, form = '', name = ''] = /^(async |timed |waits |)(\w+)\(/.exec(item) ?? []
  const open = item.indexOf('(')
  const close = item.lastIndexOf(') -> ')
  if (name === '' || close < open) throw new Error(`not a signature: ${item}`)
  const parameters: Parameter[] = splitAtCommas(item.slice(open + 1, close)).map((parameter) => {
    const colon = parameter.indexOf(': ')
    return { name: parameter.slice(0, colon), type: parseType(parameter.slice(colon + 2)) }
  })
  if (form === 'async ') parameters.unshift({ name: 'call', type: { kind: 'number', name: 'u32' } })
  if (form === 'timed ') {
    parameters.unshift({ name: 'timeoutMs', type: { kind: 'optional', of: { kind: 'milliseconds' } } })
  }
  return { name, parameters, result: item.slice(close + ') -> '.length) }
}

/** Throws for a type it does not know: a new type must not go untested. */
function parseType(text: string): Type {
  const callback = /^(sync|queued|blocking) \(/.exec(text)
  if (callback?.[1] !== undefined) return { kind: 'callback', policy: callback[1] }
  if (text.endsWith('?')) return { kind: 'optional', of: parseType(text.slice(0, -1)) }
  if (text.endsWith('[]')) return { kind: 'list', of: parseType(text.slice(0, -2)) }
  const fixed = /^(.+)\[(\d+)\]$/.exec(text)
  if (fixed?.[1] !== undefined) {
    const length = Number(fixed[2])
    return fixed[1] === 'bytes' ? { kind: 'bytes', length } : { kind: 'array', of: parseType(fixed[1]), length }
  }
  if (text.startsWith('[')) {
    const variants = splitAt(' | ', text)
    if (variants.length > 1) return { kind: 'variants', variants: variants.map(parseVariant) }
    return { kind: 'tuple', of: splitAtCommas(text.slice(1, -1)).map(parseType) }
  }
  if (text.startsWith('"'))
    return { kind: 'union', values: JSON.parse(`[${text.replaceAll(' | ', ', ')}]`) as string[] }
  const handle = /^(exclusive )?handle (\w+)$/.exec(text)
  if (handle?.[2] !== undefined) return { kind: 'handle', of: handle[2], exclusive: handle[1] !== undefined }
  if (NUMBERS.includes(text)) return { kind: 'number', name: text }
  if (BIGINTS.includes(text)) return { kind: 'bigint', name: text }
  const plain = PLAIN.find((name) => name === text)
  if (plain !== undefined) return { kind: plain }
  throw new Error(`a type without bad input: ${text}`)
}

function parseVariant(text: string): { text: string; fields: Type[] } {
  const [first = '', ...fields] = splitAtCommas(text.slice(1, -1))
  return { text: JSON.parse(first) as string, fields: fields.map(parseType) }
}

const splitAtCommas = (text: string): string[] => splitAt(',', text)

/** Splits where no bracket is open. */
function splitAt(separator: string, text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if ('(['.includes(character)) depth += 1
    if (')]'.includes(character)) depth -= 1
    if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at))
      start = at + separator.length
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '')
}
