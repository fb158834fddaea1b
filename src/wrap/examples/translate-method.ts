/** Method calls: of the package's objects, of results and options, of plain values. */
import { closureOver } from './closure.js'
import { itemMethod } from './item-methods.js'
import { asIterator } from './iterators.js'
import { fromMapping, isSettled, option, unify, type Known } from './known.js'
import { plainMethod } from './plain-methods.js'
import type { Expression } from './rust-ast.js'
import { helper, knownOf, type Here } from './session.js'
import { callMember, callOneOf, callStatic, negated, parseInto } from './translate-call.js'
import { resultOf, translate, unwrapped } from './translate-expression.js'
import { giveUp, placeValue, tight, value, type Value } from './value.js'

export type Method = Extract<Expression, { kind: 'method' }>

/** Methods that give the value as another type of its own kind. */
const identities: ReadonlySet<string> = new Set([
  ...['as_ref', 'as_mut', 'borrow', 'borrow_mut', 'as_deref', 'by_ref', 'to_owned', 'into_owned', 'into_boxed_str'],
  ...['clone', 'cloned', 'copied', 'into_iter', 'deref', 'as_slice', 'to_vec', 'as_path', 'into_string', 'as_str'],
  ...['into_boxed_slice', 'to_string_lossy', 'into_inner', 'get'],
])

export function translateMethod(here: Here, e: Method, wanted: Known | undefined): Value {
  if (e.name === 'parse' && e.args.length === 0) {
    const parsed = parse(here, e, wanted)
    if (parsed !== undefined) return parsed
  }
  if (e.name === 'into' || e.name === 'try_into') return into(here, e, wanted)
  const isUnwrap = e.name === 'unwrap' || e.name === 'expect'
  const of = translate(here, e.of, isUnwrap ? resultOf(wanted) : undefined)
  switch (of.known.kind) {
    case 'result':
      return resultMethod(here, of, e, wanted)
    case 'option':
      return optionMethod(here, of, e)
    case 'handle':
      return objectMethod(here, of, e)
    case 'record':
      return recordMethod(here, of, e)
    case 'list':
    case 'iterator':
    case 'map':
      return itemMethod(here, of, e, wanted)
    default:
      return shapeMethod(here, of, e) ?? (isIdentity(of, e) ? of : plainMethod(here, of, e))
  }
}

/** `get` is one of `NonZero` numbers, `into_inner` and the rest of what the boundary has copied already. */
function isIdentity(of: Value, e: Method): boolean {
  if (!identities.has(e.name) || e.args.length > 0) return false
  if (e.name === 'get') return of.known.kind === 'number'
  return of.known.kind !== 'open' && of.known.kind !== 'void' && of.known.kind !== 'callback'
}

/** Text parsed into what the turbofish, the variable or the comparison says. */
function parse(here: Here, e: Method, wanted: Known | undefined): Value | undefined {
  const of = translate(here, e.of)
  if (of.known.kind !== 'text') return undefined
  const [named] = e.typeArgs
  return parseInto(here, named === undefined ? wanted : knownOf(here, named), e.of)
}

function into(here: Here, e: Method, wanted: Known | undefined): Value {
  const of = translate(here, e.of)
  if (of.known.kind === 'handle') {
    const members = here.session.api.classes.get(of.known.name)?.callables.get(e.name)
    if (members !== undefined) return callOneOf(here, members, of, e.args)
  }
  return convertInto(here, wanted, e.of, e.name === 'into' ? 'from' : 'try_from')
}

/** `From`, by the type that is wanted. */
export function convertInto(here: Here, wanted: Known | undefined, from: Expression, name: string): Value {
  if (name === 'from_str') return parseInto(here, wanted, from)
  if (wanted === undefined) return giveUp('a conversion into a type that is not known')
  const of = translate(here, from, wanted)
  const target = wanted.kind === 'result' ? wanted.of : wanted
  if (target.kind === 'handle' && !(of.known.kind === 'handle' && of.known.name === target.name)) {
    const index = here.session.api.classes.get(target.name)
    return callStatic(here, index ?? giveUp('a type that the package leaves out'), name, [from])
  }
  const isSame = of.known.kind === wanted.kind && (wanted.kind === 'text' || wanted.kind === 'bytes')
  return isSame && name === 'from' ? of : giveUp('a conversion between other types')
}

/** Rust reads one item, or all there are; what comes after `map` or `take` may read a few of an iterator without an end. */
const mayReadAll: ReadonlySet<string> = new Set(['next', 'by_ref', 'count', 'len', 'last', 'collect'])

function objectMethod(here: Here, of: Value, e: Method): Value {
  if (of.known.kind !== 'handle') return giveUp('a method of something else')
  const index = here.session.api.classes.get(of.known.name)
  const members = index?.callables.get(e.name)
  const isNext = members?.some(({ kind }) => kind === 'iterator') === true
  if (members !== undefined && !isNext) return callOneOf(here, members, of, e.args)
  const iterator = asIterator(here, of, e.name)
  if (iterator !== of) {
    return mayReadAll.has(e.name) ? itemMethod(here, iterator, e, undefined) : giveUp('an iterator that may not end')
  }
  if (e.name === 'to_string' && e.args.length === 0) {
    const display = index?.callables.get('fmt')?.filter((member) => member.name === 'toString')
    if (display !== undefined && display.length > 0) return callOneOf(here, display, of, [])
  }
  if (e.name === 'to_owned') return objectMethod(here, of, { ...e, name: 'clone' })
  const isView = ['as_ref', 'as_mut', 'borrow', 'borrow_mut', 'by_ref'].includes(e.name) && e.args.length === 0
  if (isView) return of
  const comparisons: Readonly<Record<string, string>> = { gt: '>', ge: '>=', lt: '<', le: '<=' }
  if (comparisons[e.name] !== undefined) return giveUp('a comparison method that the package leaves out')
  return giveUp('a method that the package leaves out')
}

/** A view's getters are fields of its record. */
function recordMethod(here: Here, of: Value, e: Method): Value {
  if (of.known.kind !== 'record') return giveUp('a method of something else')
  const shape = here.session.api.records.get(of.known.name)
  if (shape?.entry.by === 'getter' && e.args.length === 0) {
    const found = shape.fields.find((field) => field.rust === e.name || field.rust === `${e.name}()`)
    if (found !== undefined) return placeValue(`${tight(of)}.${found.name}`, fromMapping(found.mapping))
  }
  if (['clone', 'to_owned', 'as_ref'].includes(e.name) && e.args.length === 0) return of
  return shapeMethod(here, of, e) ?? giveUp('a method that the package leaves out')
}

/** Methods of records and enums, and of the crate's traits for text and numbers, are functions that take the value first. */
function shapeMethod(here: Here, of: Value, e: Method): Value | undefined {
  const isNamedShape = of.known.kind === 'record' || of.known.kind === 'enum'
  const members = here.session.api.p.members.filter(({ export: item }) => {
    const [self] = item.params
    if (self === undefined || !isSame(fromMapping(self.mapping), of.known)) return false
    const { call } = item
    if (call.kind === 'method') return call.method === e.name
    if (call.kind !== 'function') return false
    return call.trait === undefined ? isNamedShape && call.path.endsWith(`::${e.name}`) : call.path === e.name
  })
  const [member, second] = members
  if (member === undefined || second !== undefined) return undefined
  return member.export.params[0]?.isSelf === true
    ? callMember(here, member, of, e.args)
    : callMember(here, member, undefined, [e.of, ...e.args])
}

const isSame = (a: Known, b: Known): boolean => a.kind === b.kind && isSettled(b) && unify(a, b) !== undefined

function resultMethod(here: Here, of: Value, e: Method, wanted: Known | undefined): Value {
  const { known } = of
  if (known.kind !== 'result') return giveUp('a method of something else')
  const [first, second] = e.args
  switch (e.name) {
    case 'unwrap':
    case 'expect':
      return unwrapped(here, of)
    case 'is_ok':
      return value(`${kept(here, of)}.ok`, { kind: 'boolean' })
    case 'is_err':
      return negated(value(`${kept(here, of)}.ok`, { kind: 'boolean' }))
    case 'ok':
      return value(`${helper(here, 'okOrNull')}(${kept(here, of)})`, option(known.of))
    case 'unwrap_or': {
      if (first === undefined || second !== undefined || known.of.kind === 'handle') break
      const other = translate(here, first, known.of)
      return value(`(${helper(here, 'okOrNull')}(${kept(here, of)}) ?? ${tight(other)})`, known.of)
    }
    case 'as_ref':
    case 'clone':
      return of
    case 'unwrap_err':
      if (wanted === undefined) return giveUp('an error as a value')
      break
  }
  return giveUp(`\`${e.name}\` of a result`)
}

/** The outcome of a call that may throw. */
export function kept(here: Here, of: Value): string {
  if (of.known.kind !== 'result') return giveUp('an outcome of something that is no result')
  return of.known.kept ? of.code : `${helper(here, 'attempt')}(() => ${of.code})`
}

function optionMethod(here: Here, of: Value, e: Method): Value {
  const { known } = of
  if (known.kind !== 'option') return giveUp('a method of something else')
  const [first] = e.args
  switch (e.name) {
    case 'unwrap':
    case 'expect':
      return unwrapped(here, of)
    case 'is_some':
      return { ...value(`${tight(of)} !== null`, { kind: 'boolean' }), loose: true }
    case 'is_none':
      return { ...value(`${tight(of)} === null`, { kind: 'boolean' }), loose: true }
    case 'unwrap_or': {
      if (first === undefined) break
      const other = translate(here, first, known.of)
      if (other.known.kind === 'result') break
      return value(`(${tight(of)} ?? ${tight(other)})`, known.of)
    }
    case 'as_ref':
    case 'as_deref':
    case 'copied':
      return of
    case 'cloned':
    case 'clone':
      if (known.of.kind !== 'handle') return of
      break
    case 'map': {
      return mapOption(here, of, e)
    }
  }
  return giveUp(`\`${e.name}\` of an option`)
}

function mapOption(here: Here, of: Value, e: Method): Value {
  const [first] = e.args
  if (of.known.kind !== 'option' || first === undefined) return giveUp('`map` of an option')
  const inner = of.known.of
  if (first.kind === 'path' && first.path.segments.length > 1) {
    const name = first.path.segments.at(-1)?.name ?? ''
    if (name === 'to_string' && inner.kind === 'text') return of
    return giveUp('a function as an argument')
  }
  const { code, returns } = closureOver(here, first, [inner], undefined)
  if (returns.kind === 'option') return giveUp('an option of an option')
  return value(`${helper(here, 'mapOption')}(${of.code}, ${code})`, option(returns))
}
