/** Whether two values are equal, as Rust's `==` says. */
import type { Here } from './session.js'
import { helper } from './session.js'
import { callOneOf } from './translate-call.js'
import { boolean, fromMapping, isFloat, unify, type Known } from './known.js'
import type { Expression } from './rust-ast.js'
import { pairOf } from './translate-operator.js'
import { giveUp, looseValue, tight, value, type Value } from './value.js'
import { translate } from './translate-expression.js'

/** How two values are compared in a test. */
export type Comparison =
  /** `expect(left).toBe(right)`. */
  | { readonly kind: 'same' | 'deep'; readonly left: string; readonly right: string }
  /** `expect(code).toBe(true)`. */
  | { readonly kind: 'code'; readonly code: string }

export function comparisonOf(here: Here, left: Expression, right: Expression): Comparison {
  const object = translate(here, left)
  if (object.known.kind === 'handle') return handleComparison(here, object, right)
  const [a, b] = pairOf(here, left, right)
  if (a.known.kind === 'result' || b.known.kind === 'result') return giveUp('a comparison of results')
  if (b.known.kind === 'handle') return handleComparison(here, b, left)
  const both = unify(a.known, b.known) ?? unifyLoosely(a.known, b.known)
  if (both === undefined) return giveUp('a comparison of values of different types')
  return comparisonAs(here, a, b, both)
}

function handleComparison(here: Here, object: Value, other: Expression): Comparison {
  if (object.known.kind !== 'handle') return giveUp('a comparison of something else')
  const members = here.session.api.classes.get(object.known.name)?.callables.get('eq')
  if (members === undefined) return giveUp('objects that the package cannot compare')
  return { kind: 'code', code: callOneOf(here, members, object, [other]).code }
}

/** Pairs that Rust compares item by item although their types differ. */
function unifyLoosely(a: Known, b: Known): Known | undefined {
  const listOf = (known: Known): Known | undefined => {
    if (known.kind === 'bytes') return { kind: 'list', of: { kind: 'number', name: 'u8' }, sorted: true }
    return known.kind === 'list' ? known : undefined
  }
  const [left, right] = [listOf(a), listOf(b)]
  return left === undefined || right === undefined ? undefined : unify(left, right)
}

function comparisonAs(here: Here, a: Value, b: Value, both: Known): Comparison {
  switch (both.kind) {
    case 'boolean':
      return { kind: 'same', left: tight(a), right: tight(b) }
    case 'text':
    case 'bigint':
    case 'ordering':
    case 'duration':
      return { kind: 'same', left: a.code, right: b.code }
    case 'number':
      return numbers(a, b, both)
    case 'bytes':
      return { kind: 'deep', left: asArray(a), right: asArray(b) }
    case 'list':
      if (!both.sorted) return giveUp('a comparison of what has no order')
      if (a.known.kind === 'bytes' || b.known.kind === 'bytes')
        return { kind: 'deep', left: asArray(a), right: asArray(b) }
      break
    case 'open':
    case 'void':
    case 'iterator':
    case 'callback':
    case 'result':
      return giveUp('a comparison of values whose type is not known')
    case 'option':
      if (both.of.kind === 'open') return { kind: 'same', left: a.code, right: b.code }
      if (a.code === 'null' || b.code === 'null') return { kind: 'same', left: a.code, right: b.code }
      break
    default:
      break
  }
  if (!hasObject(here, both))
    return isScalar(here, both)
      ? { kind: 'same', left: a.code, right: b.code }
      : { kind: 'deep', left: a.code, right: b.code }
  return { kind: 'code', code: sameCode(here, a.code, b.code, both) }
}

const asArray = (of: Value): string => {
  const literal = 'Uint8Array.of('
  if (of.known.kind === 'bytes' && of.isLiteral && of.code.startsWith(literal))
    return `[${of.code.slice(literal.length, -1)}]`
  return of.known.kind === 'bytes' ? `[...${tight(of)}]` : of.code
}

function numbers(a: Value, b: Value, both: Extract<Known, { kind: 'number' }>): Comparison {
  const isZero = (of: Value): boolean => of.code === '0' || of.code === '-0'
  // In Rust the two zeros are equal, `toBe` tells them apart.
  if (isFloat(both) && (isZero(a) || isZero(b))) return { kind: 'code', code: `${tight(a)} === ${tight(b)}` }
  const isUnrounded = (of: Value): boolean => of.known.kind === 'number' && of.known.name === 'float' && !of.isLiteral
  if (both.name === 'f32' && (isUnrounded(a) || isUnrounded(b))) {
    return { kind: 'same', left: `Math.fround(${a.code})`, right: `Math.fround(${b.code})` }
  }
  return { kind: 'same', left: a.code, right: b.code }
}

function isScalar(here: Here, known: Known): boolean {
  switch (known.kind) {
    case 'boolean':
    case 'text':
    case 'bigint':
    case 'ordering':
    case 'number':
    case 'duration':
      return true
    case 'enum':
      return here.session.api.enums.get(known.name)?.carriesData !== true
    case 'option':
      return isScalar(here, known.of)
    default:
      return false
  }
}

/** Whether an object is anywhere in it: those are equal when they say so, not when they look it. */
function hasObject(here: Here, known: Known): boolean {
  const { api } = here.session
  switch (known.kind) {
    case 'handle':
      return true
    case 'option':
    case 'list':
    case 'iterator':
      return hasObject(here, known.of)
    case 'tuple':
      return known.items.some((item) => hasObject(here, item))
    case 'map':
      return hasObject(here, known.value)
    case 'record':
      return api.records.get(known.name)?.fields.some((field) => hasObject(here, fromMapping(field.mapping))) ?? true
    case 'enum': {
      const variants = api.enums.get(known.name)?.variants ?? []
      return variants.some((variant) => variant.fields.some((field) => hasObject(here, fromMapping(field.mapping))))
    }
    default:
      return false
  }
}

function sameCode(here: Here, a: string, b: string, known: Known): string {
  const lambda = (of: Known): string => `(a, b) => ${sameCode(here, 'a', 'b', of)}`
  switch (known.kind) {
    case 'handle': {
      const own = here.session.api.classes.get(known.name)?.callables.get('eq') ?? []
      const member = own.find((other) =>
        other.export.params.some(
          (param) => !param.isSelf && param.mapping.kind === 'handle' && param.mapping.name === known.name,
        ),
      )
      return member === undefined ? giveUp('objects that the package cannot compare') : `${a}.${member.name}(${b})`
    }
    case 'option':
      return `${helper(here, 'sameOption')}(${a}, ${b}, ${lambda(known.of)})`
    case 'list':
      return `${helper(here, 'sameList')}(${a}, ${b}, ${lambda(known.of)})`
    case 'boolean':
    case 'text':
    case 'bigint':
    case 'ordering':
    case 'number':
      return `${a} === ${b}`
    default:
      return giveUp('a comparison of objects inside of other values')
  }
}

/** `a == b` as a value. */
export function equalityCode(here: Here, left: Expression, right: Expression): Value {
  const comparison = comparisonOf(here, left, right)
  if (comparison.kind === 'code') return looseValue(comparison.code, boolean)
  if (comparison.kind === 'same') return looseValue(`${comparison.left} === ${comparison.right}`, boolean)
  return value(`${helper(here, 'sameData')}(${comparison.left}, ${comparison.right})`, boolean)
}
