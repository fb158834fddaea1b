/** Small questions and changes that the rules need of Rust types. */
import type { Bound, RustType } from '../model/rust-type.js'

export type PathType = Extract<RustType, { kind: 'path' }>

/** `std::vec::Vec<u8>`. */
export const path = (name: string, ...args: readonly RustType[]): PathType => ({
  kind: 'path',
  path: name,
  lifetimes: [],
  args,
  bindings: [],
})

export const primitive = (name: string): RustType => ({ kind: 'primitive', name })

/** `&T`. */
export const reference = (to: RustType): RustType => ({ kind: 'ref', mutable: false, to })

export const unit: RustType = { kind: 'tuple', items: [] }
export const str = primitive('str')
export const string = path('std::string::String')
export const bytesSlice: RustType = { kind: 'slice', of: primitive('u8') }

export const isUnit = (type: RustType): boolean => type.kind === 'tuple' && type.items.length === 0

export const isPrimitive = (type: RustType, name: string): boolean => type.kind === 'primitive' && type.name === name

export const isPath = (type: RustType, name: string): type is PathType => type.kind === 'path' && type.path === name

/** Every type directly inside. */
export function inner(type: RustType): readonly RustType[] {
  switch (type.kind) {
    case 'primitive':
    case 'generic':
      return []
    case 'path':
      return [...type.args, ...type.bindings.map((binding) => binding.type)]
    case 'ref':
    case 'pointer':
      return [type.to]
    case 'tuple':
      return type.items
    case 'slice':
    case 'array':
      return [type.of]
    case 'impl':
    case 'dyn':
      return type.bounds.flatMap(ofBound)
    case 'projection':
      return [type.of]
    case 'fn':
      return [...type.params, type.returns]
  }
}

const ofBound = (bound: Bound): readonly RustType[] => [...bound.args, ...bound.bindings.map((binding) => binding.type)]

/** Whether the type or one inside it is asked for. */
export const some = (type: RustType, test: (part: RustType) => boolean): boolean =>
  test(type) || inner(type).some((part) => some(part, test))

/** The type with every part changed, the innermost first. Where nothing changes, it is the same object. */
export function rewrite(type: RustType, change: (part: RustType) => RustType): RustType {
  const one = (part: RustType): RustType => rewrite(part, change)
  return change(withParts(type, one))
}

function withParts(type: RustType, one: (part: RustType) => RustType): RustType {
  switch (type.kind) {
    case 'primitive':
    case 'generic':
      return type
    case 'path': {
      const args = each(type.args, one)
      const bindings = each(type.bindings, (binding) => rewriteBinding(binding, one))
      return args === type.args && bindings === type.bindings ? type : { ...type, args, bindings }
    }
    case 'ref':
    case 'pointer': {
      const to = one(type.to)
      return to === type.to ? type : { ...type, to }
    }
    case 'tuple': {
      const items = each(type.items, one)
      return items === type.items ? type : { ...type, items }
    }
    case 'slice':
    case 'array':
    case 'projection': {
      const of = one(type.of)
      return of === type.of ? type : { ...type, of }
    }
    case 'impl':
    case 'dyn': {
      const bounds = each(type.bounds, (bound) => rewriteBound(bound, one))
      return bounds === type.bounds ? type : { ...type, bounds }
    }
    case 'fn': {
      const params = each(type.params, one)
      const returns = one(type.returns)
      return params === type.params && returns === type.returns ? type : { ...type, params, returns }
    }
  }
}

/** As `map`, but the same list where every element stays. */
function each<Item>(items: readonly Item[], one: (item: Item) => Item): readonly Item[] {
  const changed = items.map(one)
  return changed.some((item, place) => item !== items[place]) ? changed : items
}

/** A bound with the types in it changed. */
export function rewriteBound(bound: Bound, one: (part: RustType) => RustType): Bound {
  const args = each(bound.args, one)
  const bindings = each(bound.bindings, (binding) => rewriteBinding(binding, one))
  return args === bound.args && bindings === bound.bindings ? bound : { ...bound, args, bindings }
}

function rewriteBinding<Binding extends { readonly type: RustType }>(
  binding: Binding,
  one: (part: RustType) => RustType,
): Binding {
  const type = one(binding.type)
  return type === binding.type ? binding : { ...binding, type }
}

/** Type parameters by what stands for them; others stay. */
export const substitute = (type: RustType, by: ReadonlyMap<string, RustType>): RustType =>
  by.size === 0 ? type : rewrite(type, (part) => (part.kind === 'generic' ? (by.get(part.name) ?? part) : part))

/** The same type, lifetimes aside. */
export const sameType = (a: RustType, b: RustType): boolean => typeKey(a) === typeKey(b)

const keys = new WeakMap<RustType, string>()

/** A text that is the same for the same type, lifetimes aside. */
export function typeKey(type: RustType): string {
  const known = keys.get(type)
  if (known !== undefined) return known
  const key = JSON.stringify(rewrite(type, withoutLifetimes))
  keys.set(type, key)
  return key
}

function withoutLifetimes(part: RustType): RustType {
  if (part.kind === 'path') {
    return { kind: 'path', path: part.path, lifetimes: [], args: part.args, bindings: part.bindings }
  }
  return part.kind === 'ref' ? { kind: 'ref', mutable: part.mutable, to: part.to } : part
}
