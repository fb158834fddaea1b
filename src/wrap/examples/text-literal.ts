/** Literals of TypeScript. */
import { quote } from '../generate/typescript/naming.js'
import type { Known } from './known.js'
import { giveUp, literalValue, looseValue, type Value } from './value.js'

export const stringCode = quote

export function integerValue(amount: bigint, suffix: string, wanted: Known | undefined): Value {
  if (suffix === 'u128' || suffix === 'i128') return literalValue(`${amount}n`, { kind: 'bigint', name: suffix })
  if (suffix === '' && wanted?.kind === 'bigint') return literalValue(`${amount}n`, wanted)
  const isExact = amount <= BigInt(Number.MAX_SAFE_INTEGER) && amount >= BigInt(Number.MIN_SAFE_INTEGER)
  if (!isExact) giveUp('an integer that a number cannot hold')
  const isWanted = suffix === '' && wanted?.kind === 'number' && wanted.name !== 'float'
  const name = suffix === '' ? (isWanted ? wanted.name : 'integer') : suffix
  // A literal without a suffix is never a float: what is wanted then is something that an integer converts into.
  const isFloatName = name === 'f32' || name === 'f64'
  return literalValue(amount.toString(), { kind: 'number', name: isFloatName ? 'integer' : name })
}

export function floatValue(amount: number, suffix: string, wanted: Known | undefined): Value {
  const isWanted = suffix === '' && wanted?.kind === 'number' && (wanted.name === 'f32' || wanted.name === 'f64')
  const name = suffix === '' ? (isWanted ? wanted.name : 'float') : suffix
  if (!Number.isFinite(amount)) giveUp('a float that is not finite')
  if (name === 'f32') {
    const rounded = Math.fround(amount)
    return literalValue(rounded === amount ? String(amount) : `Math.fround(${amount})`, { kind: 'number', name })
  }
  return literalValue(String(amount), { kind: 'number', name })
}

export function negate(of: Value): Value {
  const { code, known } = of
  if (code === '0' || code === '0n')
    return known.kind === 'number' && known.name.startsWith('f') ? looseValue('-0', known) : of
  return { ...looseValue(`-${of.loose ? `(${code})` : code}`, known), isLiteral: of.isLiteral }
}
