// `json`, `json-value`: values of serde from Node, and everything that JSON or the type does not have.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { codeOf, type Rows } from './rows-package.js'

function errorOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return 'nothing thrown'
}

/** Arrays in arrays. */
const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((value) => [value], null)

export function jsonTests(rows: () => Rows): void {
  const plain = { name: 'a', limits: [1, 255], wide: 5, ratio: 0.5, by_number: { 7: true }, inner: null }

  describe('classes of serde', () => {
    it('become plain values, and are made of them', () => {
      const { Config } = rows().api
      const config = Config.fromJSON(plain)
      expect(config.toJSON()).toEqual(plain)
      expect(JSON.parse(JSON.stringify({ config: config.within('b') }))).toEqual({
        config: { name: 'b', limits: [], wide: 0, ratio: 0, by_number: {}, inner: plain },
      })
      expect(Config.fromJSON(JSON.parse(JSON.stringify(config))).equals(config)).toBe(true)
    })

    it('are read from objects inside, which say themselves what they are', () => {
      const { Config } = rows().api
      const outer = Config.fromJSON({ name: 'o', inner: new Config('i') })
      expect(outer.toJSON()).toMatchObject({ name: 'o', inner: { name: 'i' } })
    })

    it('may have one direction only', () => {
      const { Status } = rows().api
      expect(new Status(false).toJSON()).toBe('well')
      expect(Status.fromJSON).toBeUndefined()
    })

    it.each([
      [{ name: 1 }, 'name', 'invalid type: integer `1`, expected a string'],
      [{ name: 'a', limits: [1, 'b'] }, 'limits[1]', 'invalid type: string "b", expected u8'],
      [{ name: 'a', limits: [256] }, 'limits[0]', 'invalid value: integer `256`, expected u8'],
      [{ name: 'a', inner: { name: 'b', wide: 0.5 } }, 'inner.wide', 'floating point `0.5`, expected u64'],
      [{ name: 'a', more: 1 }, 'more', 'unknown field `more`'],
      [{}, '.', 'missing field `name`'],
      [null, '.', 'invalid type: null, expected struct Config'],
    ])('refuse %j, at its place', (value, path, said) => {
      const { Config } = rows().api
      const error = errorOf(() => Config.fromJSON(value)) as Error
      expect(error).toMatchObject({
        code: 'ERR_INVALID_ARG_TYPE',
        operation: 'rows.Config.fromJSON',
        details: { path },
      })
      expect(error.message).toContain(said)
    })

    it('keep integers whole, or refuse them', () => {
      const { Config } = rows().api
      const most = Number.MAX_SAFE_INTEGER
      const config = Config.fromJSON({ name: 'a', wide: most })
      expect(config.toJSON()).toMatchObject({ wide: most })
      const wide = Config.fromJSON({ name: 'a', wide: 2n ** 63n })
      expect(errorOf(() => wide.within('b').toJSON())).toMatchObject({
        code: 'ERR_OUT_OF_RANGE',
        details: { path: 'inner.wide' },
      })
      expect(codeOf(() => wide.wide())).toBe('ERR_OUT_OF_RANGE')
      expect(codeOf(() => Config.fromJSON({ name: 'a', wide: most + 1 }))).toBe('ERR_INVALID_ARG_TYPE')
      expect(Config.fromJSON({ name: 'a', ratio: 2 ** 60 }).ratio()).toBe(2 ** 60)
      expect(Config.fromJSON({ name: 'a', ratio: 1e300 }).toJSON()).toMatchObject({ ratio: 1e300 })
    })

    it('may have keys beyond what a number holds: they are text', () => {
      const { Config } = rows().api
      const value = { ...plain, by_number: { '18446744073709551615': true } }
      expect(Config.fromJSON(value).toJSON()).toEqual(value)
    })

    it('contain a panic, and refuse an object that has ended', () => {
      const { Config, Status } = rows().api
      expect(codeOf(() => new Status(true).toJSON())).toBe('ERR_PANIC')
      const config = new Config('a')
      config.dispose()
      expect(codeOf(() => JSON.stringify(config))).toBe('ERR_HANDLE_CLOSED')
    })
  })

  describe('values of JSON', () => {
    it.each([
      [null],
      [true],
      [0],
      [-1.5],
      [1e21],
      [Number.MIN_SAFE_INTEGER],
      ['"\\ \u2028 é 😀'],
      [[]],
      [{}],
      [[1, [2, { a: [] }]]],
      [{ 'a b': { __proto: 1 }, '': null }],
    ])('%j comes back as it was', (value) => {
      expect(rows().api.echo(value)).toEqual(value)
    })

    it('are told apart in Rust', () => {
      const { kind } = rows().api
      expect([1, 1.5, 2 ** 53, 10n ** 15n, 'a', [], {}, null, false].map((value) => kind(value))).toEqual(
        ['integer', 'float', 'float', 'integer', 'text', 'array', 'object', 'null', 'bool'], // prettier-ignore
      )
    })

    it('stand inside lists, maps and options, and behind promises', async () => {
      const { sizes, byKey, echoLater } = rows().api
      expect(sizes([{ a: 1, b: 2 }, 3, {}])).toEqual([2, null, 0])
      const values = new Map<string, unknown>([['x', { y: [1] }]])
      expect([byKey(values, 'x'), byKey(values, 'z')]).toEqual([{ y: [1] }, null])
      expect(await echoLater([{ a: null }])).toEqual([{ a: null }])
    })

    it('leave absent properties out, and take dates as they say themselves', () => {
      const { echo } = rows().api
      expect(echo({ a: undefined, b: new Date(0) })).toEqual({ b: '1970-01-01T00:00:00.000Z' })
    })

    it.each([
      ['undefined', undefined, 'value'],
      ['a function', { f: () => 1 }, 'value.f'],
      ['a symbol', [Symbol('s')], 'value[0]'],
      ['a hole', Array(1), 'value[0]'],
      ['a lone surrogate', { a: ['\ud800'] }, 'value.a[0]'],
      ['a lone surrogate in a key', { '\udc00': 1 }, 'value.\udc00'],
      ['a Map', { a: { b: [new Map()] } }, 'value.a.b[0]'],
      ['bytes', [0, Uint8Array.of(1)], 'value[1]'],
    ])('refuse %s, by its place', (_, value, argument) => {
      expect(errorOf(() => rows().api.echo(value))).toMatchObject({
        code: 'ERR_INVALID_ARG_TYPE',
        operation: 'rows.echo',
        details: { argument },
      })
    })

    it.each([
      ['NaN', { a: NaN }, 'value.a'],
      ['infinity', [-Infinity], 'value[0]'],
    ])('refuse %s, by its place', (_, value, argument) => {
      const details = { argument }
      expect(errorOf(() => rows().api.echo(value))).toMatchObject({ code: 'ERR_OUT_OF_RANGE', details })
    })

    it('end at 127 levels, both ways, and so do circles', () => {
      const { echo, nested: made } = rows().api
      expect(echo(nested(127))).toEqual(nested(127))
      expect(codeOf(() => echo(nested(128)))).toBe('ERR_INVALID_ARG_TYPE')
      expect(made(127)).toEqual(nested(127))
      expect(codeOf(() => made(128))).toBe('ERR_OUT_OF_RANGE')
      expect(codeOf(() => made(10_000))).toBe('ERR_OUT_OF_RANGE')
      const circle: unknown[] = []
      circle.push(circle)
      expect(codeOf(() => echo(circle))).toBe('ERR_INVALID_ARG_TYPE')
    })

    it('throw what a toJSON throws', () => {
      const mine = new RangeError('mine')
      const value = {
        toJSON: () => {
          throw mine
        },
      }
      expect(errorOf(() => rows().api.echo([value]))).toBe(mine)
    })

    it('work in a Worker', async () => {
      const script = `
        const { parentPort, workerData } = require('node:worker_threads')
        const { Config } = require(workerData)
        parentPort.postMessage(Config.fromJSON({ name: 'w', limits: [3] }).toJSON())`
      const worker = new Worker(script, { eval: true, workerData: join(rows().folder, 'dist', 'index.js') })
      const value = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
      expect(value).toMatchObject({ name: 'w', limits: [3] })
      await worker.terminate()
    })
  })
}
