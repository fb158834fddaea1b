import { describe, expect, it } from 'vitest'
import { detached, resizableBuffer } from './testkit/bad-values.js'
import { collectGarbage, rejectionOf, testkit, thrownBy } from './testkit/load.js'

const { types } = testkit

/** Bytes whose sum tells a missing, repeated or foreign one. */
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 31 + 7) % 251)
const sum = (bytes: Uint8Array): number => bytes.reduce((total, byte) => total + byte, 0)

const transferred = (bytes: Uint8Array): Uint8Array =>
  structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })

// Each way bytes come in: borrowed, owned, in a list, beside another argument, and for another thread.
const ways: Record<string, (bytes: Uint8Array) => unknown> = {
  borrowed: (bytes) => types.bytes(bytes),
  owned: (bytes) => sum(types.bytesOwned(bytes)),
  'in a list': (bytes) => types.bytesList([new Uint8Array(), bytes]).reduce((total, each) => total + sum(each), 0),
  'with texts': (bytes) => types.bytesAndTexts(bytes, ['a'])[0],
  'as slices': (bytes) => types.slicesAndTexts([new Uint8Array(), bytes], [])[0],
  'through the Sync door': (bytes) => testkit.callSync('types.bytesWork', [bytes]),
  'on the pool': (bytes) => testkit.call('types.bytesWork', [bytes]),
}

describe.each(Object.entries(ways))('bytes %s', (_, total) => {
  it('are seen as they are, whatever holds them', async () => {
    for (const length of [0, 1, 7, 8, 9, 4096, 16_383, 16_384, 100_001]) {
      const bytes = pattern(length)
      expect(await total(bytes)).toBe(sum(bytes))
      expect(await total(Buffer.from(bytes))).toBe(sum(bytes))
    }
  })

  it('are the view’s, not its whole buffer’s', async () => {
    const bytes = pattern(1000)
    expect(await total(bytes.subarray(3, 998))).toBe(sum(bytes.slice(3, 998)))
    expect(await total(Buffer.from('pooled text'))).toBe(sum(new TextEncoder().encode('pooled text')))
  })

  it('may be shared with other threads', async () => {
    for (const [offset, length] of [
      [0, 4096],
      [3, 101],
      [8, 0],
    ] as const) {
      const shared = new Uint8Array(new SharedArrayBuffer(4096), offset, length)
      shared.set(pattern(length))
      expect(await total(shared)).toBe(sum(shared))
    }
  })

  it('may grow and shrink between calls', async () => {
    const buffer = resizableBuffer(64, 100_000)
    const tracking = new Uint8Array(buffer).fill(1)
    expect(await total(tracking)).toBe(64)
    buffer.resize(100_000)
    expect(await total(tracking.fill(1))).toBe(100_000)
    buffer.resize(5)
    expect(await total(tracking)).toBe(5)
  })

  it('are refused when their buffer was transferred', async () => {
    const refusal = await rejectionOf(Promise.resolve().then(() => total(detached())))
    expect(refusal).toMatchObject({ code: 'ERR_BUFFER_DETACHED' })
  })
})

describe('bytes out', () => {
  it('belong to JavaScript, below and above the size from which they are handed over', () => {
    for (const length of [0, 1, 16_383, 16_384, 16_385, 1_000_000]) {
      const bytes = types.makeBytes(length, 7)
      expect(bytes).toBeInstanceOf(Uint8Array)
      expect([bytes.length, bytes.byteOffset, bytes.buffer.byteLength]).toEqual([length, 0, length])
      expect(sum(bytes)).toBe(7 * length)
      bytes.fill(1)
      expect(types.bytes(bytes)).toBe(length)
    }
  })

  it('can be transferred when they are small, and are refused afterwards', () => {
    const bytes = types.makeBytes(1000, 1)
    expect(sum(transferred(bytes))).toBe(1000)
    expect(thrownBy(() => types.bytes(bytes))).toMatchObject({ code: 'ERR_BUFFER_DETACHED' })
  })

  it('stay whole when they are large: Node does not transfer memory that a native module owns', () => {
    const bytes = types.makeBytes(100_000, 1)
    try {
      expect(sum(transferred(bytes))).toBe(100_000)
    } catch (error) {
      expect(error).toMatchObject({ name: 'DataCloneError' })
    }
    expect(types.bytes(bytes)).toBe(100_000)
  })

  it('are copies of what came in', () => {
    const bytes = pattern(20_000)
    const before = sum(bytes)
    const out = types.bytesOwned(bytes)
    out.fill(0)
    expect(sum(bytes)).toBe(before)
  })

  it('give their memory back when they are collected', async () => {
    await collectGarbage()
    const before = process.memoryUsage().arrayBuffers
    for (let round = 0; round < 200; round += 1) types.makeBytes(1_000_000, 1)
    await collectGarbage()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })
})

describe('bytes of a fixed length', () => {
  it('come back, apart from those that came in', () => {
    const bytes = new Uint8Array([0, 1, 254, 255])
    const out = types.fourBytes(bytes)
    expect(out).toEqual(bytes)
    expect(out).toBeInstanceOf(Uint8Array)
    expect(out.buffer).not.toBe(bytes.buffer)
    expect(types.fourBytes(Buffer.from('abcd'))).toEqual(new Uint8Array([97, 98, 99, 100]))
    expect(types.fourBytes(new Uint8Array(new SharedArrayBuffer(8), 2, 4))).toEqual(new Uint8Array(4))
  })

  it('are refused at another length, and both lengths told', () => {
    for (const length of [0, 3, 5]) {
      expect(thrownBy(() => types.fourBytes(new Uint8Array(length)))).toMatchObject({
        code: 'ERR_OUT_OF_RANGE',
        details: { expected: 'a Uint8Array of 4 bytes', found: `one of ${String(length)}` },
      })
    }
  })
})

it('leaves an argument of an async call to JavaScript at once', async () => {
  const bytes = pattern(100_000)
  const expected = sum(bytes)
  const total = testkit.call('types.bytesWork', [bytes])
  bytes.fill(0)
  transferred(bytes)
  expect(await total).toBe(expected)
})
