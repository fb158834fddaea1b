/** Whether a concrete type can stand where bounds are asked for, as far as the model tells; what it does not tell is let be. */
import type { Bound, RustType } from '../model/rust-type.js'
import { printType } from '../model/text.js'
import { rewrite } from '../rules/rust-types.js'
import { findType, type CrateIndex } from './crate-index.js'

export function satisfiesBounds(type: RustType, bounds: readonly Bound[], index: CrateIndex): boolean {
  return bounds.every((bound) => satisfiesBound(type, bound, index))
}

function satisfiesBound(type: RustType, bound: Bound, index: CrateIndex): boolean {
  const { trait } = bound
  if (trait.startsWith("'") || trait.startsWith('?') || trait.startsWith('std::marker::')) return true
  if (type.kind === 'generic' || type.kind === 'impl' || type.kind === 'projection') return true
  if (type.kind === 'ref') return satisfiesBound(type.to, bound, index)
  const item = type.kind === 'path' ? findType(index, type.path) : undefined
  const own = index.traits.get(trait)
  if (item === undefined) return own === undefined || isImplementor(own.implementors, type)
  if (item.impls.some((impl) => impl.trait === trait)) return true
  if (own !== undefined) return own.implementors.length === 0 || own.implementors.includes(item.path)
  const implied = FOR_WHOEVER.get(trait)
  if (implied === undefined) return !trait.startsWith('std::')
  return implied.length === 0 || item.impls.some((impl) => implied.includes(impl.trait))
}

/** Implementors that are no paths of the crate stand as text: `f64`, `Vec<T>`, `&T`. */
function isImplementor(implementors: readonly string[], type: RustType): boolean {
  if (implementors.length === 0) return true
  const heads = implementors.map(headOf)
  return heads.includes(headOf(printType(plain(type)))) || heads.some((head) => !isNamed(head))
}

/** `Vec` of `Vec<T>`, `str` of `&'a str`. */
function headOf(text: string): string {
  const open = text.indexOf('<')
  const head = open > 0 ? text.slice(0, open) : text
  const start = Math.max(head.lastIndexOf('::') + 2, head.lastIndexOf(' ') + 1, head.lastIndexOf('&') + 1)
  return head.includes('::') || start > 1 || head.startsWith('&') ? head.slice(start) : head
}

/** One capital letter is a type parameter: implemented for whoever. */
const isNamed = (head: string): boolean => head.length > 1

const plain = (type: RustType): RustType =>
  rewrite(type, (part) => (part.kind === 'ref' ? { kind: 'ref', mutable: part.mutable, to: part.to } : part))

/** Traits the standard library implements for whoever implements another; empty: for everybody, or with arguments that say. */
export const FOR_WHOEVER: ReadonlyMap<string, readonly string[]> = new Map([
  ['std::string::ToString', ['std::fmt::Display']],
  ['std::borrow::ToOwned', ['std::clone::Clone']],
  ['std::iter::IntoIterator', ['std::iter::Iterator']],
  ['std::convert::Into', []],
  ['std::convert::TryInto', []],
  ['std::convert::TryFrom', []],
  ['std::convert::From', []],
  ['std::borrow::Borrow', []],
  ['std::borrow::BorrowMut', []],
  ['std::any::Any', []],
])
