/** `impl Trait` and type parameters: the one concrete type that the traits ask for. */
import { printType } from '../model/text.js'
import type { Bound, RustType } from '../model/rust-type.js'
import { mapped, refuse, turned, type Context } from './context.js'
import { map, mapValue } from './map-type.js'
import { findNamed } from './map-path.js'
import { isRefusal, type Mapping, type Refusal } from './mapping.js'
import { bytesSlice, isPrimitive, isUnit, path, primitive, reference, str, string, unit } from './rust-types.js'

const CLOSURES = new Set(['std::ops::Fn', 'std::ops::FnMut', 'std::ops::FnOnce'])

/** Traits that ask for a concrete type through their argument. */
const CONVERSIONS = new Set(['std::convert::Into', 'std::convert::TryInto'])
const LENDING = new Set(['std::convert::AsRef', 'std::borrow::Borrow'])

/** Traits that text has. */
const TEXTUAL = new Set(['std::fmt::Display', 'std::string::ToString', 'std::net::ToSocketAddrs'])

/** Iterators as results: those that end by themselves. */
const ITERATORS = new Set([
  'std::iter::Iterator',
  'std::iter::ExactSizeIterator',
  'std::iter::DoubleEndedIterator',
  'std::iter::IntoIterator',
])

/** @param name the type parameter, or `impl`. */
export function mapBounds(bounds: readonly Bound[], rust: RustType, name: string, context: Context): Mapping | Refusal {
  if (context.direction === 'out') return mapResultBounds(bounds, rust, context)
  const callback = mapCallback(bounds, rust, context)
  if (callback !== undefined) return callback
  const owned = context.nested || bounds.some((bound) => bound.trait === "'static")
  for (const bound of bounds) {
    const concrete = concreteOf(bound, owned, context)
    if (concrete === undefined) continue
    if ('refused' in concrete) return concrete
    return map(concrete, context)
  }
  for (const bound of bounds) {
    if (bound.trait === 'std::iter::IntoIterator' || bound.trait === 'std::iter::Iterator') {
      return mapIterable(bound, name, context)
    }
  }
  return mapReader(bounds, context) ?? refuseBounds(bounds, name)
}

/** What is passed for a bound, when the bound alone says it; what may be kept or is inside another type is `owned`. */
function concreteOf(bound: Bound, owned: boolean, context: Context): RustType | Refusal | undefined {
  const [target] = bound.args
  if (TEXTUAL.has(bound.trait)) return owned ? string : reference(str)
  if (target === undefined) return undefined
  if (CONVERSIONS.has(bound.trait)) {
    const named = target.kind === 'path' ? findNamed(target, context.world) : undefined
    // What such a type is made from is what callers have: the scanner writes those types down.
    if (named?.borrows === true) return refuse('trait-bound', `anything that becomes ${printType(target)}`)
    return ownedTarget(target)
  }
  if (!LENDING.has(bound.trait)) return undefined
  if (isPrimitive(target, 'str')) return owned ? string : reference(str)
  if (isBytes(target)) return owned ? path('std::vec::Vec', primitive('u8')) : reference(bytesSlice)
  if (target.kind === 'path' && (target.path === 'std::path::Path' || target.path === 'std::ffi::OsStr')) {
    return owned ? string : reference(str)
  }
  if (target.kind === 'slice') return path('std::vec::Vec', target.of)
  // A value is borrowed as itself; `AsRef` of a type for itself is up to the type.
  if (bound.trait === 'std::borrow::Borrow') return owned ? target : reference(target)
  return refuse('trait-bound', `AsRef<${printType(target)}> may not hold for the type itself`)
}

/** `Into<Cow<str>>` takes a String, `Into<T>` a T. */
function ownedTarget(target: RustType): RustType {
  if (target.kind !== 'path') return target
  const [of] = target.args
  const isText =
    ['std::borrow::Cow', 'std::boxed::Box', 'std::rc::Rc', 'std::sync::Arc'].includes(target.path) &&
    of !== undefined &&
    isPrimitive(of, 'str')
  if (isText || target.path === 'std::path::PathBuf' || target.path === 'std::ffi::OsString') return string
  return target
}

const isBytes = (type: RustType): boolean => type.kind === 'slice' && isPrimitive(type.of, 'u8')

/** `IntoIterator<Item = T>`: an array becomes a vector. */
function mapIterable(bound: Bound, name: string, context: Context): Mapping | Refusal {
  const item = bound.bindings.find((binding) => binding.name === 'Item')?.type ?? itemOfClause(name, context)
  if (item === undefined) return refuse('generic', 'the caller chooses the items of the iterator')
  const of = mapValue(item, context)
  if (isRefusal(of)) return of
  const vector = path('std::vec::Vec', of.rust)
  const rust = bound.trait === 'std::iter::IntoIterator' ? vector : path('std::vec::IntoIter', of.rust)
  return mapped('iterable', rust, { kind: 'list', of })
}

/** `where I: IntoIterator, I::Item: AsRef<str>`: what the items are for. */
function itemOfClause(name: string, context: Context): RustType | undefined {
  for (const [text, parameter] of context.generics) {
    const isItem = text === `${name}::Item` || (text.startsWith(`<${name} as `) && text.endsWith('>::Item'))
    if (isItem) return { kind: 'impl', bounds: parameter.bounds }
  }
  return undefined
}

/** `Read` takes bytes; with `Seek` a cursor over them. */
export function mapReader(bounds: readonly Bound[], context: Context): Mapping | Refusal | undefined {
  const traits = new Set(bounds.map((bound) => bound.trait))
  if (traits.has('std::io::Write') || traits.has('std::fmt::Write')) {
    return refuse('sink-argument', 'the call writes into what it is given')
  }
  if (!traits.has('std::io::Read') && !traits.has('std::io::BufRead')) return undefined
  const owned = traits.has('std::io::Seek') || traits.has("'static") || context.nested
  const rust = owned ? path('std::io::Cursor', path('std::vec::Vec', primitive('u8'))) : reference(bytesSlice)
  return mapped('reader', rust, { kind: 'bytes' })
}

function refuseBounds(bounds: readonly Bound[], name: string): Refusal {
  const traits = bounds.filter((bound) => !bound.trait.startsWith("'") && !bound.trait.startsWith('?'))
  const text = traits.map((bound) => printType({ kind: 'impl', bounds: [bound] }).slice('impl '.length)).join(' + ')
  if (name === 'impl') return refuse('trait-bound', `any type with ${text}`)
  return refuse('generic', text === '' ? `the caller chooses ${name}` : `the caller chooses ${name}: ${text}`)
}

/** A closure's bounds as a callback that runs during the call. */
export function mapCallback(bounds: readonly Bound[], rust: RustType, context: Context): Mapping | Refusal | undefined {
  const closure = bounds.find((bound) => CLOSURES.has(bound.trait))
  if (closure === undefined) return undefined
  if (context.direction === 'out') return refuse('function-result', 'a closure as a result')
  if (context.nested) return refuse('callback-kept', 'a closure inside another type may be kept')
  const isKept = bounds.some((bound) => bound.trait === "'static" || bound.trait === 'std::marker::Send')
  const params: Mapping[] = []
  const [inputs] = closure.args
  for (const type of inputs?.kind === 'tuple' ? inputs.items : []) {
    const param = map(type, { ...turned(context), nested: false })
    if (isRefusal(param)) return param
    if (param.kind === 'result') return refuse('result-nested', 'a result as the argument of a closure')
    if (param.kind === 'void') return refuse('unit-value', '() as the argument of a closure')
    params.push(param)
  }
  const output = closure.bindings.find((binding) => binding.name === 'Output')?.type ?? unit
  if (isKept && !isUnit(output)) {
    return refuse('callback-kept', 'the closure may be kept or called on another thread, and its answer is waited for')
  }
  if (isKept && params.length > MOST_QUEUED) {
    return refuse('callback-kept', `a closure that may be kept, with more than ${MOST_QUEUED} arguments`)
  }
  const returns = isUnit(output) ? mapped('void', output, { kind: 'void' }) : mapOutput(output, context)
  if (isRefusal(returns)) return returns
  if (isKept) return mapped('callback-queued', rust, { kind: 'callback', params, returns, policy: 'queued' })
  return mapped('callback', rust, { kind: 'callback', params, returns, policy: 'sync' })
}

/** The most arguments that a queued call carries. */
const MOST_QUEUED = 4

/** What a closure returns is made by JavaScript and owned by Rust. */
function mapOutput(output: RustType, context: Context): Mapping | Refusal {
  if (output.kind === 'ref') return refuse('borrowed-callback', 'the closure must return something it borrows')
  return mapValue(output, context)
}

function mapResultBounds(bounds: readonly Bound[], rust: RustType, context: Context): Mapping | Refusal {
  for (const bound of bounds) {
    if (CLOSURES.has(bound.trait)) return refuse('function-result', 'a closure as a result')
    if (ITERATORS.has(bound.trait)) {
      const item = bound.bindings.find((binding) => binding.name === 'Item')?.type
      if (item === undefined) return refuse('trait-result', 'the items of the iterator are not named')
      const of = mapValue(item, context)
      return isRefusal(of) ? of : mapped('iterator-finite', rust, { kind: 'list', of })
    }
    if (bound.trait === 'std::fmt::Display') return mapped('display-result', rust, { kind: 'text' })
    if (bound.trait === 'std::ops::Deref') {
      const target = bound.bindings.find((binding) => binding.name === 'Target')?.type
      if (target !== undefined && isBytes(target)) return mapped('bytes', rust, { kind: 'bytes' })
    }
    if (bound.trait === 'std::future::Future') return refuse('future', 'a future as a value')
  }
  return refuse('trait-result', `${printType(rust)} is a type without a name`)
}
