/** Whether a concrete type can stand where bounds are asked for, as far as the model tells; what it does not tell is let be. */
import type { Bound, RustType } from '../model/rust-type.js'
import { fulfils } from '../scan/implementations.js'
import type { CrateIndex } from './crate-index.js'

export function satisfiesBounds(type: RustType, bounds: readonly Bound[], index: CrateIndex): boolean {
  return bounds.every((bound) => fulfils(type, bound, index) !== 'no')
}

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
