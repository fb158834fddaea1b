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

/** The type with every part changed, the innermost first. */
export function rewrite(type: RustType, change: (part: RustType) => RustType): RustType {
  const one = (part: RustType): RustType => rewrite(part, change)
  const bounds = (all: readonly Bound[]): readonly Bound[] => all.map((bound) => rewriteBound(bound, one))
  switch (type.kind) {
    case 'primitive':
    case 'generic':
      return change(type)
    case 'path':
      return change({
        ...type,
        args: type.args.map(one),
        bindings: type.bindings.map((binding) => ({ ...binding, type: one(binding.type) })),
      })
    case 'ref':
    case 'pointer':
      return change({ ...type, to: one(type.to) })
    case 'tuple':
      return change({ ...type, items: type.items.map(one) })
    case 'slice':
    case 'array':
      return change({ ...type, of: one(type.of) })
    case 'impl':
    case 'dyn':
      return change({ ...type, bounds: bounds(type.bounds) })
    case 'projection':
      return change({ ...type, of: one(type.of) })
    case 'fn':
      return change({ ...type, params: type.params.map(one), returns: one(type.returns) })
  }
}

/** A bound with the types in it changed. */
export const rewriteBound = (bound: Bound, one: (part: RustType) => RustType): Bound => ({
  ...bound,
  args: bound.args.map(one),
  bindings: bound.bindings.map((binding) => ({ ...binding, type: one(binding.type) })),
})

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
