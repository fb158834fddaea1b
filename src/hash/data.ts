import { boundary } from '../addon.js'
import type { Bytes } from '../streams/index.js'
import type { Packed } from './native.js'

/** What is hashed: bytes, or text as UTF-8, in which a lone surrogate is U+FFFD. */
export type Data = Uint8Array | string

const scratch = new Uint8Array(boundary.scratch.buffer, boundary.scratch.byteOffset, boundary.scratch.byteLength)

/** A digest, which has arrived in the scratch array as all small lists do: an array of its own. */
export const arrived = (digest: Packed): Bytes =>
  typeof digest === 'number' ? scratch.slice(0, digest * 4) : (new Uint8Array(digest.buffer) as Bytes)
