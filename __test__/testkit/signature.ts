// Signatures as the contract tells them, taken apart: what the tests of bad input are made from.

export type Type =
  | { kind: 'number'; name: string }
  | { kind: 'bigint'; name: string }
  | { kind: 'boolean' | 'text' | 'bytes' | 'date' | 'milliseconds' | 'any' }
  | { kind: 'union'; values: string[] }
  | { kind: 'optional' | 'list'; of: Type }
  | { kind: 'tuple'; of: Type[] }
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

const NUMBERS = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'usize', 'f64']
const PLAIN = ['boolean', 'text', 'bytes', 'date', 'milliseconds', 'any'] as const

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
  if (text.startsWith('[')) return { kind: 'tuple', of: splitAtCommas(text.slice(1, -1)).map(parseType) }
  if (text.startsWith('"'))
    return { kind: 'union', values: JSON.parse(`[${text.replaceAll(' | ', ', ')}]`) as string[] }
  const handle = /^(exclusive )?handle (\w+)$/.exec(text)
  if (handle?.[2] !== undefined) return { kind: 'handle', of: handle[2], exclusive: handle[1] !== undefined }
  if (NUMBERS.includes(text)) return { kind: 'number', name: text }
  if (text === 'bigint64' || text === 'biguint64') return { kind: 'bigint', name: text }
  const plain = PLAIN.find((name) => name === text)
  if (plain !== undefined) return { kind: plain }
  throw new Error(`a type without bad input: ${text}`)
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const character of text) {
    if ('(['.includes(character)) depth += 1
    if (')]'.includes(character)) depth -= 1
    if (character === ',' && depth === 0) {
      parts.push(part.trim())
      part = ''
    } else {
      part += character
    }
  }
  if (part.trim() !== '') parts.push(part.trim())
  return parts
}
