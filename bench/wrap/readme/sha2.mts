/** README of sha2: both of its examples. */
import assert from 'node:assert/strict'
import { Sha256, Sha512 } from 'sha2-node'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (digest: Uint8Array): string => Buffer.from(digest).toString('hex')

const hash256 = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'
assert.equal(hex(Sha256.digest(bytes('hello world'))), hash256)

const short = Sha256.new()
short.update(bytes('hello '))
short.update(bytes('world'))
assert.equal(hex(short.finalize()), hash256)

const long = Sha512.new()
long.update(bytes('hello world'))
assert.equal(
  hex(long.finalize()),
  '309ecc489c12d6eb4cc40f50c902f2b4d0ed77ee511a7c7a9bcd3ca86d4cd86f' +
    '989dd35bc5ff499670da34255b45b0cfd830e81f605dcf7dc5542e93ae9cd76f',
)
