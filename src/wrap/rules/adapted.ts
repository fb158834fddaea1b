/**
 * Methods of traits that have no use as they are: what they take exists in Rust alone. The boundary's crate has a function for each,
 * and the spec has that function's signature.
 */
import type { RustSignature, RustType } from '../model/rust-type.js'
import { primitive } from './rust-types.js'

export interface Adapted {
  /** As the spec has it. */
  readonly signature: RustSignature
  /** The function of `ferrule_node` that is called in its place, with the same arguments. */
  readonly through: string
}

const plain = { generics: [], async: false, unsafe: false }

const ADAPTED: ReadonlyMap<string, Adapted> = new Map([
  [
    'std::hash::Hash::hash',
    { signature: { ...plain, receiver: 'ref', params: [], returns: primitive('u64') }, through: 'adapt::hash' },
  ],
])

/** What stands for a trait's method, when it is one of these. */
export const adapted = (trait: string, method: string): Adapted | undefined => ADAPTED.get(`${trait}::${method}`)

/** The same for a trait as a type: `std::hash::Hash`. */
export const adaptedOf = (trait: RustType | undefined, method: string): Adapted | undefined =>
  trait?.kind === 'path' ? adapted(trait.path, method) : undefined
