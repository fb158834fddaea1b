/** Whether two Rust types are one, and how they differ when not. */
import type { Binding, Bound, RustType } from '../model/rust-type.js'

export type TypeDifference = 'not-static' | 'mutability' | 'ownership' | 'generic' | 'other'

/** How closely two types are compared. */
export interface Closeness {
  /** Whether `'static` counts; other lifetimes never do. */
  readonly staticMatters: boolean
  /** Whether a concrete type can stand for `impl Bounds`. */
  readonly satisfies: (type: RustType, bounds: readonly Bound[]) => boolean
}

export const STRICT: Closeness = { staticMatters: true, satisfies: () => false }
export const LOOSE: Closeness = { staticMatters: false, satisfies: () => false }

/** The same type. A path may be written from any of its later segments on. */
export function sameType(spec: RustType, crate: RustType, closeness: Closeness = STRICT): boolean {
  const { staticMatters, satisfies } = closeness
  const again = (left: RustType, right: RustType): boolean => sameType(left, right, closeness)
  if (crate.kind === 'impl' && spec.kind !== 'impl') return satisfies(spec, crate.bounds)
  if (spec.kind === 'impl' && crate.kind !== 'impl') return satisfies(crate, spec.bounds)
  // What nobody resolved the compiler will compare.
  if (crate.kind === 'projection' && crate.of.kind !== 'generic') return true
  if (spec.kind === 'generic') return isNamed(spec.name, crate)
  if (spec.kind === 'path' && crate.kind === 'path')
    return (
      samePath(spec.path, crate.path) &&
      (!staticMatters || hasStatic(spec.lifetimes) === hasStatic(crate.lifetimes)) &&
      sameList(spec.args, crate.args, again) &&
      sameBindings(spec.bindings, crate.bindings, again)
    )
  switch (spec.kind) {
    case 'primitive':
      return crate.kind === 'primitive' && spec.name === crate.name
    case 'ref':
      return (
        crate.kind === 'ref' &&
        spec.mutable === crate.mutable &&
        (!staticMatters || (spec.lifetime === "'static") === (crate.lifetime === "'static")) &&
        again(spec.to, crate.to)
      )
    case 'pointer':
      return crate.kind === 'pointer' && spec.mutable === crate.mutable && again(spec.to, crate.to)
    case 'tuple':
      return crate.kind === 'tuple' && sameList(spec.items, crate.items, again)
    case 'slice':
      return crate.kind === 'slice' && again(spec.of, crate.of)
    case 'array':
      return crate.kind === 'array' && spec.length === crate.length && again(spec.of, crate.of)
    case 'impl':
    case 'dyn':
      return crate.kind === spec.kind && sameBounds(spec.bounds, crate.bounds, closeness)
    case 'projection':
      return crate.kind === 'projection' && spec.name === crate.name && again(spec.of, crate.of)
    case 'fn':
      return crate.kind === 'fn' && sameList(spec.params, crate.params, again) && again(spec.returns, crate.returns)
    case 'path':
      return false
  }
}

/** `Version` in a text is a type parameter to its parser, and the crate's type to whoever wrote it. */
const isNamed = (name: string, crate: RustType): boolean =>
  crate.kind === 'generic'
    ? crate.name === name
    : crate.kind === 'path' && crate.args.length === 0 && samePath(name, crate.path)

/** What sets the crate's type apart from the spec's; `undefined` when they are one. */
export function typeDifference(
  spec: RustType,
  crate: RustType,
  satisfies: Closeness['satisfies'],
): TypeDifference | undefined {
  const loose = { staticMatters: false, satisfies }
  if (sameType(spec, crate, { staticMatters: true, satisfies })) return undefined
  if (sameType(spec, crate, loose)) return 'not-static'
  if (spec.kind === 'ref' && crate.kind === 'ref' && sameType(spec.to, crate.to, loose)) return 'mutability'
  if (spec.kind === crate.kind && (spec.kind === 'impl' || spec.kind === 'dyn')) return 'generic'
  if (sameType(owned(spec), owned(crate), loose)) return 'ownership'
  if (choosesType(spec) !== choosesType(crate)) return 'generic'
  return 'other'
}

/** The same bounds in any order; lifetimes other than `'static` aside. */
export function sameBounds(spec: readonly Bound[], crate: readonly Bound[], closeness: Closeness = STRICT): boolean {
  const counts = (bound: Bound): boolean =>
    bound.trait.startsWith("'") ? closeness.staticMatters && bound.trait === "'static" : true
  const left = spec.filter(counts)
  const right = crate.filter(counts)
  return (
    left.length === right.length && left.every((bound) => right.some((other) => sameBound(bound, other, closeness)))
  )
}

function sameBound(spec: Bound, crate: Bound, closeness: Closeness): boolean {
  const again = (left: RustType, right: RustType): boolean => sameType(left, right, closeness)
  return (
    samePath(spec.trait, crate.trait) &&
    sameList(spec.args, crate.args, again) &&
    sameBindings(bindingsOf(spec), bindingsOf(crate), again)
  )
}

/** A closure that says no result gives `()`. */
function bindingsOf(bound: Bound): readonly Binding[] {
  const isClosure = CLOSURES.has(bound.trait) && bound.bindings.length === 0
  return isClosure ? [{ name: 'Output', type: { kind: 'tuple', items: [] } }] : bound.bindings
}

const CLOSURES = new Set(['std::ops::Fn', 'std::ops::FnMut', 'std::ops::FnOnce'])

/** `Ordering` and `std::cmp::Ordering`. */
const samePath = (spec: string, crate: string): boolean =>
  spec === crate || crate.endsWith(`::${spec}`) || (spec.endsWith(`::${crate}`) && !crate.includes('::'))

function sameList<Item>(
  left: readonly Item[],
  right: readonly Item[],
  same: (left: Item, right: Item) => boolean,
): boolean {
  return (
    left.length === right.length &&
    left.every((item, index) => {
      const other = right[index]
      return other !== undefined && same(item, other)
    })
  )
}

const sameBindings = (
  left: readonly Binding[],
  right: readonly Binding[],
  same: (left: RustType, right: RustType) => boolean,
): boolean =>
  left.length === right.length &&
  left.every((binding) => right.some((other) => other.name === binding.name && same(binding.type, other.type)))

const hasStatic = (lifetimes: readonly string[]): boolean => lifetimes.includes("'static")

/** What a borrowed type is when owned: `String` of `&str`, `Vec<T>` of `&[T]`, `T` of `&T`. */
function owned(type: RustType): RustType {
  if (type.kind === 'ref') return owned(type.to)
  if (type.kind === 'slice') return standard('std::vec::Vec', [type.of])
  if (type.kind === 'primitive' && type.name === 'str') return standard('std::string::String', [])
  if (type.kind !== 'path') return type
  const name = OWNED.get(type.path)
  if (name !== undefined) return standard(name, [])
  const [only] = type.args
  return type.path === 'std::borrow::Cow' && only !== undefined ? owned(only) : type
}

const OWNED = new Map([
  ['std::path::Path', 'std::path::PathBuf'],
  ['std::ffi::OsStr', 'std::ffi::OsString'],
  ['std::ffi::CStr', 'std::ffi::CString'],
])

const standard = (path: string, args: readonly RustType[]): RustType => ({
  kind: 'path',
  path,
  lifetimes: [],
  args,
  bindings: [],
})

/** Whether the caller or the function has a say in what the type is. */
function choosesType(type: RustType): boolean {
  switch (type.kind) {
    case 'generic':
      return type.name !== 'Self'
    case 'impl':
    case 'projection':
      return true
    case 'path':
      return type.args.some(choosesType)
    case 'ref':
    case 'pointer':
      return choosesType(type.to)
    case 'slice':
    case 'array':
      return choosesType(type.of)
    case 'tuple':
      return type.items.some(choosesType)
    case 'primitive':
    case 'dyn':
    case 'fn':
      return false
  }
}
