// What systems take as bodies: one source of every kind, read by the piece.
import { write, writeStream, type ByteSource } from 'ferrule/fs'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import * as node from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { ReadableStream as WebStream } from 'node:stream/web'
import { setTimeout as sleep } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, scratch, strays } from './fs/scratch.js'

const folder = scratch()
const file = join(folder, 'file')
const written = (): string => node.readFileSync(file, 'utf8')

afterEach(async () => {
  expect(strays(folder)).toEqual([])
  await expectRest()
})

describe('a source', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const kinds: Record<string, () => ByteSource> = {
    text: () => 'größer 🦀',
    bytes: () => bytes('größer 🦀'),
    'a view into more bytes': () => bytes('--größer 🦀--').subarray(2, -2),
    'an ArrayBuffer': () => bytes('größer 🦀').slice().buffer,
    'a Blob': () => new Blob(['größer ', bytes('🦀')]),
    'an array of texts and bytes': () => ['grö', bytes('ßer '), '', new Uint8Array(), '🦀'],
    'a set': () => new Set(['größer ', '🦀']),
    'a generator': () =>
      (function* () {
        yield 'größer '
        yield bytes('🦀')
      })(),
    'an async generator': () =>
      (async function* () {
        yield 'größer '
        await Promise.resolve()
        yield bytes('🦀')
      })(),
    'a Node stream': () => Readable.from(['größer ', bytes('🦀')]),
    'a Node stream of bytes': () => new PassThrough().end('größer 🦀'),
    'a Web stream': () => new Blob(['größer 🦀']).stream(),
    'a Web stream of bytes that are copied out': () =>
      new WebStream({
        type: 'bytes',
        start(controller) {
          controller.enqueue(bytes('größer 🦀'))
          controller.close()
        },
      }),
    'an iterable without return': () => {
      const items = ['größer ', '🦀']
      return {
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.resolve({ done: items.length === 0, value: items.shift() }),
        }),
      } as AsyncIterable<string>
    },
    'an array of another realm': () => runInNewContext(`['größer ', '🦀']`) as string[],
  }

  it.each(Object.entries(kinds))('may be %s', async (_, make) => {
    await write(file, make())
    expect(written()).toBe('größer 🦀')
  })

  it('of pieces larger than one crossing takes is whole', async () => {
    const large = Buffer.alloc(5_000_003, 'piece ')
    await write(file, [large, large])
    expect(node.readFileSync(file).equals(Buffer.concat([large, large]))).toBe(true)
  })

  it('is not read ahead of what is written', async () => {
    let asked = 0
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (; asked < 100; asked += 1) {
        yield Buffer.alloc(70_000)
        await Promise.resolve()
      }
    }
    const writer = writeStream(file)
    const work = writer.writeFrom(counted())
    while (asked < 3) await sleep(1)
    writer.abort()
    expect(await failureOf(work)).toMatchObject({ code: 'ERR_STATE' })
    expect(asked).toBeLessThan(100)
  })

  it('may use its memory again when it is asked for more', async () => {
    const memory = new Uint8Array(10)
    function* reused(): Generator<Uint8Array> {
      for (let round = 0; round < 26; round += 1) yield memory.fill(97 + round)
    }
    await write(file, reused())
    expect(written()).toBe(
      Array.from({ length: 26 }, (_, round) => String.fromCharCode(97 + round).repeat(10)).join(''),
    )
  })

  it('that gives a little and waits is written as far as it has come', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = node.createReadStream(pipe)
    const source = new PassThrough()
    const work = write(pipe, source)
    source.write('early')
    const [first] = (await once(reader, 'data')) as Buffer[]
    expect(first?.toString()).toBe('early')
    source.end('late')
    reader.resume()
    await work
    node.rmSync(pipe)
  })

  it.each([5, null, undefined, {}, () => 'x', Symbol('x'), true])('may not be %s', async (value) => {
    expect(await failureOf(write(file, value as string))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
      details: { argument: 'data' },
    })
  })

  it.each([5, null, {}, [1], new Uint16Array(1)])('may not give %s, and is ended by it', async (value) => {
    let ended = false
    function* wrong(): Generator {
      try {
        yield 'x'
        yield value
        yield 'y'
      } finally {
        ended = true
      }
    }
    node.writeFileSync(file, 'old')
    expect(await failureOf(write(file, wrong() as Iterable<string>))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(ended).toBe(true)
    expect(written()).toBe('old')
  })

  it('that fails fails the work, with its own error, at once', async () => {
    const reason = new RangeError('mine')
    const failing: Record<string, () => ByteSource> = {
      'async generator': () =>
        (async function* () {
          yield 'x'
          await Promise.resolve()
          throw reason
        })(),
      'Node stream': () => {
        const stream = new Readable({ read: () => undefined })
        stream.push('x')
        setTimeout(() => stream.destroy(reason), 5)
        return stream
      },
      'Web stream': () =>
        new ReadableStream<Uint8Array>({
          pull: (controller) => {
            controller.error(reason)
          },
        }),
      iterable: () => ({
        [Symbol.iterator]() {
          throw reason
        },
      }),
    }
    for (const [name, make] of Object.entries(failing)) {
      await expect(write(file, make()), name).rejects.toBe(reason)
    }
  })

  it('that was destroyed before its end fails the work', async () => {
    const stream = new Readable({ read: () => undefined })
    stream.push('half')
    setTimeout(() => stream.destroy(), 5)
    await expect(write(join(folder, 'never'), stream)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' })
    expect(node.existsSync(join(folder, 'never'))).toBe(false)
  })

  it('that is in use is refused by whoever uses it', async () => {
    const web = new Blob(['x']).stream()
    web.getReader()
    await expect(write(file, web)).rejects.toThrow('locked')
  })

  it('is told when the work is stopped while it says nothing', async () => {
    const told: string[] = []
    const silent: Record<string, () => ByteSource> = {
      web: () => new ReadableStream<Uint8Array>({ cancel: () => void told.push('web') }),
      node: () =>
        new Readable({
          read: () => undefined,
          destroy: (error, done) => {
            told.push('node')
            done(error)
          },
        }),
      iterator: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => undefined),
          return: () => {
            told.push('iterator')
            return Promise.resolve({ done: true as const, value: undefined })
          },
        }),
      }),
      generator: () =>
        (async function* () {
          await new Promise(() => undefined)
          yield 'never'
        })(),
    }
    for (const make of Object.values(silent)) {
      await expect(write(file, make(), { timeoutMs: 20 })).rejects.toMatchObject({ code: 'ERR_TIMEOUT' })
    }
    expect(told).toEqual(['web', 'node', 'iterator'])
  })
})
