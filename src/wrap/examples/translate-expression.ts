/** Expressions to TypeScript. What is not certain gives up. */
import { callMember, translateCall } from './translate-call.js'
import { coerce, commonKnown, itemOf } from './coerce.js'
import { boolean, fromMapping, isFloat, list, open, text, unify, type Known } from './known.js'
import { translateMacro } from './translate-macro.js'
import { translateMethod } from './translate-method.js'
import { translateBinary } from './translate-operator.js'
import { translatePath, translateStruct } from './translate-path.js'
import type { Expression } from './rust-ast.js'
import { helper, knownOf, type Here } from './session.js'
import { floatValue, integerValue, negate, stringCode } from './text-literal.js'
import { giveUp, literalValue, looseValue, placeValue, tight, value, type Value } from './value.js'

export function translate(here: Here, e: Expression, wanted?: Known): Value {
  switch (e.kind) {
    case 'integer':
      return integerValue(e.value, e.suffix, wanted)
    case 'float':
      return floatValue(e.value, e.suffix, wanted)
    case 'string':
    case 'character':
      return literalValue(stringCode(e.value), text)
    case 'boolean':
      return literalValue(String(e.value), boolean)
    case 'bytes':
      return literalValue(`Uint8Array.of(${e.value.join(', ')})`, { kind: 'bytes' })
    case 'path':
      return translatePath(here, e.path, wanted)
    case 'call':
      return translateCall(here, e, wanted)
    case 'method':
      return translateMethod(here, e, wanted)
    case 'field':
      return field(here, e.of, e.name)
    case 'index':
      return index(here, e.of, e.at)
    case 'unary':
      return unary(here, e.operator, e.of, wanted)
    case 'reference':
      return reference(here, e.mutable, e.of, wanted)
    case 'binary':
      return translateBinary(here, e, wanted)
    case 'try':
      return unwrapped(here, translate(here, e.of, resultOf(wanted)))
    case 'cast':
      return cast(here, e.of, knownOf(here, e.to))
    case 'tuple':
      return tuple(here, e.items, wanted)
    case 'array':
      return arrayOf(here, e.items, wanted)
    case 'repeat':
      return repeat(here, e.item, e.count, wanted)
    case 'range':
      return range(here, e, wanted)
    case 'struct':
      return translateStruct(here, e)
    case 'macro':
      return translateMacro(here, e, wanted)
    case 'closure':
      return giveUp('a closure')
    case 'await':
      return giveUp('an `await`')
    case 'if':
      return giveUp('an `if` as a value')
    case 'for':
      return giveUp('a loop')
    case 'block':
      return giveUp('a block as a value')
    case 'assign':
      return giveUp('an assignment as a value')
    case 'other':
      return giveUp(e.what)
  }
}

/** What is wanted of something whose ok side is wanted. */
export const resultOf = (wanted: Known | undefined): Known | undefined =>
  wanted === undefined ? undefined : { kind: 'result', of: wanted, kept: false }

/** Of a result its ok side, of an option its inside; what is not there throws, as it panics in Rust. */
export function unwrapped(here: Here, of: Value): Value {
  const { known } = of
  if (known.kind === 'result') {
    return known.kept ? value(`${helper(here, 'unwrap')}(${of.code})`, known.of) : { ...of, known: known.of }
  }
  if (known.kind === 'option') return value(`${helper(here, 'some')}(${of.code})`, known.of)
  return giveUp('`unwrap` of something that is no result')
}

function field(here: Here, object: Expression, name: string): Value {
  const of = translate(here, object)
  const { known } = of
  if (known.kind === 'tuple') {
    const item = known.items[Number(name)]
    return item === undefined ? giveUp('a field that is not there') : placeValue(`${tight(of)}[${name}]`, item)
  }
  if (known.kind === 'record') {
    const found = here.session.api.records.get(known.name)?.fields.find((other) => other.rust === name)
    if (found === undefined) return giveUp('a field that the record does not have')
    return placeValue(`${tight(of)}.${found.name}`, fromMapping(found.mapping))
  }
  if (known.kind === 'handle') {
    const member = here.session.api.classes.get(known.name)?.fields.get(name)
    if (member === undefined) return giveUp('a field that the package leaves out')
    return callMember(here, member, of, [])
  }
  return giveUp('a field of something else')
}

function index(here: Here, object: Expression, at: Expression): Value {
  const of = translate(here, object)
  if (at.kind === 'range') return slice(here, of, at)
  if (of.known.kind === 'handle') {
    const members = here.session.api.classes.get(of.known.name)?.callables.get('index') ?? []
    const [member, second] = members
    if (member === undefined || second !== undefined) return giveUp('indexing that the package leaves out')
    return callMember(here, member, of, [at])
  }
  const key = translate(here, at, { kind: 'number', name: 'usize' })
  if (key.known.kind !== 'number') return giveUp('indexing by something that is no number')
  if (of.known.kind === 'bytes') return value(`${tight(of)}[${key.code}]!`, { kind: 'number', name: 'u8' })
  if (of.known.kind !== 'list') return giveUp('indexing of something else')
  return looseValue(`${tight(of)}[${key.code}]!`, of.known.of)
}

function slice(here: Here, of: Value, at: Extract<Expression, { kind: 'range' }>): Value {
  const { kind } = of.known
  if (at.from === undefined && at.to === undefined && (kind === 'text' || kind === 'bytes' || kind === 'list'))
    return of
  // Offsets into text count bytes in Rust.
  if (kind !== 'bytes' && kind !== 'list') return giveUp('a slice by range')
  const usize: Known = { kind: 'number', name: 'usize' }
  const bound = (e: Expression | undefined): string =>
    e === undefined ? '' : coerce(translate(here, e, usize), usize).code
  const end = at.inclusive ? `${bound(at.to)} + 1` : bound(at.to)
  const bounds = at.to === undefined ? bound(at.from) : `${at.from === undefined ? '0' : bound(at.from)}, ${end}`
  return value(`${tight(of)}.slice(${bounds})`, of.known)
}

function unary(here: Here, operator: '-' | '!' | '*', inner: Expression, wanted: Known | undefined): Value {
  const of = translate(here, inner, wanted)
  if (operator === '*') return of
  if (of.known.kind === 'handle') {
    const name = operator === '-' ? 'neg' : 'not'
    const members = here.session.api.classes.get(of.known.name)?.callables.get(name) ?? []
    const [member, second] = members
    if (member === undefined || second !== undefined) return giveUp('an operator that the package leaves out')
    return callMember(here, member, of, [])
  }
  if (operator === '-' && (of.known.kind === 'number' || of.known.kind === 'bigint')) return negate(of)
  if (operator === '!' && of.known.kind === 'boolean') return looseValue(`!${tight(of)}`, boolean)
  return giveUp(`the operator \`${operator}\` on a ${of.known.kind}`)
}

function reference(here: Here, mutable: boolean, inner: Expression, wanted: Known | undefined): Value {
  const of = translate(here, inner, wanted)
  if (mutable && of.known.kind !== 'handle' && of.known.kind !== 'iterator') return giveUp('`&mut` of a plain value')
  return of
}

const widths: Readonly<Record<string, readonly [number, boolean]>> = {
  u8: [8, false],
  u16: [16, false],
  u32: [32, false],
  u64: [64, false],
  usize: [64, false],
  i8: [8, true],
  i16: [16, true],
  i32: [32, true],
  i64: [64, true],
  isize: [64, true],
}

/** Only where every value stays what it is. */
function cast(here: Here, inner: Expression, to: Known): Value {
  const of = translate(here, inner, to)
  if (to.kind !== 'number' || of.known.kind !== 'number') return giveUp('a cast')
  if (of.known.name === to.name) return { ...of, known: to }
  const target = widths[to.name]
  if (of.isLiteral && of.known.name === 'integer') {
    const amount = Number(of.code)
    const isWithin = target === undefined || (amount >= 0 ? amount < 2 ** (target[0] - (target[1] ? 1 : 0)) : target[1])
    return isWithin ? { ...of, known: to } : giveUp('a cast that changes the value')
  }
  const source = widths[of.known.name]
  if (source === undefined) return giveUp('a cast')
  if (isFloat(to)) return to.name === 'f64' && source[0] <= 32 ? { ...of, known: to } : giveUp('a cast')
  const isWider =
    target !== undefined &&
    (source[1] ? target[1] && target[0] >= source[0] : target[0] > source[0] || (!target[1] && target[0] === source[0]))
  return isWider ? { ...of, known: to } : giveUp('a cast that may change the value')
}

function tuple(here: Here, items: readonly Expression[], wanted: Known | undefined): Value {
  if (items.length === 0) return literalValue('undefined', { kind: 'void' })
  const values = items.map((item, at) => {
    const expected = wanted?.kind === 'tuple' ? wanted.items[at] : undefined
    return settled(translate(here, item, expected), expected)
  })
  const known: Known = { kind: 'tuple', items: values.map((item) => item.known) }
  return {
    ...value(`[${values.map((item) => item.code).join(', ')}]`, known),
    isLiteral: values.every((v) => v.isLiteral),
  }
}

/** A part of a value, brought to the type that its place has. */
export function settled(of: Value, wanted: Known | undefined): Value {
  if (of.known.kind === 'result') return giveUp('a result inside another value')
  return wanted === undefined ? of : coerce(of, wanted)
}

export function arrayOf(here: Here, items: readonly Expression[], wanted: Known | undefined): Value {
  if (wanted?.kind === 'bytes') {
    const bytes = items.map((item) =>
      coerce(translate(here, item, { kind: 'number', name: 'u8' }), { kind: 'number', name: 'u8' }),
    )
    return literalValue(`Uint8Array.of(${bytes.map((item) => item.code).join(', ')})`, { kind: 'bytes' })
  }
  let expected = itemOf(wanted)
  let values = items.map((item) => settled(translate(here, item, expected), expected))
  const common = commonKnown(values, expected)
  // `[1, 2u64]`: the first takes the type of the second.
  if (unify(common, expected) !== undefined && common !== expected) {
    expected = common
    values = items.map((item) => settled(translate(here, item, expected), expected))
  }
  const code = `[${values.map((item) => item.code).join(', ')}]`
  return { ...value(code, list(commonKnown(values, expected))), isLiteral: values.every((item) => item.isLiteral) }
}

function repeat(here: Here, item: Expression, count: Expression, wanted: Known | undefined): Value {
  const length = translate(here, count, { kind: 'number', name: 'usize' })
  if (length.known.kind !== 'number') return giveUp('an array of a length that is not known')
  if (wanted?.kind === 'bytes') {
    const byte = coerce(translate(here, item, { kind: 'number', name: 'u8' }), { kind: 'number', name: 'u8' })
    return value(`new Uint8Array(${length.code}).fill(${byte.code})`, { kind: 'bytes' })
  }
  const of = translate(here, item, itemOf(wanted))
  if (of.known.kind === 'handle' || of.known.kind === 'list') return giveUp('an array of copies')
  return value(`Array.from({ length: ${length.code} }, () => ${of.code})`, list(of.known))
}

function range(here: Here, e: Extract<Expression, { kind: 'range' }>, wanted: Known | undefined): Value {
  if (
    e.from === undefined ||
    e.to === undefined ||
    wanted?.kind !== 'tuple' ||
    wanted.items.length !== 2 ||
    e.inclusive
  ) {
    return giveUp('a range')
  }
  const [start = open, end = open] = wanted.items
  const from = coerce(translate(here, e.from, start), start)
  const to = coerce(translate(here, e.to, end), end)
  return value(`[${from.code}, ${to.code}]`, { kind: 'tuple', items: [from.known, to.known] })
}
