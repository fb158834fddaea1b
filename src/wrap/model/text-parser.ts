/** Rust types and signatures read from text. */
import type { RustSignature, RustType } from './rust-type.js'
import { SignatureReader } from './text-signature.js'
import { TypeReader } from './text-types.js'

/**
 * Reads one type. A single name is a primitive, a well-known name of the standard library, or else a type parameter: types of
 * crates have a path of two segments at least. Throws `RustTextError`.
 */
export function parseType(text: string): RustType {
  const reader = new TypeReader(text)
  const type = reader.type()
  reader.end()
  return type
}

/**
 * Reads `(&self, other: &Self) -> std::cmp::Ordering`, with `pub`, `const`, `async`, `unsafe`, `fn name` and generics in front
 * when there are any, and a `where` clause behind. Throws `RustTextError`.
 */
export function parseSignature(text: string): RustSignature {
  const reader = new SignatureReader(text)
  const signature = reader.signature()
  reader.end()
  return signature
}
