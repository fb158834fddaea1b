/** Closures that are one expression over their parameters. */
import { coerce } from './coerce.js'
import { isSettled, open, type Known } from './known.js'
import type { Expression } from './rust-ast.js'
import { innerScope, type LocalClosure } from './scope.js'
import { newName, type Here } from './session.js'
import { translate } from './translate-expression.js'
import { giveUp, tight, type Value } from './value.js'

export function translateClosure(here: Here, e: Expression, wanted: Extract<Known, { kind: 'callback' }>): string {
  const { code } = closureOver(here, e, wanted.params, wanted.returns)
  return code
}

/** As a function's code, with what it gives. */
export function closureOver(
  here: Here,
  e: Expression,
  params: readonly Known[],
  wanted: Known | undefined,
): { code: string; returns: Known } {
  if (e.kind !== 'closure') return giveUp('a function as an argument')
  if (e.params.length !== params.length) return giveUp('a closure of another form')
  const scope = innerScope(here.scope)
  const names = e.params.map((param, at) => {
    const known = params[at] ?? open
    if (param.kind === 'any') return '_'
    if (param.kind !== 'name' || !isSettled(known)) return giveUp('a closure of another form')
    const code = newName(here.session, param.name)
    scope.variables.set(param.name, { code, known, mutable: false })
    return code
  })
  const body: Value = translate({ ...here, scope }, e.body, wanted)
  if (body.known.kind === 'result') return giveUp('a result inside another value')
  const settledBody = wanted === undefined || wanted.kind === 'void' ? body : coerce(body, wanted)
  const code = settledBody.code.startsWith('{') ? `(${settledBody.code})` : settledBody.code
  return { code: `(${names.join(', ')}) => ${code}`, returns: settledBody.known }
}

/** A closure of the example, written out: its body with the arguments in place of the parameters. */
export function callClosure(
  here: Here,
  local: LocalClosure,
  args: readonly Expression[],
  wanted: Known | undefined,
): Value {
  const { params, body } = local.closure
  if (params.length !== args.length) return giveUp('a closure of another form')
  const scope = innerScope(local.scope)
  params.forEach((param, at) => {
    const arg = args[at]
    if (param.kind !== 'name' || arg === undefined) return giveUp('a closure of another form')
    const of = translate(here, arg)
    // It may be written more than once, so it must be something that gives the same each time.
    if (!of.isLiteral && !of.isPlace) return giveUp('a closure of another form')
    scope.variables.set(param.name, { code: tight(of), known: of.known, mutable: false })
  })
  return translate({ ...here, scope }, body, wanted)
}
