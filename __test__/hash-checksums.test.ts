import { randomInt } from 'node:crypto'
import { crc32 as ofZlib } from 'node:zlib'
import {
  crc32,
  crc32c,
  crc32cCombine,
  crc32Combine,
  crc32cPartial,
  crc32Partial,
  crc64,
  crc64Combine,
  crc64Partial,
  HashError,
  repair,
} from 'ferrule/hash'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)
const random = (length: number): Buffer => Buffer.from(Array.from({ length }, () => next(256)))

/** Bit by bit, as the catalogue defines a reflected register. */
function bitwise(polynomial: bigint, data: Uint8Array, start: bigint): bigint {
  let register = start
  for (const byte of data) {
    register ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit += 1) register = register & 1n ? (register >> 1n) ^ polynomial : register >> 1n
  }
  return register
}

describe('checksums', () => {
  it('are those that the catalogue publishes', () => {
    // G. Cook, "Catalogue of parametrised CRC algorithms" (reveng.sourceforge.io/crc-catalogue): of "123456789".
    expect(crc32('123456789')).toBe(0xcbf43926)
    expect(crc32c('123456789')).toBe(0xe3069283)
    expect(crc64('123456789')).toBe(0x995dc9bbdf1939fan)
    // RFC 3720, appendix B.4.
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
  })

  it('agree with zlib and with a register moved bit by bit, whatever the length, the start and the place in memory', () => {
    console.log('seed', seed)
    for (let round = 0; round < 300; round += 1) {
      const whole = random(round < 100 ? round : next(5000))
      const data = whole.subarray(next(whole.length + 1))
      const previous = next(2 ** 32)
      // Of nothing zlib gives 0, whatever came before.
      expect(crc32(data, previous)).toBe(data.length === 0 ? previous : ofZlib(data, previous))
      const register = BigInt(previous)
      expect(BigInt(crc32Partial(data, previous))).toBe(bitwise(0xedb88320n, data, register))
      expect(BigInt(crc32cPartial(data, previous))).toBe(bitwise(0x82f63b78n, data, register))
      const wide = (register << 32n) | BigInt(next(2 ** 32))
      expect(crc64Partial(data, wide)).toBe(bitwise(0xc96c5795d7870f42n, data, wide))
    }
  })

  it('of pieces are combined without the pieces', () => {
    for (let round = 0; round < 100; round += 1) {
      const [first, second] = [random(next(300)), random(next(300))]
      const whole = Buffer.concat([first, second])
      const { length } = second
      expect(crc32Combine(crc32(first), crc32(second), length)).toBe(crc32(whole))
      expect(crc32cCombine(crc32c(first), crc32c(second), length)).toBe(crc32c(whole))
      expect(crc64Combine(crc64(first), crc64(second), length)).toBe(crc64(whole))
      expect(crc32(second, crc32(first))).toBe(crc32(whole))
      expect(crc64(second, crc64(first))).toBe(crc64(whole))
    }
  })

  it('take text as UTF-8', () => {
    expect(crc32('größe 🦀')).toBe(ofZlib('größe 🦀'))
    expect(crc64('größe')).toBe(crc64(Buffer.from('größe')))
  })

  it('find a flipped bit and flip it back', () => {
    const whole = random(257)
    for (const bit of [0, 7, 8, 1000, 257 * 8 - 1]) {
      const flipped = Buffer.from(whole)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(repair('crc32', Buffer.from(flipped), crc32(whole))).toEqual({ outcome: 'repaired', bit })
      expect(repair('crc32c', Buffer.from(flipped), crc32c(whole))).toEqual({ outcome: 'repaired', bit })
      expect(repair('crc64', flipped, crc64(whole))).toEqual({ outcome: 'repaired', bit })
      expect(flipped.equals(whole)).toBe(true)
    }
    expect(repair('crc32', whole, crc32(whole))).toEqual({ outcome: 'sound' })
    expect(repair('crc32', whole, (crc32(whole) ^ (1 << 30)) >>> 0)).toEqual({ outcome: 'checksum' })
    expect(repair('crc64', whole, crc64(whole) ^ (1n << 63n))).toEqual({ outcome: 'checksum' })
    const broken = Buffer.from(whole)
    broken[3] = ~(broken[3] ?? 0)
    const before = Buffer.from(broken)
    expect(repair('crc32', broken, crc32(whole))).toEqual({ outcome: 'impossible' })
    expect(broken.equals(before)).toBe(true)
  })
})

describe('what is no checksum', () => {
  it.each([
    ['no data', () => crc32(undefined as never), 'ERR_INVALID_ARG_TYPE', 'hash.crc32'],
    ['an array', () => crc32c([1, 2] as never), 'ERR_INVALID_ARG_TYPE', 'hash.crc32c'],
    ['a checksum below zero', () => crc32('', -1), 'ERR_OUT_OF_RANGE', 'hash.crc32'],
    ['a checksum beyond 32 bits', () => crc32('', 2 ** 32), 'ERR_OUT_OF_RANGE', 'hash.crc32'],
    ['half a checksum', () => crc32Partial('', 0.5), 'ERR_OUT_OF_RANGE', 'hash.crc32Partial'],
    ['a number for 64 bits', () => crc64('', 1 as never), 'ERR_INVALID_ARG_TYPE', 'hash.crc64'],
    ['a checksum beyond 64 bits', () => crc64('', 2n ** 64n), 'ERR_OUT_OF_RANGE', 'hash.crc64'],
    ['a length below zero', () => crc32Combine(1, 2, -1), 'ERR_OUT_OF_RANGE', 'hash.crc32Combine'],
    ['a length that no number holds', () => crc64Combine(1n, 2n, 2 ** 53), 'ERR_OUT_OF_RANGE', 'hash.crc64Combine'],
    ['another checksum', () => repair('crc16' as never, Buffer.alloc(1), 1), 'ERR_INVALID_ARG', 'hash.repair'],
  ])('%s', (_, call, code, operation) => {
    let error: unknown
    try {
      call()
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(HashError)
    expect((error as HashError).code).toContain(code.slice(0, 12))
    expect((error as HashError).operation).toBe(operation)
  })
})
