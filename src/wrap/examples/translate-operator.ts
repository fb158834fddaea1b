/** Operators: on numbers those of JavaScript where they give the same, on objects the package's methods. */
import type { MemberIr } from '../ir/ir.js'
import { callOneOf } from './translate-call.js'
import { coerce } from './coerce.js'
import { equalityCode } from './equality.js'
import { boolean, isFloat, isSettled, unify, type Known } from './known.js'
import type { BinaryOperator, Expression } from './rust-ast.js'
import type { Here } from './session.js'
import { translate } from './translate-expression.js'
import { giveUp, looseValue, tight, value, type Value } from './value.js'

type Binary = Extract<Expression, { kind: 'binary' }>

const operatorMethods: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '&': 'bitand',
  '|': 'bitor',
  '^': 'bitxor',
  '<<': 'shl',
  '>>': 'shr',
}

export function translateBinary(here: Here, e: Binary, wanted: Known | undefined): Value {
  switch (e.operator) {
    case '&&':
    case '||':
      return logic(here, e)
    case '==':
      return equalityCode(here, e.left, e.right)
    case '!=':
      return looseValue(`!${tight(equalityCode(here, e.left, e.right))}`, boolean)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(here, e)
    default:
      return arithmetic(here, e, wanted)
  }
}

function logic(here: Here, e: Binary): Value {
  const left = coerce(translate(here, e.left, boolean), boolean)
  const right = coerce(translate(here, e.right, boolean), boolean)
  return looseValue(`${tight(left)} ${e.operator} ${tight(right)}`, boolean)
}

/** Both sides with one type: a literal takes that of the other side. */
export function pairOf(here: Here, left: Expression, right: Expression, wanted?: Known): [Value, Value] {
  let a = translate(here, left, wanted)
  const b = translate(here, right, wanted ?? withoutResult(a.known))
  if (!isSettled(a.known) || a.known.kind === 'list') a = translate(here, left, withoutResult(b.known))
  return [a, b]
}

const withoutResult = (known: Known): Known | undefined => {
  if (known.kind === 'result' || known.kind === 'handle') return undefined
  return known.kind === 'iterator' ? { kind: 'list', of: known.of, sorted: true } : known
}

function order(here: Here, e: Binary): Value {
  const [left, right] = pairOf(here, e.left, e.right)
  if (left.known.kind === 'handle') {
    const index = here.session.api.classes.get(left.known.name)
    const members = index?.callables.get('partial_cmp') ?? index?.callables.get('cmp') ?? []
    const call = callOneOf(here, members, left, [e.right])
    // Nothing is less than, equal to or greater than what it cannot be compared with.
    const code = call.known.kind === 'option' ? `(${call.code} ?? NaN)` : call.code
    return looseValue(`${code} ${e.operator} 0`, boolean)
  }
  const both = unify(left.known, right.known)
  if (both?.kind === 'number' || both?.kind === 'bigint' || both?.kind === 'duration' || both?.kind === 'ordering') {
    return looseValue(`${tight(left)} ${e.operator} ${tight(right)}`, boolean)
  }
  return giveUp('an order of values other than numbers')
}

function arithmetic(here: Here, e: Binary, wanted: Known | undefined): Value {
  const name = operatorMethods[e.operator] ?? giveUp('an operator')
  const left = translate(here, e.left, wanted?.kind === 'number' || wanted?.kind === 'bigint' ? wanted : undefined)
  if (left.known.kind === 'handle') return callOneOf(here, operatorOf(here, left.known.name, name), left, [e.right])
  const [a, b] = pairOf(
    here,
    e.left,
    e.right,
    wanted?.kind === 'number' || wanted?.kind === 'bigint' ? wanted : undefined,
  )
  const both = unify(a.known, b.known)
  if (both?.kind === 'text' && e.operator === '+') return looseValue(`${tight(a)} + ${tight(b)}`, both)
  if (both?.kind === 'bigint' && '+-*/%'.includes(e.operator))
    return looseValue(`${tight(a)} ${e.operator} ${tight(b)}`, both)
  if (both?.kind === 'duration' && (e.operator === '+' || e.operator === '-')) {
    return looseValue(`${tight(a)} ${e.operator} ${tight(b)}`, both)
  }
  if (both?.kind !== 'number') return giveUp(`the operator \`${e.operator}\` on these values`)
  return numbers(e.operator, a, b, both)
}

function numbers(operator: BinaryOperator, a: Value, b: Value, both: Extract<Known, { kind: 'number' }>): Value {
  const plain = `${tight(a)} ${operator} ${tight(b)}`
  if (both.name === 'f32') return giveUp('arithmetic of 32-bit floats')
  if (isFloat(both)) return looseValue(plain, both)
  // Rust panics where the result leaves the type, so an example's stay inside it.
  if (operator === '+' || operator === '-' || operator === '*' || operator === '%') return looseValue(plain, both)
  if (operator === '/') return value(`Math.trunc(${plain})`, both)
  if (operator === '<<' && a.isLiteral && b.isLiteral) {
    const amount = Number(a.code) * 2 ** Number(b.code)
    return Number.isSafeInteger(amount) ? value(String(amount), both) : giveUp('an integer that a number cannot hold')
  }
  const isNarrow = ['u8', 'u16', 'i8', 'i16', 'i32'].includes(both.name)
  if (isNarrow && (operator === '&' || operator === '|' || operator === '^')) return looseValue(plain, both)
  if (both.name === 'u32' && (operator === '&' || operator === '|' || operator === '^')) {
    return looseValue(`(${plain}) >>> 0`, both)
  }
  return giveUp(`the operator \`${operator}\` on these values`)
}

export function operatorOf(here: Here, className: string, name: string): readonly MemberIr[] {
  const members = here.session.api.classes.get(className)?.callables.get(name)
  return members ?? giveUp('an operator that the package leaves out')
}
