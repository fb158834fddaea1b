/** What a value may be, in words, where its TypeScript type says less than the boundary asks for. */
import { capitalized } from '../../model/names.js'
import type { Mapping } from '../../rules/mapping.js'

const RANGES: Readonly<Record<string, string>> = {
  i8: 'from -128 to 127',
  u8: 'from 0 to 255',
  i16: 'from -32,768 to 32,767',
  u16: 'from 0 to 65,535',
  i32: 'from -2,147,483,648 to 2,147,483,647',
  u32: 'from 0 to 4,294,967,295',
  i64: 'from -(2⁵³ - 1) to 2⁵³ - 1',
  u64: 'from 0 to 2⁵³ - 1',
  isize: 'from -(2⁵³ - 1) to 2⁵³ - 1',
  usize: 'from 0 to 2⁵³ - 1',
}

const BIG_RANGES: Readonly<Record<string, string>> = {
  i64: 'from -2⁶³ to 2⁶³ - 1',
  u64: 'from 0 to 2⁶⁴ - 1',
  i128: 'from -2¹²⁷ to 2¹²⁷ - 1',
  u128: 'from 0 to 2¹²⁸ - 1',
}

/** `an integer from 0 to 255`; nothing where the type says it all. */
export function valueFacts(m: Mapping): string {
  switch (m.kind) {
    case 'number':
      return integer(m.name, RANGES)
    case 'bigint':
      return integer(m.name, BIG_RANGES)
    case 'duration':
      return 'milliseconds, from 0'
    case 'text':
      return m.rust.kind === 'primitive' && m.rust.name === 'char' ? 'one character (a Unicode scalar value)' : ''
    case 'bytes':
      return m.length === undefined ? '' : `exactly ${m.length} bytes`
    case 'ordering':
      return '-1 for less, 0 for equal, 1 for greater'
    case 'option':
    case 'result':
      return valueFacts(m.of)
    case 'list': {
      const each = valueFacts(m.of)
      const count = m.length === undefined ? '' : `exactly ${m.length} elements`
      return [count, each === '' ? '' : `each ${each}`].filter((fact) => fact !== '').join(', ')
    }
    default:
      return ''
  }
}

function integer(name: string, ranges: Readonly<Record<string, string>>): string {
  const nonZero = name.startsWith('NonZero')
  const range = ranges[nonZero ? name.slice('NonZero'.length).toLowerCase() : name]
  return range === undefined ? '' : `an integer ${range}${nonZero ? ', but not 0' : ''}`
}

/** `An integer from 0 to 255.` */
export function sentence(text: string): string {
  return text === '' ? '' : `${capitalized(text)}.`
}
