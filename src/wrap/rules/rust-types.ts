/** Small questions and changes that the rules need of Rust types. */
import { rewrite } from '../model/parts.js'
import type { RustType } from '../model/rust-type.js'

export { inner, rewrite, rewriteBound, some } from '../model/parts.js'

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
