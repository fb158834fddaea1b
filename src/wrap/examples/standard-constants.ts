/** Constants and variants of the standard library. */
import { number, type Known } from './known.js'
import { giveUp, literalValue, looseValue, value, type Value } from './value.js'

const ordering: Known = { kind: 'ordering' }

const bits: Readonly<Record<string, number>> = { u8: 8, i8: 8, u16: 16, i16: 16, u32: 32, i32: 32 }

export function standardConstant(path: readonly string[]): Value {
  const name = path.slice(1).join('::')
  switch (name) {
    case 'cmp::Ordering::Less':
      return { ...looseValue('-1', ordering), isLiteral: true }
    case 'cmp::Ordering::Equal':
      return literalValue('0', ordering)
    case 'cmp::Ordering::Greater':
      return literalValue('1', ordering)
    case 'time::Duration::ZERO':
      return literalValue('0', { kind: 'duration' })
    case 'f64::consts::PI':
      return value('Math.PI', number('f64'))
    case 'f64::consts::E':
      return value('Math.E', number('f64'))
  }
  const [type = '', constant = ''] = path.slice(1)
  return numberConstant(type, constant) ?? giveUp('a constant of the standard library')
}

/** `u8::MAX`; those of 64 bits are beyond a number. */
export function numberConstant(type: string, constant: string): Value | undefined {
  if (type === 'f64' && constant === 'NAN') return value('Number.NaN', number('f64'))
  if ((type === 'f64' || type === 'f32') && constant === 'INFINITY') return value('Infinity', number(type))
  if ((type === 'f64' || type === 'f32') && constant === 'NEG_INFINITY') return looseValue('-Infinity', number(type))
  if (type === 'f64' && constant === 'EPSILON') return value('Number.EPSILON', number('f64'))
  const width = bits[type]
  if (width === undefined) return undefined
  const isSigned = type.startsWith('i')
  if (constant === 'MAX') return literalValue(String(2 ** (isSigned ? width - 1 : width) - 1), number(type))
  if (constant !== 'MIN') return undefined
  return isSigned
    ? { ...looseValue(String(-(2 ** (width - 1))), number(type)), isLiteral: true }
    : literalValue('0', number(type))
}
