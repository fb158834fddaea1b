/** `assert!`, `assert_eq!`, `assert_ne!` to `expect(…)`. */
import { comparisonOf } from './equality.js'
import { boolean, type Known } from './known.js'
import { parseArguments } from './parse.js'
import type { Expression } from './rust-ast.js'
import { resolve } from './scope.js'
import { helper, type Here } from './session.js'
import { stringCode } from './text-literal.js'
import { coerce } from './coerce.js'
import { translate } from './translate-expression.js'
import { kept } from './translate-method.js'
import { giveUp } from './value.js'

/** The line for one assertion. */
export function translateAssertion(here: Here, name: string, tokens: string): string {
  const args = parseArguments(tokens) ?? giveUp('an assertion that does not parse')
  const [left, right] = args
  const plain = name.startsWith('debug_') ? name.slice('debug_'.length) : name
  if (left === undefined) return giveUp('an assertion that does not parse')
  if (plain === 'assert') return truth(here, left, true)
  if (right === undefined) return giveUp('an assertion that does not parse')
  return plain === 'assert_eq' ? equal(here, left, right) : unequal(here, left, right)
}

function truth(here: Here, e: Expression, expected: boolean): string {
  if (e.kind === 'unary' && e.operator === '!') return truth(here, e.of, !expected)
  if (e.kind === 'binary' && (e.operator === '==' || e.operator === '!=')) {
    const isEqual = (e.operator === '==') === expected
    return isEqual ? equal(here, e.left, e.right) : unequal(here, e.left, e.right)
  }
  if (e.kind === 'method' && e.args.length === 0) {
    if (e.name === 'is_ok' || e.name === 'is_err') {
      const of = translate(here, e.of)
      if (of.known.kind === 'result')
        return `expect(${kept(here, of)}.ok).toBe(${String((e.name === 'is_ok') === expected)})`
    }
    if (e.name === 'is_none' || e.name === 'is_some') {
      const of = translate(here, e.of)
      const isNull = (e.name === 'is_none') === expected
      if (of.known.kind === 'option') return `expect(${of.code})${isNull ? '' : '.not'}.toBeNull()`
    }
  }
  const of = coerce(translate(here, e, boolean), boolean)
  return `expect(${of.code}).toBe(${String(expected)})`
}

function equal(here: Here, left: Expression, right: Expression): string {
  const side = resultSide(left, right) ?? resultSide(right, left)
  if (side !== undefined) return resultEqual(here, side)
  if (isLiteral(left) && !isLiteral(right)) return equal(here, right, left)
  const comparison = comparisonOf(here, left, right)
  switch (comparison.kind) {
    case 'code':
      return `expect(${comparison.code}).toBe(true)`
    case 'same':
      if (comparison.right === 'null') return `expect(${comparison.left}).toBeNull()`
      return `expect(${comparison.left}).toBe(${comparison.right})`
    case 'deep':
      return `expect(${comparison.left}).toEqual(${comparison.right})`
  }
}

function unequal(here: Here, left: Expression, right: Expression): string {
  const comparison = comparisonOf(here, left, right)
  switch (comparison.kind) {
    case 'code':
      return `expect(${comparison.code}).toBe(false)`
    case 'same':
      return `expect(${comparison.left}).not.toBe(${comparison.right})`
    case 'deep':
      return `expect(${comparison.left}).not.toEqual(${comparison.right})`
  }
}

const isLiteral = (e: Expression): boolean =>
  ['integer', 'float', 'string', 'character', 'boolean', 'bytes'].includes(e.kind)

interface ResultSide {
  readonly name: 'Ok' | 'Err'
  readonly inner: Expression
  readonly other: Expression
}

/** `Ok(x)` and `Err(x)` as one side of a comparison. */
function resultSide(e: Expression, other: Expression): ResultSide | undefined {
  if (e.kind !== 'call' || e.callee.kind !== 'path') return undefined
  const [name, second] = e.callee.path.segments
  const [inner] = e.args
  if (second !== undefined || inner === undefined) return undefined
  return name?.name === 'Ok' || name?.name === 'Err' ? { name: name.name, inner, other } : undefined
}

function resultEqual(here: Here, side: ResultSide): string {
  const of = translate(here, side.other)
  if (of.known.kind !== 'result') return giveUp('a comparison of results')
  if (side.name === 'Err') return errorEqual(here, kept(here, of), side.inner)
  if (side.inner.kind === 'tuple' && side.inner.items.length === 0 && isVoid(of.known.of)) {
    return `expect(${kept(here, of)}.ok).toBe(true)`
  }
  return equal(here, { kind: 'try', of: side.other }, side.inner)
}

const isVoid = (known: Known): boolean => known.kind === 'void'

/** By code, where the package gives that error one of its own. */
function errorEqual(here: Here, outcome: string, error: Expression): string {
  const names = error.kind === 'path' ? error.path.segments.map((segment) => segment.name) : undefined
  const path = names === undefined ? undefined : resolve(here.session.api, here.scope, names)?.join('::')
  const { errors, errorCode } = here.session.api.p
  const entry = errors.find((other) => other.rustType === path)
  const isOwn =
    entry !== undefined && entry.code !== errorCode && errors.filter(({ code }) => code === entry.code).length === 1
  if (!isOwn) return giveUp('an error as a value')
  return `expect(${helper(here, 'codeOf')}(${outcome})).toBe(${stringCode(entry.code)})`
}
