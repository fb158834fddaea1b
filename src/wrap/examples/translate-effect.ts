/** Statements that do something: assignments, calls whose result is not used. */
import { coerce } from './coerce.js'
import { isFloat, text, unify, type Known } from './known.js'
import type { Expression } from './rust-ast.js'
import { findVariable, loseName, type Variable } from './scope.js'
import type { Here } from './session.js'
import { callOneOf } from './translate-call.js'
import { translate } from './translate-expression.js'
import { kept } from './translate-method.js'
import { translateBinary } from './translate-operator.js'
import { giveUp } from './value.js'

/** The line, or nothing where the statement does nothing. */
export function translateEffect(here: Here, e: Expression): string | undefined {
  if (e.kind === 'assign') return assignment(here, e)
  if (isEmptyResult(e)) return undefined
  const dropped = droppedName(e)
  if (dropped !== undefined) {
    loseName(here.scope, dropped, 'a value that was dropped')
    return undefined
  }
  const local = e.kind === 'method' ? localEffect(here, e) : undefined
  if (local !== undefined) return local
  const of = translate(here, e)
  if (of.isPlace || of.isLiteral) return undefined
  return of.known.kind === 'result' ? kept(here, of) : of.code
}

/** `Ok(())` at an example's end. */
function isEmptyResult(e: Expression): boolean {
  if (e.kind !== 'call' || e.callee.kind !== 'path') return e.kind === 'tuple' && e.items.length === 0
  const [name, second] = e.callee.path.segments
  const [inner] = e.args
  const isUnit = inner?.kind === 'tuple' && inner.items.length === 0
  return second === undefined && isUnit && (name?.name === 'Ok' || name?.name === 'Some')
}

/** `drop(x)`: in JavaScript the name is not used again. */
function droppedName(e: Expression): string | undefined {
  if (e.kind !== 'call' || e.callee.kind !== 'path' || e.args.length !== 1) return undefined
  const [name, second] = e.callee.path.segments
  const [inner] = e.args
  if (name?.name !== 'drop' || second !== undefined || inner?.kind !== 'path') return undefined
  return inner.path.segments[0]?.name
}

function target(here: Here, e: Expression): Variable {
  const inner = e.kind === 'unary' && e.operator === '*' ? e.of : e
  const name = inner.kind === 'path' && inner.path.segments.length === 1 ? inner.path.segments[0]?.name : undefined
  const variable = name === undefined ? undefined : findVariable(here.scope, name)
  if (variable === undefined || inner !== e) return giveUp('an assignment to something that is no variable')
  return 'lost' in variable ? giveUp(variable.lost) : variable
}

function assignment(here: Here, e: Extract<Expression, { kind: 'assign' }>): string {
  const variable = target(here, e.target)
  const { known } = variable
  const isPlain = ['boolean', 'text', 'number', 'bigint', 'duration', 'ordering', 'enum'].includes(known.kind)
  if (e.operator === '=') {
    const of = coerce(translate(here, e.value, known), known)
    if (!isPlain && !(known.kind === 'option' && isPlainOption(known))) return giveUp('an assignment of an object')
    return `${variable.code} = ${of.code}`
  }
  if (known.kind === 'handle') return operatorAssignment(here, variable, e)
  const operator = e.operator.slice(0, -1)
  if (known.kind === 'text' && operator === '+')
    return `${variable.code} += ${coerce(translate(here, e.value, text), text).code}`
  if (known.kind !== 'number' || (isFloat(known) && known.name !== 'f64'))
    return giveUp('an assignment with an operator')
  if (operator !== '+' && operator !== '-' && operator !== '*') return giveUp('an assignment with an operator')
  const result = translateBinary(here, { kind: 'binary', operator, left: e.target, right: e.value }, known)
  if (unify(result.known, known) === undefined) return giveUp('an assignment with an operator')
  return `${variable.code} = ${result.code}`
}

const isPlainOption = (known: Extract<Known, { kind: 'option' }>): boolean =>
  ['boolean', 'text', 'number', 'bigint'].includes(known.of.kind)

const assigning: Readonly<Record<string, string>> = {
  '+=': 'add_assign',
  '-=': 'sub_assign',
  '*=': 'mul_assign',
  '/=': 'div_assign',
  '%=': 'rem_assign',
  '&=': 'bitand_assign',
  '|=': 'bitor_assign',
  '^=': 'bitxor_assign',
}

function operatorAssignment(here: Here, variable: Variable, e: Extract<Expression, { kind: 'assign' }>): string {
  if (variable.known.kind !== 'handle') return giveUp('an assignment with an operator')
  const index = here.session.api.classes.get(variable.known.name)
  const members = index?.callables.get(assigning[e.operator] ?? '')
  if (members === undefined) return giveUp('an operator that the package leaves out')
  return callOneOf(here, members, translate(here, e.target), [e.value]).code
}

/** What changes a list, a text or a map of the example's own. */
function localEffect(here: Here, e: Extract<Expression, { kind: 'method' }>): string | undefined {
  if (e.of.kind !== 'path' || e.of.path.segments.length !== 1) return undefined
  const variable = findVariable(here.scope, e.of.path.segments[0]?.name ?? '')
  if (variable === undefined || 'lost' in variable || !variable.mutable) return undefined
  const { code, known } = variable
  const [first, second] = e.args
  if (first === undefined) return undefined
  if (known.kind === 'list' && e.name === 'push' && second === undefined) {
    return `${code}.push(${coerce(translate(here, first, known.of), known.of).code})`
  }
  if (known.kind === 'text' && (e.name === 'push_str' || e.name === 'push') && second === undefined) {
    return `${code} += ${coerce(translate(here, first, text), text).code}`
  }
  if (known.kind === 'map' && e.name === 'insert' && second !== undefined) {
    const key = coerce(translate(here, first, known.key), known.key)
    return `${code}.set(${key.code}, ${coerce(translate(here, second, known.value), known.value).code})`
  }
  return undefined
}
