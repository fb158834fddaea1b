import { boundary } from '../addon.js'
import type { Packed } from './native.js'

/** What was read, as cells of eight bytes each: doubles, or 64 bits as they are. What each is, crates/sys/src/packed.rs says. */
export interface Cells {
  readonly numbers: Float64Array
  readonly patterns: BigUint64Array
  readonly bytes: Buffer
}

const viewsOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Cells => ({
  numbers: new Float64Array(buffer, byteOffset, byteLength >> 3),
  patterns: new BigUint64Array(buffer, byteOffset, byteLength >> 3),
  bytes: Buffer.from(buffer, byteOffset, byteLength),
})

/** What a native call leaves for the next reader. */
const scratch = viewsOf(boundary.scratch)

/** The cells of a result: to be read before the next native call. */
export const cellsOf = (packed: Packed): Cells => (typeof packed === 'number' ? scratch : viewsOf(packed))
