/** Bytes that come and go in pieces: what systems take as bodies, and what they give. */
export { ByteStream, type ByteIterator, type Bytes, type ByteStreamSource } from './byte-stream.js'
export { chunksOf, isByteSource, type ByteSource } from './byte-source.js'
export { Gathered } from './gathered.js'
export { Limits } from './limits.js'
