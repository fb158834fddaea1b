/** Checksums, digests and authentication: in one call, in pieces, of whole files. */
export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { hashFile, hashFileSync } from '../fs/index.js'
export {
  crc32,
  crc32c,
  crc32cCombine,
  crc32Combine,
  crc32cPartial,
  crc32Partial,
  crc64,
  crc64Combine,
  crc64Partial,
  repair,
  type Repair,
} from './checksum.js'
export type { Data } from './data.js'
export {
  digest,
  digestAsync,
  digestHex,
  digestSync,
  digestTwo,
  equal,
  hmac,
  verify,
  type Algorithm,
  type KeyOption,
} from './digest.js'
export { HashError } from './error.js'
export { Hasher } from './hasher.js'
