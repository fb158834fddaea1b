/** Who takes part, as the tables name them. */
export const CONTENDERS = {
  ferrule: 'ferrule/hash',
  zlib: 'zlib.crc32 of Node',
  nodeRs: '@node-rs/crc32 1.10.6',
  crypto: 'node:crypto, hash()',
  createHash: 'node:crypto, createHash()',
  sum: 'a plain summing read in Rust',
}
