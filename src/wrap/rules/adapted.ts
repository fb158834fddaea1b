/**
 * Methods of traits that have no use as they are: what they take exists in Rust alone. The boundary's crate has a function for each,
 * and the spec has that function's signature.
 */
import type { RustSignature, RustType } from '../model/rust-type.js'
import { isPath, path, primitive } from './rust-types.js'

export interface Adapted {
  /** As the spec has it. */
  readonly signature: RustSignature
  /** Its name in the spec. */
  readonly method: string
}

/** What the trait's impl says of its types: `Item`. */
export type Associated = ReadonlyMap<string, RustType>

const METHODS: ReadonlyMap<string, (associated: Associated) => Adapted | undefined> = new Map([
  ['std::hash::Hash::hash', () => ({ signature: lending('ref', primitive('u64')), method: 'hash' })],
  ['serde::Serialize::serialize', () => ({ signature: lending('ref', json), method: 'serialize' })],
  ['serde::Deserialize::deserialize', () => ({ signature: reading, method: 'deserialize' })],
  ['futures_core::Stream::next', nextOf],
  ['futures_core::Stream::try_next', nextOf],
])

/** An error among the items is thrown: then it is `try_next` that fits. */
function nextOf(associated: Associated): Adapted | undefined {
  const item = associated.get('Item')
  if (item === undefined) return undefined
  const [ok, error] = isPath(item, 'std::result::Result') ? item.args : []
  if (ok === undefined || error === undefined) {
    return { signature: { ...lending('mut', path('std::option::Option', item)), async: true }, method: 'next' }
  }
  const returns = path('std::result::Result', path('std::option::Option', ok), error)
  return { signature: { ...lending('mut', returns), async: true }, method: 'try_next' }
}

const lending = (receiver: 'ref' | 'mut', returns: RustType): RustSignature => ({
  receiver,
  generics: [],
  params: [],
  returns,
  async: false,
  unsafe: false,
})

const json = path('serde_json::Value')

const reading: RustSignature = {
  generics: [],
  params: [{ name: 'value', type: json }],
  returns: { kind: 'generic', name: 'Self' },
  async: false,
  unsafe: false,
}

/** What stands for a trait's method, when it is one of these. */
export const adapted = (trait: string, method: string, associated: Associated): Adapted | undefined =>
  METHODS.get(`${trait}::${method}`)?.(associated)

/** The function that glue calls for a trait's method. */
export const throughOf = (trait: RustType | undefined, method: string): string | undefined =>
  trait?.kind === 'path' ? THROUGH.get(`${trait.path}::${method}`) : undefined

/** In `ferrule_node`, with the same arguments. */
const THROUGH = new Map([
  ['std::hash::Hash::hash', 'adapt::hash'],
  // The value itself is written, or is what was read.
  ['serde::Serialize::serialize', 'adapt::same'],
  ['serde::Deserialize::deserialize', 'adapt::same'],
  ['futures_core::Stream::next', 'adapt::next'],
  ['futures_core::Stream::try_next', 'adapt::try_next'],
])
