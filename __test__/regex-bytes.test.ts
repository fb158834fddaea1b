import { BytesRegex } from 'ferrule/regex'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('BytesRegex', () => {
  const number = new BytesRegex('(?<n>[0-9]+)')

  it('searches bytes that are no text', () => {
    const blob = Uint8Array.of(0xff, 0x00, 0x31, 0x32, 0xfe)
    expect(number.find(blob)).toMatchObject({ start: 2, end: 4 })
    expect(new BytesRegex(String.raw`(?-u:\xFE)`).find(blob)).toMatchObject({ start: 4, end: 5 })
    expect(new BytesRegex(String.raw`(?s-u:.)`).count(blob)).toBe(5)
  })

  it('counts bytes', () => {
    const text = 'é😀 12'
    expect(number.find(bytesOf(text))).toEqual({ start: 7, end: 9, bytes: bytesOf('12') })
    expect(number.captures(bytesOf(text))?.spans).toEqual([
      [7, 9],
      [7, 9],
    ])
    // Code points, as far as the bytes are UTF-8.
    expect(new BytesRegex('^é.').find(bytesOf(text))).toMatchObject({ start: 0, end: 6 })
    expect(number.find(bytesOf('1é2'), 2)).toMatchObject({ start: 3 })
  })

  it('gives views of what was searched', () => {
    const blob = bytesOf('a12')
    const found = number.find(blob)
    expect(found?.bytes.buffer).toBe(blob.buffer)
    blob[1] = 0x39
    expect(textOf(found?.bytes ?? blob)).toBe('92')
  })

  it('searches the part that a view shows, and Buffers', () => {
    const whole = Buffer.from('123456')
    expect(number.find(whole.subarray(2, 4))).toMatchObject({ start: 0, end: 2 })
    expect(number.isMatch(Buffer.from('x'))).toBe(false)
    expect(number.find(new Uint8Array(0))).toBeNull()
  })

  it('gives groups, named ones too', async () => {
    const found = number.captures(bytesOf('x12'))
    expect(found?.groups.map((group) => group && textOf(group))).toEqual(['12', '12'])
    expect(textOf(found?.named['n'] ?? new Uint8Array())).toBe('12')
    expect((await number.capturesAsync(bytesOf('x12')))?.start).toBe(1)
    expect(new BytesRegex('(a)|b').captures(bytesOf('b'))?.groups[1]).toBeNull()
  })

  it('iterates, counts, replaces and splits, sync and from the pool', async () => {
    const blob = bytesOf('1 22 333')
    const long = bytesOf('12 '.repeat(10_000))
    expect([...number.matches(blob)].map(({ start }) => start)).toEqual([0, 2, 5])
    expect([...number.matches(long)]).toHaveLength(10_000)
    const found = []
    for await (const { bytes } of number.matchesAsync(long)) found.push(textOf(bytes))
    expect(new Set(found)).toEqual(new Set(['12']))
    expect(found).toHaveLength(10_000)
    expect([...number.capturesAll(blob)].map(({ named }) => textOf(named['n'] ?? blob))).toEqual(['1', '22', '333'])
    expect(number.count(blob)).toBe(3)
    expect(await number.countAsync(blob)).toBe(3)
    expect(await number.isMatchAsync(blob)).toBe(true)
    expect(await number.findAsync(blob)).toMatchObject({ start: 0 })
    expect(textOf(number.replaceAll(blob, bytesOf('<$n>')))).toBe('<1> <22> <333>')
    expect(textOf(await number.replaceAllAsync(blob, bytesOf('<$1>')))).toBe('<1> <22> <333>')
    expect(textOf(number.replaceN(blob, 2, ({ bytes }) => bytes.slice(0, 1)))).toBe('1 2 333')
    expect(textOf(await number.replaceAllAsync(blob, () => Promise.resolve(bytesOf('é'))))).toBe('é é é')
    expect(number.split(bytesOf('a1b22c')).map(textOf)).toEqual(['a', 'b', 'c'])
    expect((await number.splitNAsync(bytesOf('a1b22c'), 2)).map(textOf)).toEqual(['a', 'b22c'])
  })

  it('gives back the very bytes where nothing matched', async () => {
    const blob = bytesOf('none')
    expect(number.replaceAll(blob, bytesOf('x'))).toBe(blob)
    expect(await number.replaceAllAsync(blob, bytesOf('x'))).toBe(blob)
    expect(number.replaceAll(blob, () => blob)).toBe(blob)
  })

  it('replaces what ends up large', () => {
    const large = number.replaceAll(bytesOf('1'.repeat(10)), new Uint8Array(1_000_000).fill(0x61))
    expect(large).toHaveLength(1_000_000)
    expect(large.every((byte) => byte === 0x61)).toBe(true)
  })

  it('takes a call from the pool by copy: what is written meanwhile does not count', async () => {
    const blob = bytesOf('1'.repeat(100_000))
    const counted = new BytesRegex('1').countAsync(blob)
    blob.fill(0x32)
    expect(await counted).toBe(100_000)
  })

  it('takes an array of another realm', () => {
    const foreign = runInNewContext('Uint8Array.of(0x31, 0x32)') as Uint8Array
    expect(foreign).not.toBeInstanceOf(Uint8Array)
    expect([...number.matches(foreign)].map(({ end }) => end)).toEqual([2])
    expect(textOf(number.replaceAll(foreign, () => foreign.subarray(0, 1)))).toBe('1')
  })

  it('refuses text, other arrays and detached buffers', () => {
    const wrong = expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }) as Error
    expect(() => number.isMatch('12' as unknown as Uint8Array)).toThrow(wrong)
    expect(() => number.matches('12' as unknown as Uint8Array)).toThrow(wrong)
    expect(() => number.find(new Uint16Array(2) as unknown as Uint8Array)).toThrow(wrong)
    expect(() => number.replaceAll(bytesOf('1'), () => 'x' as unknown as Uint8Array)).toThrow(wrong)
    const detached = bytesOf('12')
    structuredClone(detached, { transfer: [detached.buffer as ArrayBuffer] })
    expect(() => number.isMatch(detached)).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_DETACHED' }))
  })
})
