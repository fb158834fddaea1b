import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tl from 'ferrule/tl'
import {
  bytes,
  decode,
  double,
  encode,
  int,
  isUserError,
  long,
  Reader,
  string,
  struct,
  TlError,
  vector,
  type Type,
} from 'ferrule/tl'
import { describe, expect, it } from 'vitest'

function refused(run: () => unknown, code: string, argument?: string): void {
  expect(run).toThrow(TlError)
  expect(run).toThrow(
    expect.objectContaining({
      code,
      ...(argument && { details: expect.objectContaining({ argument }) as unknown }),
    }) as Error,
  )
}

const user = struct({ id: long, tags: vector(struct({ name: string, weight: double })) })

describe('values that are not of their type', () => {
  it.each([
    ['int', int, [1.5, -0, NaN, 2 ** 31, -(2 ** 31) - 1], 'ERR_OUT_OF_RANGE'],
    ['int', int, ['1', 1n, null, undefined, {}, true, [1]], 'ERR_INVALID_ARG_TYPE'],
    ['long', long, [1, 2n ** 63n, -(2n ** 63n) - 1n, '1', null, undefined], 'ERR_INVALID_ARG_TYPE'],
    ['double', double, ['1', 1n, null, undefined, {}], 'ERR_INVALID_ARG_TYPE'],
    ['string', string, [1, null, undefined, '\ud800', 'a\udc00b', new Uint8Array(1)], 'ERR_INVALID_ARG_TYPE'],
    ['bytes', bytes, ['text', [1], new ArrayBuffer(1), new Int8Array(1), null], 'ERR_INVALID_ARG_TYPE'],
    ['vector', vector(int), [1, null, { length: 1 }, 'text', new DataView(new ArrayBuffer(4))], 'ERR_INVALID_ARG_TYPE'],
    ['struct', user, [1, null, undefined, 'text'], 'ERR_INVALID_ARG_TYPE'],
  ] as [string, Type<unknown>, unknown[], string][])('are refused: %s %#', (_name, type, values, code) => {
    for (const value of values) refused(() => encode(type, value), code, 'value')
  })

  it('are told with their place', () => {
    const wrong = {
      id: 1n,
      tags: [
        { name: 'a', weight: 1 },
        { name: 'b', weight: '2' as unknown as number },
      ],
    }
    refused(() => encode(user, wrong), 'ERR_INVALID_ARG_TYPE', 'value.tags[1].weight')
    refused(() => encode(user, { id: 1n } as never), 'ERR_INVALID_ARG_TYPE', 'value.tags')
    refused(() => encode(vector(int), new Array<number>(2)), 'ERR_INVALID_ARG_TYPE', 'value[0]')
  })

  it('may run code of their own, which may write a message meanwhile', () => {
    const inner = encode(string, 'inner')
    const value = {
      first: 1,
      get second() {
        expect(encode(string, 'inner')).toEqual(inner)
        return 2
      },
    }
    expect(decode(struct({ first: int, second: int }), encode(struct({ first: int, second: int }), value))).toEqual({
      first: 1,
      second: 2,
    })
    const thrown = new Error('mine')
    expect(() =>
      encode(struct({ a: int }), {
        get a(): number {
          throw thrown
        },
      }),
    ).toThrow(thrown)
    expect(decode(int, encode(int, 5))).toBe(5)
  })
})

describe('what is no type, message or limit', () => {
  it('is refused by name', () => {
    for (const type of [undefined, null, {}, 'int', { shape: Uint8Array.of(0) }]) {
      refused(() => decode(type as never, new Uint8Array(4)), 'ERR_INVALID_ARG_TYPE', 'type')
      refused(() => encode(type as never, 1), 'ERR_INVALID_ARG_TYPE', 'type')
      refused(() => vector(type as never), 'ERR_INVALID_ARG_TYPE', 'element')
      refused(() => struct({ a: type as never }), 'ERR_INVALID_ARG_TYPE', 'fields.a')
    }
    for (const message of [undefined, null, 'text', [], new ArrayBuffer(4), new Int32Array(1)]) {
      refused(() => decode(int, message as never), 'ERR_INVALID_ARG_TYPE', 'bytes')
      refused(() => new Reader(message as never).int(), 'ERR_INVALID_ARG_TYPE', 'bytes')
    }
    for (const limit of [-1, 1.5, NaN, 2 ** 32, Infinity]) {
      refused(() => decode(string, new Uint8Array(4), { maxString: limit }), 'ERR_OUT_OF_RANGE', 'limits.maxString')
      refused(() => decode(string, new Uint8Array(4), { maxVector: limit }), 'ERR_OUT_OF_RANGE', 'limits.maxVector')
      if (limit !== 2 ** 32) {
        refused(() => new Reader(new Uint8Array(4), { position: limit }).int(), 'ERR_OUT_OF_RANGE', 'position')
      }
    }
    refused(() => decode(string, new Uint8Array(4), { maxString: '1' as never }), 'ERR_INVALID_ARG_TYPE')
    refused(() => decode(string, new Uint8Array(4), 5 as never), 'ERR_INVALID_ARG_TYPE', 'limits')
  })

  it('is refused when its memory was given away', () => {
    const message = new Uint8Array(4)
    const reader = new Reader(message)
    structuredClone(message, { transfer: [message.buffer] })
    refused(() => decode(int, message), 'ERR_BUFFER_DETACHED')
    refused(() => reader.int(), 'ERR_BUFFER_DETACHED')
    const content = new Uint8Array(4)
    structuredClone(content, { transfer: [content.buffer] })
    refused(() => encode(struct({ a: bytes }), { a: content }), 'ERR_BUFFER_DETACHED', 'value.a')
    expect(decode(bytes, encode(bytes, new Uint8Array()))).toEqual(new Uint8Array())
    // Bytes that lie about themselves are as long as they are.
    const liar = Object.defineProperty(Uint8Array.of(1, 2), 'length', { value: 1000 })
    expect(decode(bytes, encode(bytes, liar))).toEqual(Uint8Array.of(1, 2))
    refused(() => encode(bytes, Object.create(Uint8Array.prototype) as Uint8Array), 'ERR_INVALID_ARG_TYPE', 'value')
  })
})

describe('types that cannot be', () => {
  it('are refused where they are made', () => {
    const nested = (depth: number): Type<unknown> => (depth === 1 ? int : vector(nested(depth - 1)))
    expect(decode(nested(32), encode(nested(32), []))).toEqual([])
    refused(() => nested(33), 'ERR_TL_SHAPE')
    refused(() => struct({ a: nested(32) }), 'ERR_TL_SHAPE')
    for (const fields of [undefined, null, 7, 'text', {}])
      refused(() => struct(fields as never), 'ERR_INVALID_ARG_TYPE', 'fields')
    // JavaScript orders the first by their number, and takes the last for a prototype.
    for (const name of ['1', '', 'a-b', '__proto__']) {
      refused(() => struct(Object.fromEntries([[name, int]])), 'ERR_INVALID_ARG_TYPE', 'fields')
    }
    const many = (count: number): Record<string, Type<number>> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, int]))
    refused(() => struct(many(65_536)), 'ERR_TL_SHAPE')
    expect(encode(struct(many(300)), Object.fromEntries(Object.keys(many(300)).map((name) => [name, 1]))).length).toBe(
      1200,
    )
  })
})

describe('the numbers', () => {
  const root = dirname(createRequire(import.meta.url).resolve('ferrule/package.json'))

  it('are those of the engine', () => {
    const source = readFileSync(join(root, 'crates/tl/src/wire.rs'), 'utf8')
    const known = [...source.matchAll(/^ {4}(\w+) = 0x([0-9a-f_]+)_u32;$/gm)]
    expect(known.length).toBe(32)
    for (const [, name = '', digits = ''] of known) {
      expect((tl as unknown as Record<string, number>)[name], name).toBe(parseInt(digits.replaceAll('_', ''), 16) | 0)
    }
    expect(tl.RPC_REQ_ERROR_WRAPPED).toBe(tl.RPC_REQ_ERROR + 1)
  })

  it('of errors are told by who is to blame', () => {
    const { ERROR_NUMBERS } = tl
    expect(Object.values(ERROR_NUMBERS).filter(isUserError).length).toBe(18)
    expect([-999, -1000, -2999, -3000, 503].map(isUserError)).toEqual([false, true, true, false, false])
    expect(Object.isFrozen(ERROR_NUMBERS)).toBe(true)
  })
})
