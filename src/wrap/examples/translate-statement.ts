/** The statements of an example, one after the other, with a count of every assertion. */
import { isCallable } from './api.js'
import { holds } from './conditions.js'
import { coerce } from './coerce.js'
import { assertionMacros, type Block, type Expression, type Pattern, type Statement } from './rust-ast.js'
import { addImports, findVariable, loseByCode, loseName, resolve, snapshot, type Scope } from './scope.js'
import { helper, knownOf, newName, type Here, type Session } from './session.js'
import { translateAssertion } from './translate-assertion.js'
import { translateEffect } from './translate-effect.js'
import { nested, translateFor, translateIf } from './translate-flow.js'
import { translate } from './translate-expression.js'
import { kept } from './translate-method.js'
import { GiveUp, giveUp, value, type Value } from './value.js'
import type { Known } from './known.js'

export interface Output {
  readonly lines: string[]
  translated: number
  /** Assertions by why they were not translated. */
  readonly untranslated: Map<string, number>
  /** Why nothing after this place can be trusted. */
  stopped: string | undefined
  /** Whether a variable had to be given up that was declared before. */
  hasLost: boolean
  /** Functions of the example whose bodies are in `lines`. */
  readonly inlined: Set<string>
}

export const newOutput = (): Output => ({
  lines: [],
  translated: 0,
  untranslated: new Map(),
  stopped: undefined,
  hasLost: false,
  inlined: new Set(),
})

export const followsReason = 'follows an untranslated statement'

export function count(counts: Map<string, number>, reason: string, amount: number): void {
  if (amount > 0) counts.set(reason, (counts.get(reason) ?? 0) + amount)
}

export function translateBlock(session: Session, scope: Scope, block: Block, output: Output): void {
  const here: Here = { session, scope }
  // Items are in force in the whole block.
  for (const statement of block.statements) declareItem(scope, statement)
  for (const statement of block.statements) {
    const isOn = statement.conditions.map((condition) => holds(condition, session.features))
    if (isOn.includes(false))
      count(output.untranslated, 'behind a condition that does not hold', statement.assertions())
    else if (output.stopped !== undefined) count(output.untranslated, followsReason, statement.assertions())
    else if (isOn.includes(undefined)) failed(here, statement, 'behind a condition that is not known here', output)
    else translateStatement(here, statement, output)
  }
}

function declareItem(scope: Scope, statement: Statement): void {
  if (statement.kind === 'use') addImports(scope, statement.imports)
  if (statement.kind === 'function') {
    scope.functions.set(statement.name, { params: statement.params, body: statement.body })
    scope.items.set(statement.name, 'a function of the example')
  }
  if (statement.kind === 'item' && statement.name !== undefined) {
    scope.items.set(statement.name, 'a type of the example')
  }
}

function translateStatement(here: Here, statement: Statement, output: Output): void {
  switch (statement.kind) {
    case 'use':
    case 'function':
      return
    case 'item':
      count(output.untranslated, 'inside of an item of the example', statement.assertions())
      return
    case 'let':
    case 'expression':
      break
  }
  const lines: string[] = []
  try {
    if (statement.kind === 'let') translateLet(here, statement, lines)
    else translateExpressionStatement(here, statement, lines, output)
    output.lines.push(...lines)
    for (const code of here.session.spent) loseByCode(here.scope, code)
  } catch (error) {
    if (!(error instanceof GiveUp)) throw error
    failed(here, statement, error.reason, output)
  }
  here.session.spent.clear()
}

/**
 * What can still be trusted after a statement that is not in the test. A binding and an assertion change nothing but what is
 * declared `mut`, so those names are given up; any other statement ends the example.
 */
function failed(here: Here, statement: Statement, reason: string, output: Output): void {
  count(output.untranslated, reason, statement.assertions())
  for (const name of statement.mentions()) {
    const variable = findVariable(here.scope, name)
    if (variable !== undefined && !('lost' in variable) && variable.mutable) {
      loseName(here.scope, name, followsReason)
      output.hasLost = true
    }
  }
  if (statement.kind === 'let') {
    for (const name of namesIn(statement.pattern)) here.scope.variables.set(name, { lost: reason })
    if (statement.pattern.kind === 'other' || statement.hasElse) output.stopped = reason
    return
  }
  if (statement.kind === 'expression' && statement.value.kind === 'macro') {
    if (assertionMacros.has(statement.value.name) || printing.has(statement.value.name)) return
  }
  output.stopped = reason
}

const panicking: ReadonlySet<string> = new Set(['panic', 'unreachable', 'todo', 'unimplemented'])

const printing: ReadonlySet<string> = new Set(['println', 'print', 'eprintln', 'eprint', 'dbg'])

export function namesIn(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'name':
      return [pattern.name]
    case 'tuple':
      return pattern.items.flatMap(namesIn)
    case 'variant':
      return (pattern.items ?? []).flatMap(namesIn)
    default:
      return []
  }
}

function translateLet(here: Here, statement: Extract<Statement, { kind: 'let' }>, lines: string[]): void {
  if (statement.value === undefined) return giveUp('a variable that gets its value later')
  if (statement.hasElse) return giveUp('a `let … else`')
  if (bindCallable(here, statement)) return
  const wanted = statement.type === undefined ? undefined : knownOf(here, statement.type)
  const useful = wanted?.kind === 'open' ? undefined : wanted
  const given = translate(here, statement.value, useful)
  const of = useful === undefined || useful.kind === 'result' ? given : coerce(given, useful)
  const { pattern } = statement
  switch (pattern.kind) {
    case 'any':
      lines.push(of.known.kind === 'result' ? kept(here, of) : of.code)
      return
    case 'name':
      bind(here, pattern, initial(here, of, pattern.mutable), lines, borrowsMutably(statement.value))
      return
    case 'tuple':
      bindTuple(here, pattern, of, lines)
      return
    default:
      return giveUp('a pattern')
  }
}

/** `let ymd = NaiveDate::from_ymd_opt` and closures: names for calls, and nothing in JavaScript. */
function bindCallable(here: Here, { pattern, value: given }: Extract<Statement, { kind: 'let' }>): boolean {
  if (pattern.kind !== 'name' || pattern.mutable) return false
  const { scope, session } = here
  if (given?.kind === 'closure') {
    // Its names mean what they meant here, whatever is declared later.
    scope.variables.delete(pattern.name)
    scope.closures.set(pattern.name, { closure: given, scope: snapshot(scope) })
    return true
  }
  if (given?.kind !== 'path' || given.path.of !== undefined) return false
  const names = given.path.segments.map((segment) => segment.name)
  if (names.length < 2 || given.path.segments.some((segment) => segment.args.length > 0)) return false
  const full = resolve(session.api, scope, names)
  if (full === undefined || !isCallable(session.api, full)) return false
  scope.variables.delete(pattern.name)
  scope.closures.delete(pattern.name)
  scope.imports.set(pattern.name, full)
  return true
}

/** `let x = &mut y` may change `y` although `x` is not `mut`. */
const borrowsMutably = (e: Expression): boolean => e.kind === 'reference' && e.mutable

function bind(
  here: Here,
  pattern: Extract<Pattern, { kind: 'name' }>,
  of: Value,
  lines: string[],
  isMutable: boolean,
): void {
  const { known } = of
  const code = newName(here.session, pattern.name)
  const isObject = known.kind === 'handle' || known.kind === 'iterator' || known.kind === 'map'
  const word = pattern.mutable && !isObject ? 'let' : 'const'
  const isNarrow = known.kind === 'tuple' || (word === 'let' && known.kind === 'enum' && of.isLiteral)
  lines.push(`${word} ${code} = ${of.code}${isNarrow && isLiteralCode(of) ? ' as const' : ''}`)
  here.scope.closures.delete(pattern.name)
  here.scope.variables.set(pattern.name, { code, known, mutable: pattern.mutable || isMutable })
}

const isLiteralCode = (of: Value): boolean => of.code.startsWith('[') || of.code.startsWith("'")

/** What a variable holds: an outcome, an iterator at its start, a copy where Rust copies. */
function initial(here: Here, of: Value, isMutable: boolean): Value {
  const { known } = of
  if (known.kind === 'result') return value(kept(here, of), { ...known, kept: true })
  if (known.kind === 'iterator' && !of.isPlace) return value(`${helper(here, 'iterate')}(${of.code})`, known)
  if (known.kind === 'void') return giveUp('a variable that holds nothing')
  if (known.kind === 'list' && of.isPlace && isMutable) return value(`[...${of.code}]`, known)
  if (known.kind === 'handle' && of.isPlace) return copied(here, of, known)
  return of
}

function copied(here: Here, of: Value, known: Extract<Known, { kind: 'handle' | 'record' | 'enum' }>): Value {
  const index = here.session.api.classes.get(known.name)
  if (index?.hasMutators === true && index.isCopy) return giveUp('a second value of a type that changes')
  return of
}

function bindTuple(here: Here, pattern: Extract<Pattern, { kind: 'tuple' }>, of: Value, lines: string[]): void {
  if (of.known.kind !== 'tuple' || of.known.items.length !== pattern.items.length) return giveUp('a pattern')
  const { items } = of.known
  const isMutable = pattern.items.some((item) => item.kind === 'name' && item.mutable)
  const bound: { name: string; code: string; known: Known; mutable: boolean }[] = []
  const names = pattern.items.map((item, at) => {
    const known = items[at]
    if (item.kind === 'any') return ''
    if (item.kind !== 'name' || known === undefined || known.kind === 'iterator') return giveUp('a pattern')
    const code = newName(here.session, item.name)
    bound.push({ name: item.name, code, known, mutable: item.mutable })
    return code
  })
  lines.push(`${isMutable ? 'let' : 'const'} [${names.join(', ')}] = ${of.code}`)
  for (const { name, code, known, mutable } of bound) here.scope.variables.set(name, { code, known, mutable })
}

function translateExpressionStatement(
  here: Here,
  statement: Extract<Statement, { kind: 'expression' }>,
  lines: string[],
  output: Output,
): void {
  const e = statement.value
  if (e.kind === 'macro' && assertionMacros.has(e.name)) {
    lines.push(translateAssertion(here, e.name, e.tokens))
    output.translated += 1
    return
  }
  if (e.kind === 'macro' && printing.has(e.name)) return giveUp('printing')
  if (e.kind === 'macro' && panicking.has(e.name)) {
    lines.push("throw new Error('the example panics here')")
    return
  }
  if (e.kind === 'block') {
    nested(here, e.body, lines, output)
    return
  }
  if (e.kind === 'if') {
    translateIf(here, e, lines, output)
    return
  }
  if (e.kind === 'for') {
    translateFor(here, e, lines, output)
    return
  }
  const called = calledFunction(here, e)
  if (called !== undefined) {
    if (output.inlined.has(called.name)) return giveUp('a function of the example that is called again')
    output.inlined.add(called.name)
    nested(here, called.body, lines, output)
    return
  }
  const line = translateEffect(here, e)
  if (line !== undefined) lines.push(line)
}

/** `try_main().unwrap()`: a function of the example that takes nothing. */
function calledFunction(here: Here, e: Expression): { name: string; body: Block } | undefined {
  if (e.kind === 'try') return calledFunction(here, e.of)
  if (e.kind === 'method' && ['unwrap', 'expect'].includes(e.name)) return calledFunction(here, e.of)
  if (e.kind !== 'call' || e.callee.kind !== 'path' || e.args.length > 0) return undefined
  const [segment, second] = e.callee.path.segments
  if (segment === undefined || second !== undefined) return undefined
  for (let at: Scope | undefined = here.scope; at !== undefined; at = at.parent) {
    const found = at.functions.get(segment.name)
    if (found?.params === 0) return { name: segment.name, body: found.body }
  }
  return undefined
}
