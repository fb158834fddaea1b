/**
 * The rules: from a Rust type to how it crosses, or to the reason why not. docs/rules.md lists them by name. A mapping's `rust`
 * is the type that the crate gives or takes; for `impl Trait` and type parameters in arguments it is the concrete type that the
 * glue passes.
 */
import { printType } from '../model/text.js'
import type { GenericParameter, RustType } from '../model/rust-type.js'
import { mapped, nestedIn, refuse, type Context } from './context.js'
import { mapBounds, mapCallback, mapReader } from './map-bounds.js'
import { mapPath } from './map-path.js'
import { isRefusal, type Direction, type Mapping, type MappingKind, type Refusal, type World } from './mapping.js'
import { isPrimitive, reference } from './rust-types.js'

export { boundaryText, typescriptText } from './text.js'

export interface MapOptions {
  /** The type parameters in reach, those of the impl block included. */
  readonly generics?: readonly GenericParameter[]
}

/** How a type crosses in that direction. */
export function mapType(
  type: RustType,
  direction: Direction,
  world: World,
  options: MapOptions = {},
): Mapping | Refusal {
  const generics = new Map((options.generics ?? []).map((parameter) => [parameter.name, parameter]))
  return map(type, { direction, world, generics, nested: false })
}

export function map(type: RustType, context: Context): Mapping | Refusal {
  switch (type.kind) {
    case 'primitive':
      return mapPrimitive(type, type.name)
    case 'path':
      return mapPath(type, context)
    case 'ref':
      return mapReference(type, context)
    case 'tuple':
      return mapTuple(type, type.items, context)
    case 'slice':
      return mapList(type, type.of, context)
    case 'array':
      return mapArray(type, type.of, type.length, context)
    case 'impl':
      return mapBounds(type.bounds, type, 'impl', context)
    case 'generic':
      return mapGeneric(type, type.name, context)
    case 'dyn':
      return mapCallback(type.bounds, type, context) ?? refuse('dyn', `${printType(type)} is any of many types`)
    case 'projection':
      return refuse('projection', `${printType(type)} depends on the caller's type`)
    case 'fn':
      return refuse('function-pointer', `${printType(type)} holds no JavaScript function`)
    case 'pointer':
      return refuse('raw-pointer', `${printType(type)} is a raw pointer`)
  }
}

const SMALL = new Set(['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'f32', 'f64'])
const WIDE = new Set(['i64', 'u64', 'isize', 'usize'])

function mapPrimitive(rust: RustType, name: string): Mapping | Refusal {
  if (name === 'bool') return mapped('boolean', rust, { kind: 'boolean' })
  if (SMALL.has(name)) return mapped('number', rust, { kind: 'number', name })
  if (WIDE.has(name)) return mapped('wide-number', rust, { kind: 'number', name })
  if (name === 'i128' || name === 'u128') return mapped('bigint', rust, { kind: 'bigint', name })
  if (name === 'char' || name === 'str') return mapped('text', rust, { kind: 'text' })
  if (name === 'never') return refuse('never', 'it never returns')
  return refuse('unknown-type', `${name} is no type that crosses`)
}

function mapReference(type: Extract<RustType, { kind: 'ref' }>, context: Context): Mapping | Refusal {
  if (context.direction === 'in' && type.lifetime === "'static") {
    return refuse('static-argument', `${printType(type)} must live as long as the program`)
  }
  if (type.mutable) return mapMutable(type, context)
  if (type.to.kind === 'dyn') {
    return mapCallback(type.to.bounds, type, context) ?? refuse('dyn', `${printType(type)} is any of many types`)
  }
  if (type.to.kind === 'generic') {
    const parameter = context.generics.get(type.to.name)
    if (parameter !== undefined && isUnsized(parameter)) return mapUnsized(parameter, type, context)
  }
  const to = map(type.to, context)
  if (isRefusal(to)) return to
  if (to.kind === 'callback') return { ...to, rust: type }
  if (to.kind === 'result') return refuse('result-nested', `${printType(type)} has an error to throw where none can be`)
  if (to.kind === 'void') return refuse('unit-value', `${printType(type)} says nothing`)
  if (to.kind === 'handle') return lend(to, type, context)
  // What a generic was taken for decides, so the reference is to that: `&T` with `T: Ord` taken for nothing else.
  return { ...to, rust: { ...type, to: to.rust } }
}

/** `&T` of a class: lent for a call, or copied when it comes out. */
function lend(
  to: Extract<MappingKind, { kind: 'handle' }> & Mapping,
  rust: RustType,
  context: Context,
): Mapping | Refusal {
  if (context.direction === 'out' && !isCopied(to.name, context) && !isKept(to.name, context)) {
    return refuse('borrowed-result', `${printType(rust)} is lent by its owner, and ${to.name} has no copy to give`)
  }
  return mapped('handle', rust, { kind: 'handle', name: to.name, by: 'ref', child: false })
}

const isCopied = (name: string, context: Context): boolean => {
  for (const named of context.world.named.values()) if (named.name === name) return named.clone !== false
  return true
}

/** What borrows is kept with its owner, lent or not. */
const isKept = (name: string, context: Context): boolean => {
  for (const named of context.world.named.values()) if (named.name === name) return named.borrows === true
  return false
}

/** `&mut`: an object is used alone for the call; anything else would have to change what JavaScript holds. */
function mapMutable(type: Extract<RustType, { kind: 'ref' }>, context: Context): Mapping | Refusal {
  if (context.direction === 'out') return refuse('mutable-result', `${printType(type)} lends a place inside the object`)
  if (type.to.kind === 'dyn') {
    const to = mapCallback(type.to.bounds, type, context) ?? mapReader(type.to.bounds, context)
    if (to === undefined) return refuse('dyn', `${printType(type)} is any of many types`)
    return isRefusal(to) || to.rule !== 'reader' ? to : { ...to, rust: { ...type, to: to.rust } }
  }
  const to = map(type.to, context)
  if (isRefusal(to)) return to
  if (to.kind === 'callback') return { ...to, rust: type }
  if (to.rule === 'reader') return { ...to, rust: { ...type, to: to.rust } }
  if (to.kind === 'handle') return mapped('handle', type, { kind: 'handle', name: to.name, by: 'mut', child: false })
  if (type.to.kind === 'path' && (to.kind === 'text' || to.kind === 'bytes')) {
    return refuse('sink-argument', `${printType(type)} is filled by the call`)
  }
  return refuse('mutable-argument', `${printType(type)} is changed by the call, and JavaScript's value cannot be`)
}

function mapTuple(rust: RustType, items: readonly RustType[], context: Context): Mapping | Refusal {
  if (items.length === 0) return mapped('void', rust, { kind: 'void' })
  if (items.length > 6) return refuse('long-tuple', `a tuple of ${items.length} is more than six`)
  const all: Mapping[] = []
  for (const item of items) {
    const one = mapValue(item, context)
    if (isRefusal(one)) return one
    all.push(one)
  }
  return mapped('tuple', { kind: 'tuple', items: all.map((one) => one.rust) }, { kind: 'tuple', items: all })
}

/** A type inside another one: a value, never a result to throw from. */
export function mapValue(type: RustType, context: Context): Mapping | Refusal {
  const of = map(type, nestedIn(context))
  if (isRefusal(of)) return of
  if (of.kind === 'result') return refuse('result-nested', `${printType(type)} has an error to throw where none can be`)
  if (of.kind === 'void') return refuse('unit-value', '() inside another type carries nothing')
  if (of.kind === 'callback') return refuse('callback-kept', `${printType(type)} inside another type may be kept`)
  return of
}

/** Slices and everything that holds a sequence: bytes of `u8`, lists of the rest. */
export function mapList(rust: RustType, item: RustType, context: Context, length?: number): Mapping | Refusal {
  const size = length === undefined ? {} : { length }
  if (isPrimitive(item, 'u8')) return mapped('bytes', rust, { kind: 'bytes', ...size })
  const of = mapValue(item, context)
  if (isRefusal(of)) return of
  return mapped('list', rust, { kind: 'list', of, ...size })
}

function mapArray(rust: RustType, item: RustType, length: string, context: Context): Mapping | Refusal {
  const digits = length.endsWith('usize') ? length.slice(0, -'usize'.length) : length
  const count = digits === '' ? NaN : Number(digits)
  if (!Number.isSafeInteger(count)) return refuse('array-length', `the length ${length} is not a number here`)
  return mapList(rust, item, context, count)
}

function mapGeneric(rust: RustType, name: string, context: Context): Mapping | Refusal {
  if (name === 'Self') {
    if (context.world.self === undefined) return refuse('unknown-type', 'Self is not known here')
    return map(context.world.self, { ...context, world: { named: context.world.named } })
  }
  const parameter = context.generics.get(name)
  if (parameter === undefined || context.direction === 'out') return refuse('generic', `the caller chooses ${name}`)
  return mapBounds(parameter.bounds, rust, name, context)
}

const isUnsized = (parameter: GenericParameter): boolean =>
  parameter.bounds.some((bound) => bound.trait === '?std::marker::Sized' || bound.trait === '?Sized')

/** `&T` with `T: ?Sized + AsRef<str>`: T is `str` itself. */
function mapUnsized(parameter: GenericParameter, rust: RustType, context: Context): Mapping | Refusal {
  const of = mapBounds(parameter.bounds, rust, parameter.name, { ...context, nested: false })
  if (isRefusal(of)) return of
  if (of.kind === 'text' || of.kind === 'bytes') return of
  return { ...of, rust: reference(of.rust) }
}
