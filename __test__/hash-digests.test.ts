import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostics } from 'ferrule'
import {
  digest,
  digestAsync,
  digestHex,
  digestSync,
  digestTwo,
  equal,
  hashFile,
  Hasher,
  HashError,
  hmac,
  verify,
  type Algorithm,
} from 'ferrule/hash'
import { afterAll, describe, expect, it } from 'vitest'
import { failure, lot } from './sql/postgres.js'
import { temporaryFolderSync } from 'ferrule/fs'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)
const random = (length: number): Buffer => Buffer.from(Array.from({ length }, () => next(256)))
const OF_NODE = ['sha256', 'sha384', 'sha512', 'sha1', 'md5'] as const
const ALL: readonly Algorithm[] = ['blake3', ...OF_NODE]
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const folder = temporaryFolderSync()
afterAll(() => {
  folder[Symbol.dispose]()
  expect(diagnostics().handles['Hasher']).toBeUndefined()
})

describe('digests', () => {
  it('are those that are published', () => {
    // RFC 1321, appendix A.5; FIPS 180-4's examples; BLAKE3's test_vectors.json (input of length 0).
    expect(digestHex('md5', 'message digest')).toBe('f96b697d7cb7938d525a2f31aaf161d0')
    expect(digestHex('sha1', 'abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
    expect(digestHex('sha256', 'abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(digestHex('blake3', '')).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262')
    // RFC 2202, test case 2; RFC 4231, test case 1.
    expect(hex(hmac('md5', 'Jefe', 'what do ya want for nothing?'))).toBe('750c783e6ab0b503eaa86e310a5db738')
    expect(hex(hmac('sha256', Buffer.alloc(20, 0x0b), 'Hi There'))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    )
  })

  it.each(OF_NODE)('of %s agree with node:crypto, with a key and without, in one piece, two and many', async (name) => {
    console.log('seed', seed)
    for (let round = 0; round < 60; round += 1) {
      const data = random(round < 20 ? round : next(3000))
      const key = random(next(200))
      const at = next(data.length + 1)
      const expected = createHash(name).update(data).digest()
      expect(expected.equals(digest(name, data))).toBe(true)
      expect(digestHex(name, data)).toBe(expected.toString('hex'))
      expect(expected.equals(digestTwo(name, data.subarray(0, at), data.subarray(at)))).toBe(true)
      expect(expected.equals(await digestAsync(name, data))).toBe(true)
      expect(expected.equals(digestSync(name, data, { timeoutMs: 10_000 }))).toBe(true)
      const keyed = createHmac(name, key).update(data).digest()
      expect(keyed.equals(hmac(name, key, data))).toBe(true)
      expect(keyed.equals(await digestAsync(name, data, { key }))).toBe(true)
      expect(verify(name, key, data, keyed)).toBe(true)
      using hasher = new Hasher(name, { key })
      hasher.update(data.subarray(0, at))
      await hasher.updateAsync(data.subarray(at))
      expect(keyed.equals(hasher.digest())).toBe(true)
      const place = next(keyed.length)
      keyed[place] = (keyed[place] ?? 0) ^ (1 << next(8))
      expect(verify(name, key, data, keyed)).toBe(false)
    }
  })

  it('of blake3 are the same in every way, and others with a key', async () => {
    const data = random(100_000)
    const key = random(32)
    const expected = digestHex('blake3', data)
    using hasher = new Hasher('blake3')
    for (let at = 0; at < data.length; at += 777) hasher.update(data.subarray(at, at + 777))
    expect(hasher.digestHex()).toBe(expected)
    expect(hex(await digestAsync('blake3', data))).toBe(expected)
    expect(hex(hmac('blake3', key, data))).not.toBe(expected)
    expect(hmac('blake3', key, data)).toEqual(await digestAsync('blake3', data, { key }))
  })

  it('go on after they were asked for', () => {
    using hasher = new Hasher('sha256')
    expect(hasher.digestHex()).toBe(digestHex('sha256', ''))
    expect(hasher.update('a').update('b').digestHex()).toBe(digestHex('sha256', 'ab'))
    expect(hasher.update('c').digestHex()).toBe(digestHex('sha256', 'abc'))
  })

  it('of whole files', async () => {
    const path = join(folder.path, 'file')
    const data = random(3_000_000 >> 4)
    writeFileSync(path, data)
    for (const name of ALL) expect(await hashFile(path, name)).toEqual(digest(name, data))
  })
})

describe('comparison', () => {
  it('is of all bytes and of the length', () => {
    expect(equal('', '')).toBe(true)
    expect(equal('ab', Buffer.from('ab'))).toBe(true)
    expect(equal('ab', 'abc')).toBe(false)
    for (let round = 0; round < 200; round += 1) {
      const first = random(next(40))
      const second = Buffer.from(first)
      if (second.length > 0 && next(2) === 0) second[next(second.length)] = next(256)
      expect(equal(first, second)).toBe(timingSafeEqual(first, second))
    }
  })
})

describe('much data', () => {
  const large = Buffer.alloc(256 * 1024 * 1024, 7)

  it('is stopped by its signal and its deadline', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const stopped = digestAsync('sha512', large, { signal: controller.signal })
    setTimeout(() => controller.abort(reason), 5)
    await expect(stopped).rejects.toBe(reason)
    expect(await failure(digestAsync('sha512', large, { timeoutMs: 5 }))).toMatchObject({ code: 'ERR_TIMEOUT' })
    expect(() => digestSync('sha512', large, { timeoutMs: 5 })).toThrow(
      expect.objectContaining({ code: 'ERR_TIMEOUT' }),
    )
    using hasher = new Hasher('sha512')
    expect(await failure(hasher.updateAsync(large, { timeoutMs: 5 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      operation: 'hash.Hasher.updateAsync',
    })
  })

  it('leaves the hasher busy, not broken, while it is taken', async () => {
    using hasher = new Hasher('md5')
    const taking = hasher.updateAsync(large)
    expect(() => hasher.update('x')).toThrow(expect.objectContaining({ code: 'ERR_BUSY' }))
    await taking
    expect(hasher.digestHex()).toBe(createHash('md5').update(large).digest('hex'))
  })
})

describe('what has no digest', () => {
  it.each([
    ['another algorithm', () => digest('sha3' as never, ''), 'hash.digest'],
    ['no data', () => digest('md5', undefined as never), 'hash.digest'],
    ['a key that BLAKE3 cannot take', () => hmac('blake3', 'short', ''), 'hash.hmac'],
    ['the same of a hasher', () => new Hasher('blake3', { key: '' }), 'hash.Hasher'],
    ['options that are none', () => digestSync('md5', '', 5 as never), 'hash.digestSync'],
  ])('%s', (_, call, operation) => {
    let error: unknown
    try {
      call()
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(HashError)
    expect(error).toMatchObject({ operation })
    expect(['ERR_INVALID_ARG_TYPE', 'ERR_OUT_OF_RANGE']).toContain((error as HashError).code)
  })

  it('a hasher that was disposed', () => {
    const hasher = new Hasher('md5')
    hasher.dispose()
    expect(() => hasher.digest()).toThrow(HashError)
  })
})
