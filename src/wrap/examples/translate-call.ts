/** Calls of functions, and of the package's members. */
import { memberName } from '../generate/typescript/naming.js'
import type { MemberIr } from '../ir/ir.js'
import { findOwner, type ClassIndex } from './api.js'
import { coerce } from './coerce.js'
import { callClosure, translateClosure } from './closure.js'
import { fromMapping, option, type Known } from './known.js'
import type { Expression } from './rust-ast.js'
import { findClosure } from './scope.js'
import { imported, type Here } from './session.js'
import { standardCall } from './standard-calls.js'
import { translate } from './translate-expression.js'
import { dataVariant, targetOf } from './translate-path.js'
import { GiveUp, giveUp, looseValue, placeValue, tight, value, type Value } from './value.js'

export function translateCall(here: Here, e: Extract<Expression, { kind: 'call' }>, wanted: Known | undefined): Value {
  if (e.callee.kind !== 'path') return giveUp('a call of a value')
  const { path } = e.callee
  const [only, more] = path.segments
  const local = only === undefined || more !== undefined ? undefined : findClosure(here.scope, only.name)
  if (local !== undefined) return callClosure(here, local, e.args, wanted)
  const target = targetOf(here, path)
  switch (target.kind) {
    case 'constructor':
      return some(here, target.name, e.args, wanted)
    case 'variant':
      return dataVariant(here, target, e.args)
    case 'standard':
      return standardCall(here, target.path, e.args, wanted)
    case 'crate': {
      const member = here.session.api.functions.get(target.path.join('::'))
      return member === undefined
        ? giveUp('an item that the package leaves out')
        : callMember(here, member, undefined, e.args)
    }
    case 'associated': {
      const { named, name } = target
      if (named.kind === 'ambiguous') {
        const owner = findOwner(here.session.api, named.path, name)
        return callStatic(here, owner ?? giveUp('a generic type whose instance is not known'), name, e.args)
      }
      if (named.kind === 'handle') return callStatic(here, named.index, name, e.args)
      const type = named.shape.rustType
      const member = type.kind === 'path' ? here.session.api.functions.get(`${type.path}::${name}`) : undefined
      return member === undefined
        ? giveUp('an item that the package leaves out')
        : callMember(here, member, undefined, e.args)
    }
  }
}

function some(here: Here, name: string, args: readonly Expression[], wanted: Known | undefined): Value {
  const [inner] = args
  if (name !== 'Some' || inner === undefined) return giveUp('a result as a value')
  const of = translate(here, inner, wanted?.kind === 'option' ? wanted.of : undefined)
  if (of.known.kind === 'option') return giveUp('an option of an option')
  if (of.known.kind === 'result' || of.known.kind === 'void') return giveUp('a result inside another value')
  return { ...of, known: option(of.known) }
}

/** `Version::parse(…)`; `Version::eq(&a, &b)` is a method. */
export function callStatic(here: Here, index: ClassIndex, name: string, args: readonly Expression[]): Value {
  const members = index.callables.get(name)
  if (members === undefined) return giveUp('an item that the package leaves out')
  return callOneOf(here, members, undefined, args)
}

/** Of several with one name the one whose parameters take the arguments. */
export function callOneOf(
  here: Here,
  members: readonly MemberIr[],
  self: Value | undefined,
  args: readonly Expression[],
): Value {
  const [only, second] = members
  if (only === undefined) return giveUp('an item that the package leaves out')
  if (second === undefined) return callMember(here, only, self, args)
  const fitting: Value[] = []
  let reason = 'an overload that no argument decides'
  for (const member of members) {
    try {
      fitting.push(callMember(here, member, self, args))
    } catch (error) {
      if (!(error instanceof GiveUp)) throw error
      reason = error.reason
    }
  }
  const [fit, another] = fitting
  if (fit === undefined) return giveUp(reason)
  return another === undefined ? fit : giveUp('an overload that no argument decides')
}

/** One member with its arguments; without an object the first argument is it. */
export function callMember(here: Here, member: MemberIr, self: Value | undefined, args: readonly Expression[]): Value {
  const { params } = member.export
  if (member.export.sinks !== undefined) return giveUp('a call that writes into its argument')
  const takesSelf = params.some((param) => param.isSelf)
  if (takesSelf && self === undefined) {
    const [first, ...rest] = args
    if (first === undefined) return giveUp('a call without its object')
    return callMember(here, member, translate(here, first), rest)
  }
  const others = params.filter((param) => !param.isSelf)
  if (others.length !== args.length) return giveUp('a call whose arguments differ from the package')
  const given = others.map((param, at) => argument(here, args[at], fromMapping(param.mapping)))
  const code = callCode(here, member, self, given)
  return result(here, member, code, self)
}

function argument(here: Here, e: Expression | undefined, wanted: Known): string {
  if (e === undefined) return giveUp('a call whose arguments differ from the package')
  if (wanted.kind === 'callback') return translateClosure(here, e, wanted)
  return coerce(translate(here, e, wanted), wanted).code
}

function callCode(here: Here, member: MemberIr, self: Value | undefined, given: readonly string[]): string {
  const list = given.join(', ')
  const owner = ownerOf(here, member)
  switch (member.kind) {
    case 'constructor':
      return `new ${imported(here, owner ?? giveUp('a constructor without a class'))}(${list})`
    case 'static':
      return `${imported(here, owner ?? giveUp('a static method without a class'))}.${memberName(member)}(${list})`
    case 'function':
      return `${imported(here, member.name)}(${[...(self === undefined ? [] : [self.code]), ...given].join(', ')})`
    case 'method':
      return `${tight(self ?? giveUp('a call without its object'))}.${memberName(member)}(${list})`
    case 'getter':
      return `${tight(self ?? giveUp('a call without its object'))}.${memberName(member)}`
    case 'constant':
      return giveUp('a call of a constant')
    case 'iterator':
      return giveUp('a call of `next` by its path')
  }
}

const ownerOf = (here: Here, member: MemberIr): string | undefined => here.session.api.owners.get(member)

function result(here: Here, member: MemberIr, code: string, self: Value | undefined): Value {
  const { call, returns, runs } = member.export
  if (runs !== 'here') return giveUp('an async call')
  if (call.kind === 'method' && call.chains && self !== undefined) return value(code, self.known)
  // The export gives nothing or the object; what `new` gives is an object either way.
  const known: Known =
    member.kind === 'constructor' ? constructed(here, member, fromMapping(returns)) : fromMapping(returns)
  return member.kind === 'getter' ? placeValue(code, known) : value(code, known)
}

function constructed(here: Here, member: MemberIr, known: Known): Known {
  const object: Known = { kind: 'handle', name: ownerOf(here, member) ?? giveUp('a constructor without a class') }
  return known.kind === 'result' ? { ...known, of: object } : object
}

/** `text.parse::<T>()` and what is spelled so by `T` alone. */
export function parseInto(here: Here, wanted: Known | undefined, argument: Expression): Value {
  const target = wanted?.kind === 'result' ? wanted.of : wanted
  if (target?.kind === 'handle') {
    const index = here.session.api.classes.get(target.name)
    const call = callStatic(here, index ?? giveUp('a type that the package leaves out'), 'from_str', [argument])
    return call
  }
  if (target?.kind === 'enum' || target?.kind === 'record') {
    const shape = here.session.api.enums.get(target.name) ?? here.session.api.records.get(target.name)
    const path = shape?.rustType.kind === 'path' ? shape.rustType.path : undefined
    const member = path === undefined ? undefined : here.session.api.functions.get(`${path}::from_str`)
    if (member !== undefined) return callMember(here, member, undefined, [argument])
  }
  return giveUp('`parse` into a type that is not known')
}

export const negated = (of: Value): Value => looseValue(`!${tight(of)}`, { kind: 'boolean' })
