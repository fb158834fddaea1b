/** Methods of text, bytes and numbers that mean the same in JavaScript. */
import { coerce } from './coerce.js'
import { boolean, isFloat, text, usize, type Known } from './known.js'
import { translate } from './translate-expression.js'
import type { Method } from './translate-method.js'
import type { Here } from './session.js'
import { giveUp, looseValue, tight, value, type Value } from './value.js'

export function plainMethod(here: Here, of: Value, e: Method): Value {
  switch (of.known.kind) {
    case 'text':
      return textMethod(here, of, e)
    case 'bytes':
      return bytesMethod(of, e)
    case 'number':
    case 'bigint':
      return numberMethod(here, of, e)
    case 'duration':
      return durationMethod(of, e)
    case 'ordering':
      return orderingMethod(of, e)
    default:
      return giveUp('a method of another type')
  }
}

const same: ReadonlySet<string> = new Set([
  'to_string',
  'as_str',
  'to_owned',
  'into_string',
  'to_path_buf',
  'as_os_str',
])

function textMethod(here: Here, of: Value, e: Method): Value {
  const [first] = e.args
  if (first === undefined) {
    if (same.has(e.name)) return of
    switch (e.name) {
      case 'len':
        return value(`Buffer.byteLength(${of.code})`, usize)
      case 'is_empty':
        return looseValue(`${tight(of)} === ''`, boolean)
      case 'as_bytes':
      case 'into_bytes':
        return value(`new TextEncoder().encode(${of.code})`, { kind: 'bytes' })
    }
    return giveUp(`\`${e.name}\` of a string`)
  }
  const methods: Readonly<Record<string, string>> = {
    starts_with: 'startsWith',
    ends_with: 'endsWith',
    contains: 'includes',
  }
  const method = methods[e.name]
  if (method === undefined || e.args.length > 1 || first.kind === 'closure') return giveUp(`\`${e.name}\` of a string`)
  const argument = coerce(translate(here, first, text), text)
  return value(`${tight(of)}.${method}(${argument.code})`, boolean)
}

function bytesMethod(of: Value, e: Method): Value {
  if (e.args.length > 0) return giveUp(`\`${e.name}\` of bytes`)
  if (e.name === 'len') return value(`${tight(of)}.length`, usize)
  if (e.name === 'is_empty') return looseValue(`${tight(of)}.length === 0`, boolean)
  return giveUp(`\`${e.name}\` of bytes`)
}

function numberMethod(here: Here, of: Value, e: Method): Value {
  const { known } = of
  const [first] = e.args
  const isNamed = known.kind === 'bigint' || (known.kind === 'number' && known.name !== 'float')
  if (e.name === 'to_string' && first === undefined && isNamed && !isFloat(known)) {
    return value(`String(${of.code})`, text)
  }
  if (known.kind !== 'number') return giveUp(`\`${e.name}\` of a number`)
  if (first === undefined) return unaryNumber(of, e, known)
  const other = coerce(translate(here, first, known), known)
  if (e.name === 'max' && !isFloat(known)) return value(`Math.max(${of.code}, ${other.code})`, known)
  if (e.name === 'min' && !isFloat(known)) return value(`Math.min(${of.code}, ${other.code})`, known)
  return giveUp(`\`${e.name}\` of a number`)
}

function unaryNumber(of: Value, e: Method, known: Known): Value {
  switch (e.name) {
    case 'abs':
      return value(`Math.abs(${of.code})`, known)
    case 'sqrt':
      if (known.kind === 'number' && known.name !== 'f32' && isFloat(known))
        return value(`Math.sqrt(${of.code})`, known)
      break
    case 'is_nan':
      if (isFloat(known)) return value(`Number.isNaN(${of.code})`, boolean)
      break
    case 'is_finite':
      if (isFloat(known)) return value(`Number.isFinite(${of.code})`, boolean)
      break
  }
  return giveUp(`\`${e.name}\` of a number`)
}

function durationMethod(of: Value, e: Method): Value {
  if (e.args.length > 0) return giveUp(`\`${e.name}\` of a duration`)
  switch (e.name) {
    case 'as_secs':
      return value(`Math.floor(${tight(of)} / 1000)`, { kind: 'number', name: 'u64' })
    case 'as_millis':
      return value(`BigInt(Math.floor(${of.code}))`, { kind: 'bigint', name: 'u128' })
    case 'is_zero':
      return looseValue(`${tight(of)} === 0`, boolean)
  }
  return giveUp(`\`${e.name}\` of a duration`)
}

function orderingMethod(of: Value, e: Method): Value {
  const tests: Readonly<Record<string, string>> = {
    is_lt: '< 0',
    is_le: '<= 0',
    is_gt: '> 0',
    is_ge: '>= 0',
    is_eq: '=== 0',
    is_ne: '!== 0',
  }
  const test = tests[e.name]
  if (test === undefined || e.args.length > 0) return giveUp(`\`${e.name}\` of an ordering`)
  return looseValue(`${tight(of)} ${test}`, boolean)
}
