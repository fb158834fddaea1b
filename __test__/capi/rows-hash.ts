import { createHash, createHmac } from 'node:crypto'
import { crc32cPartial, crc32Partial, digest, digestHex, digestTwo, hmac } from 'ferrule/hash'
import { row, type Random, type Row } from './rows.js'

/** Bit by bit, as G. Cook's catalogue defines a reflected register. */
function bitwise(polynomial: number, data: Uint8Array, start: number): string {
  let register = start
  for (const byte of data) {
    register ^= byte
    for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ polynomial : register >>> 1
  }
  return `${register >>> 0}`
}

const done = (bytes: Uint8Array): string => `0 ${Buffer.from(bytes).toString('hex')}`
const one = (random: Random) => [random.bytes(700)] as const
const two = (random: Random) => [random.bytes(200), random.bytes(200)] as const
const moved = (random: Random) => [random.bytes(700), random.u32()] as const

const plain = (name: 'md5' | 'sha1' | 'sha256'): Row =>
  row(name, one, {
    'ferrule/hash': (data) => done(digest(name, data)),
    'node:crypto': (data) => done(createHash(name).update(data).digest()),
  })
const inTwo = (name: 'sha1' | 'sha256'): Row =>
  row(`${name}_two_chunks`, two, {
    'ferrule/hash': (first, second) => done(digestTwo(name, first, second)),
    'node:crypto': (first, second) => done(createHash(name).update(first).update(second).digest()),
  })
const keyed = (name: 'md5' | 'sha256'): Row =>
  row(`${name}_hmac`, two, {
    'ferrule/hash': (key, data) => done(hmac(name, key, data)),
    'node:crypto': (key, data) => done(createHmac(name, key).update(data).digest()),
  })

export const hashRows: readonly Row[] = [
  row('crc32_partial', moved, {
    'ferrule/hash': (data, register) => `${crc32Partial(data, register)}`,
    'bit by bit': (data, register) => bitwise(0xedb88320, data, register),
  }),
  row('crc32c_partial', moved, {
    'ferrule/hash': (data, register) => `${crc32cPartial(data, register)}`,
    'bit by bit': (data, register) => bitwise(0x82f63b78, data, register),
  }),
  plain('md5'),
  row('md5_hex', one, {
    'ferrule/hash': (data) => `0 ${digestHex('md5', data)}`,
    'node:crypto': (data) => `0 ${createHash('md5').update(data).digest('hex')}`,
  }),
  keyed('md5'),
  plain('sha1'),
  inTwo('sha1'),
  plain('sha256'),
  inTwo('sha256'),
  keyed('sha256'),
]
