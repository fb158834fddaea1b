/** Blocks, branches and loops. */
import { coerce } from './coerce.js'
import { asIterator } from './iterators.js'
import { boolean, isSettled, type Known } from './known.js'
import type { Block, Expression, Pattern } from './rust-ast.js'
import { innerScope, type Scope } from './scope.js'
import { newName, type Here } from './session.js'
import { translate } from './translate-expression.js'
import { kept } from './translate-method.js'
import { count, newOutput, translateBlock, type Output } from './translate-statement.js'
import { giveUp, tight, type Value } from './value.js'

/** A block of its own, in JavaScript too. */
export function nested(here: Here, block: Block, lines: string[], output: Output): void {
  const inside = blockIn(here, innerScope(here.scope), block, output)
  merge(inside, output)
  if (inside.lines.length > 0) lines.push('{', ...indented(inside), '}')
}

function blockIn(here: Here, scope: Scope, block: Block, output: Output): Output {
  const inside: Output = { ...newOutput(), inlined: output.inlined }
  translateBlock(here.session, scope, block, inside)
  return inside
}

function merge(inside: Output, output: Output): void {
  output.translated += inside.translated
  for (const [reason, amount] of inside.untranslated) count(output.untranslated, reason, amount)
  if (inside.stopped !== undefined) output.stopped = inside.stopped
  if (inside.hasLost) output.hasLost = true
}

const indented = (inside: Output): string[] => inside.lines.map((line) => `  ${line}`)

export function translateIf(here: Here, e: Extract<Expression, { kind: 'if' }>, lines: string[], output: Output): void {
  const scope = innerScope(here.scope)
  const given = translate(here, e.condition, e.pattern === undefined ? boolean : undefined)
  const head = e.pattern === undefined ? coerce(given, boolean).code : matched(here, scope, e.pattern, given, lines)
  const then = blockIn(here, scope, e.then, output)
  merge(then, output)
  const otherwise = e.otherwise === undefined ? undefined : blockIn(here, innerScope(here.scope), e.otherwise, output)
  if (otherwise !== undefined) merge(otherwise, output)
  lines.push(`if (${head}) {`, ...indented(then), '}')
  if (otherwise !== undefined && otherwise.lines.length > 0) lines.push('else {', ...indented(otherwise), '}')
}

/** `if let Some(x) = …` and `if let Ok(x) = …`: the test, with the value in a variable before it. */
function matched(here: Here, scope: Scope, pattern: Pattern, of: Value, lines: string[]): string {
  if (pattern.kind !== 'variant' || pattern.path.length !== 1) return giveUp('an `if let` of another form')
  const [name] = pattern.path
  const [inner, second] = pattern.items ?? []
  if (inner === undefined || second !== undefined) return giveUp('an `if let` of another form')
  if (inner.kind !== 'name' && inner.kind !== 'any') return giveUp('an `if let` of another form')
  const variable = newName(here.session, inner.kind === 'name' ? inner.name : 'value')
  const declare = (code: string, known: Known): void => {
    if (!isSettled(known)) giveUp('an `if let` of a value whose type is not known')
    if (inner.kind === 'name') scope.variables.set(inner.name, { code, known, mutable: inner.mutable })
  }
  if (name === 'Some' && of.known.kind === 'option') {
    lines.push(`const ${variable} = ${of.code}`)
    declare(variable, of.known.of)
    return `${variable} !== null`
  }
  if (name === 'Ok' && of.known.kind === 'result') {
    lines.push(`const ${variable} = ${kept(here, of)}`)
    if (inner.kind === 'name' && of.known.of.kind !== 'void') declare(`${variable}.value!`, of.known.of)
    return `${variable}.ok`
  }
  return giveUp('an `if let` of another form')
}

/**
 * A loop is translated whole or not at all: what its body changes in a way that is not known would also have changed what the
 * next round starts with.
 */
export function translateFor(
  here: Here,
  e: Extract<Expression, { kind: 'for' }>,
  lines: string[],
  output: Output,
): void {
  const scope = innerScope(here.scope)
  const items = itemsOf(here, e.items)
  const head = loopVariable(here, scope, e.pattern, items.of)
  const inside = blockIn(here, scope, e.body, output)
  if (inside.stopped !== undefined || inside.hasLost) return giveUp('a loop')
  merge(inside, output)
  lines.push(`for (const ${head} of ${items.code}) {`, ...indented(inside), '}')
}

function itemsOf(here: Here, e: Expression): { code: string; of: Known } {
  if (e.kind === 'range') return rangeItems(here, e)
  const of = asIterator(here, translate(here, e))
  if (of.known.kind === 'list' || of.known.kind === 'iterator') {
    const isNarrow = of.known.of.kind === 'tuple' && of.code.startsWith('[[')
    return { code: isNarrow ? `${of.code} as const` : of.code, of: of.known.of }
  }
  return giveUp('a loop')
}

function rangeItems(here: Here, e: Extract<Expression, { kind: 'range' }>): { code: string; of: Known } {
  if (e.from === undefined || e.to === undefined) return giveUp('a loop')
  const to = translate(here, e.to)
  const from = translate(here, e.from, to.known)
  if (to.known.kind !== 'number' || from.known.kind !== 'number') return giveUp('a loop')
  const length = `${tight(to)} - ${tight(from)}${e.inclusive ? ' + 1' : ''}`
  const known = to.known.name === 'integer' ? from.known : to.known
  return { code: `Array.from({ length: ${length} }, (_, at) => ${tight(from)} + at)`, of: known }
}

function loopVariable(here: Here, scope: Scope, pattern: Pattern, known: Known): string {
  if (pattern.kind === 'any') return '_'
  if (!isSettled(known) && known.kind !== 'number' && known.kind !== 'tuple') return giveUp('a loop')
  if (pattern.kind === 'name' && !pattern.mutable) {
    const code = newName(here.session, pattern.name)
    scope.variables.set(pattern.name, { code, known, mutable: false })
    return code
  }
  if (pattern.kind !== 'tuple' || known.kind !== 'tuple' || pattern.items.length !== known.items.length)
    return giveUp('a loop')
  return `[${pattern.items.map((item, at) => loopVariable(here, scope, item, known.items[at] ?? { kind: 'open' })).join(', ')}]`
}
