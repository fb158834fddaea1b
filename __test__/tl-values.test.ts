import { randomInt } from 'node:crypto'
import {
  bytes,
  decode,
  double,
  encode,
  int,
  long,
  Reader,
  string,
  struct,
  TL_VECTOR,
  TlError,
  vector,
  Writer,
  type Type,
} from 'ferrule/tl'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'
import { kindOf } from './tl/reference.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)

function errorOf(run: () => unknown): TlError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(TlError)
    return error as TlError
  }
  throw new Error('nothing was thrown')
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('messages', () => {
  it('of any type are what a second implementation writes, and are read back', () => {
    console.log('seed', seed)
    for (let round = 0; round < 1500; round += 1) {
      const { type, sample } = kindOf(next, 3)
      const { value, wire } = sample()
      expect(Buffer.from(encode(type, value)).equals(wire), type.name).toBe(true)
      expect(decode(type, wire), type.name).toEqual(value)
      expect(new Writer().write(type, value).finish()).toEqual(new Uint8Array(wire))
    }
  })

  it('that are cut anywhere end too early, and say where', () => {
    for (let round = 0; round < 300; round += 1) {
      const { type, sample } = kindOf(next, 2)
      const { wire } = sample()
      const length = next(wire.length)
      const error = errorOf(() => decode(type, wire.subarray(0, length)))
      expect(error).toMatchObject({ code: 'ERR_TL_NOT_ENOUGH_DATA', number: -1004, operation: 'tl.decode' })
      const { wanted, position, size, text } = error.details as Record<string, number>
      expect(size).toBe(length)
      expect((position as number) + (wanted as number)).toBeGreaterThan(length)
      expect(text).toBe(`Trying to read ${wanted} bytes at position ${position} (size = ${size})`)
    }
  })

  it('of any bytes are read or refused, and what is read is written back as it was', () => {
    for (let round = 0; round < 2000; round += 1) {
      const { type, sample } = kindOf(next, 2)
      const { wire } = sample()
      const changed = Buffer.from(wire)
      for (let change = next(3); change >= 0; change -= 1) changed[next(changed.length)] = next(256)
      let value: unknown
      try {
        value = decode(type, changed)
      } catch (error) {
        expect(error).toBeInstanceOf(TlError)
        expect((error as TlError).number).toBeLessThan(-1000)
        continue
      }
      // But for a NaN, of which JavaScript has one.
      const shown = JSON.stringify(value, (_key, part: unknown) =>
        typeof part === 'bigint' ? `${part}n` : Number.isNaN(part) ? 'NaN' : part,
      )
      if (shown.includes('NaN')) continue
      expect(Buffer.from(encode(type, value)).equals(changed), `${type.name} ${changed.toString('hex')}`).toBe(true)
    }
  })

  it('with more behind them are refused', () => {
    const error = errorOf(() => decode(int, new Uint8Array(10)))
    expect(error.details).toEqual({
      number: -1001,
      text: '6 bytes too many at position 4 (size = 10)',
      position: 4,
      size: 10,
    })
    expect(error.code).toBe('ERR_TL_EXTRA_DATA')
  })

  it('may be large', () => {
    const longest = Buffer.alloc(0xffffff, 'x')
    expect(Buffer.from(decode(bytes, encode(bytes, longest))).equals(longest)).toBe(true)
    const error = errorOf(() =>
      encode(struct({ first: int, text: bytes }), { first: 1, text: Buffer.alloc(0x1000000) }),
    )
    expect(error).toMatchObject({ code: 'ERR_TL_TOO_LONG', number: -2003 })
    expect(error.details).toMatchObject({ what: 'string', length: 0x1000000, limit: 0xffffff, position: 4 })
    const numbers = Array.from({ length: 100_000 }, (_, index) => index - 50_000)
    expect(decode(vector(int), encode(vector(int), numbers))).toEqual(numbers)
    const texts = numbers.slice(0, 20_000).map(String)
    expect(decode(vector(string), encode(vector(string), texts))).toEqual(texts)
  })

  it('are written from typed arrays, too', () => {
    expect(decode(vector(int), encode(vector(int) as Type<ArrayLike<number>>, Int32Array.of(1, -2)))).toEqual([1, -2])
    expect(decode(vector(long), encode(vector(long) as Type<ArrayLike<bigint>>, BigInt64Array.of(1n, -2n)))).toEqual([
      1n,
      -2n,
    ])
    expect(decode(vector(double), encode(vector(double) as Type<ArrayLike<number>>, Float64Array.of(0.5)))).toEqual([
      0.5,
    ])
  })
})

describe('strings', () => {
  it('in a second encoding are refused', () => {
    // The long form of a short one, padding that is not zero, a length that is none.
    for (const wire of ['fe 01 00 00 78 00 00 00', '01 78 00 01', 'ff 00 00 00 00 00 00 00']) {
      const error = errorOf(() => decode(bytes, hex(wire)))
      expect(error).toMatchObject({ code: 'ERR_TL_BAD_VALUE', number: -2006 })
      expect(error.details['position']).toBe(0)
    }
  })

  it('that are no UTF-8 are bytes only', () => {
    const wire = hex('02 c3 28 00')
    expect(errorOf(() => decode(string, wire)).details).toMatchObject({ number: -2006, position: 0 })
    expect(decode(bytes, wire)).toEqual(Uint8Array.of(0xc3, 0x28))
  })

  it('of bytes are copies, also out of a Buffer', () => {
    const wire = hex('02 01 02 00')
    const read = decode(bytes, wire)
    wire.fill(0)
    expect(read).toEqual(Uint8Array.of(1, 2))
  })
})

describe('vectors', () => {
  const of = (count: number, ...rest: number[]): Buffer => {
    const wire = Buffer.alloc(8 + 4 * rest.length)
    ;[TL_VECTOR, count, ...rest].forEach((word, index) => wire.writeInt32LE(word, 4 * index))
    return wire
  }

  it('say what is wrong with their head', () => {
    const number = errorOf(() => decode(vector(int), Buffer.alloc(8)))
    expect(number).toMatchObject({ code: 'ERR_TL_BAD_VALUE', details: { expected: TL_VECTOR, found: 0, position: 0 } })
    expect(number.details['text']).toBe('expected 0x1cb5c415 at position 0, found 0x00000000')
    const count = errorOf(() => decode(vector(int), of(-1)))
    expect(count).toMatchObject({ code: 'ERR_TL_NOT_IN_RANGE', number: -2004, details: { found: -1, position: 4 } })
  })

  it('that claim more than is there are refused before anything is read', () => {
    const error = errorOf(() => decode(vector(struct({ id: long, name: string })), of(900_000)))
    expect(error.details).toMatchObject({ wanted: 10_800_000, position: 8, size: 8 })
    expect(errorOf(() => decode(vector(int), of(2 ** 31 - 1)))).toMatchObject({
      code: 'ERR_TL_TOO_LONG',
      details: { what: 'vector', length: 2 ** 31 - 1, limit: 1_000_000, position: 4 },
    })
  })

  it('and strings keep to their limits', () => {
    expect(decode(vector(int), of(2, 1, 2), { maxVector: 2 })).toEqual([1, 2])
    expect(errorOf(() => decode(vector(int), of(3, 1, 2, 3), { maxVector: 2 })).code).toBe('ERR_TL_TOO_LONG')
    expect(decode(string, encode(string, 'abc'), { maxString: 3 })).toBe('abc')
    expect(errorOf(() => decode(string, encode(string, 'abcd'), { maxString: 3 })).details).toMatchObject({
      what: 'string',
      length: 4,
      limit: 3,
      position: 0,
    })
  })
})

describe('a Reader', () => {
  it('reads one value after the other, and stands where it stood after a refusal', () => {
    const wire = new Writer()
      .int(-7)
      .long(2n ** 62n)
      .double(-0)
      .string('é')
      .bytes(Uint8Array.of(255))
      .finish()
    expect(wire.length).toBe(28)
    const reader = new Reader(wire)
    expect(errorOf(() => reader.read(vector(int))).code).toBe('ERR_TL_BAD_VALUE')
    expect([reader.position, reader.left]).toEqual([0, 28])
    expect([reader.int(), reader.long(), reader.double(), reader.string()]).toEqual([-7, 2n ** 62n, -0, 'é'])
    expect(errorOf(() => reader.string()).details['position']).toBe(24)
    expect(errorOf(() => reader.end())).toMatchObject({
      code: 'ERR_TL_EXTRA_DATA',
      number: -1001,
      details: { text: '4 bytes too many at position 24 (size = 28)' },
    })
    expect(reader.bytes()).toEqual(Uint8Array.of(255))
    reader.end()
    expect(errorOf(() => reader.int()).message).toBe('tl.Reader.int: Trying to read 4 bytes at position 28 (size = 28)')
  })

  it('starts where it is told to, and has limits', () => {
    const wire = new Writer().int(1).string('abcd').finish()
    const reader = new Reader(wire, { position: 4, maxString: 3 })
    expect(errorOf(() => reader.string()).code).toBe('ERR_TL_TOO_LONG')
    expect(errorOf(() => new Reader(wire, { position: 99 }).int()).code).toBe('ERR_TL_NOT_ENOUGH_DATA')
  })
})

describe('a Writer', () => {
  it('writes nothing of what is refused', () => {
    const writer = new Writer().int(1)
    expect(errorOf(() => writer.write(struct({ a: int, b: int }), { a: 1, b: 2.5 })).message).toBe(
      'tl.Writer.write: argument "value.b" must be a whole number from -2147483648 to 2147483647, got the number 2.5',
    )
    expect(errorOf(() => writer.bytes(Buffer.alloc(0x1000000))).details['position']).toBe(4)
    expect(writer.length).toBe(4)
    expect(Buffer.from(writer.int(2).finish()).toString('hex')).toBe('0100000002000000')
  })
})
