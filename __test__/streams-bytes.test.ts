// What systems give as bodies, over a source whose every step a test decides.
import { ByteStream, type Bytes } from 'ferrule/fs'
import { Writable, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'

class Source {
  asked = 0
  closed = 0
  readonly #pieces: (Bytes | Error)[]
  #release: (() => void) | undefined

  /** @param hangs at the end it says nothing until it is closed. */
  constructor(
    pieces: (string | Error)[],
    readonly hangs = false,
  ) {
    this.#pieces = pieces.map((piece) => (piece instanceof Error ? piece : new TextEncoder().encode(piece)))
  }

  readonly next = async (): Promise<Bytes | null> => {
    this.asked += 1
    await Promise.resolve()
    const piece = this.#pieces.shift()
    if (piece instanceof Error) throw piece
    if (piece !== undefined) return piece
    if (this.hangs) {
      await new Promise<void>((resolve) => (this.#release = resolve))
      throw new Error('closed in the middle')
    }
    return null
  }

  readonly close = (): void => {
    this.closed += 1
    this.#release?.()
  }

  readonly used = (): Error => new RangeError('used')
}

const shown = (piece: Uint8Array | undefined): string => Buffer.from(piece ?? []).toString()

/** Every way to begin to read. */
const ways: Record<string, (stream: ByteStream) => unknown> = {
  'for await': (stream) => stream[Symbol.asyncIterator](),
  bytes: (stream) => stream.bytes(),
  text: (stream) => stream.text(),
  json: (stream) => stream.json(),
  toWeb: (stream) => stream.toWeb(),
  toNode: (stream) => stream.toNode(),
}

/** What it throws, or rejects with, as a rejection. */
async function trying(begin: (stream: ByteStream) => unknown, stream: ByteStream): Promise<void> {
  await begin(stream)
}

describe('a ByteStream', () => {
  it('gives its pieces in order and is closed once, at the end', async () => {
    const source = new Source(['a', 'b', 'c'])
    const pieces = []
    for await (const piece of new ByteStream(source)) pieces.push(shown(piece))
    expect(pieces).toEqual(['a', 'b', 'c'])
    expect([source.asked, source.closed]).toEqual([4, 1])
  })

  it('is read as a whole', async () => {
    expect(shown(await new ByteStream(new Source(['a', 'b'])).bytes())).toBe('ab')
    expect(await new ByteStream(new Source([])).bytes()).toHaveLength(0)
    expect(await new ByteStream(new Source(['\ufeffgr', 'ün'])).text()).toBe('grün')
    expect(await new ByteStream(new Source(['[1,', '2]'])).json()).toEqual([1, 2])
    await expect(new ByteStream(new Source(['[1,'])).json()).rejects.toBeInstanceOf(SyntaxError)
  })

  it.each(Object.entries(ways))('that was begun to be read by %s cannot be again', async (_, begin) => {
    const stream = new ByteStream(new Source(['1']))
    expect(stream.used).toBe(false)
    await begin(stream)
    expect(stream.used).toBe(true)
    for (const again of Object.values(ways)) await expect(trying(again, stream)).rejects.toThrow('used')
  })

  it.each(Object.entries(ways))('that was cancelled cannot be read by %s', async (_, begin) => {
    const source = new Source(['1'])
    const stream = new ByteStream(source)
    stream.cancel()
    stream.cancel()
    expect([source.asked, source.closed]).toEqual([0, 1])
    await expect(trying(begin, stream)).rejects.toThrow('used')
  })

  it('asks for nothing before it is asked, however it is read', async () => {
    const source = new Source(['a', 'b', 'c', 'd'])
    const web = new ByteStream(source).toWeb().getReader()
    await sleep(5)
    expect(source.asked).toBe(0)
    await web.read()
    await sleep(5)
    expect(source.asked).toBe(1)
    await web.cancel()

    const iterated = new Source(['a', 'b'])
    const iterator = new ByteStream(iterated)[Symbol.asyncIterator]()
    await iterator.next()
    await sleep(5)
    expect(iterated.asked).toBe(1)
    await iterator.return()

    const node = new Source(Array<string>(100).fill('piece'))
    const readable = new ByteStream(node).toNode()
    await sleep(5)
    expect(node.asked).toBe(0)
    readable.once('data', () => readable.pause())
    await sleep(10)
    // One that was given, and one that Node asks for before it pauses.
    expect(node.asked).toBeLessThanOrEqual(2)
    readable.destroy()
    await sleep(1)
    expect(node.closed).toBe(1)
  })

  it('is held back by a slow sink of Node', async () => {
    const source = new Source(Array<string>(50).fill('x'.repeat(1000)))
    let written = 0
    let ahead = 0
    const sink = new Writable({
      highWaterMark: 1,
      write(_piece, _encoding, done) {
        ahead = Math.max(ahead, source.asked - written)
        setTimeout(() => {
          written += 1
          done()
        }, 1)
      },
    })
    await pipeline(new ByteStream(source).toNode(), sink)
    expect(written).toBe(50)
    expect(ahead).toBeLessThanOrEqual(4)
    expect(source.closed).toBe(1)
  })

  it('answers several calls of next in order, one fetch at a time', async () => {
    const iterator = new ByteStream(new Source(['a', 'b']))[Symbol.asyncIterator]()
    const answers = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()])
    expect(answers.map(({ value }) => (value === undefined ? 'end' : shown(value)))).toEqual(['a', 'b', 'end', 'end'])
  })

  it('fails where it is read, once, and is closed', async () => {
    const reason = new RangeError('mine')
    for (const [name, begin] of Object.entries({
      iterator: async (stream: ByteStream) => {
        for await (const piece of stream) expect(shown(piece)).toBe('a')
      },
      bytes: (stream: ByteStream) => stream.bytes(),
      web: (stream: ByteStream) => new Response(stream.toWeb()).text(),
      node: async (stream: ByteStream) => {
        for await (const piece of stream.toNode()) expect(shown(piece as Uint8Array)).toBe('a')
      },
    })) {
      const source = new Source(['a', reason, 'b'])
      await expect(begin(new ByteStream(source)), name).rejects.toBe(reason)
      expect(source.closed).toBe(1)
    }
    const iterator = new ByteStream(new Source([reason]))[Symbol.asyncIterator]()
    await expect(iterator.next()).rejects.toBe(reason)
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  it('is closed by who leaves it', async () => {
    const source = new Source(['a', 'b'])
    for await (const piece of new ByteStream(source)) {
      expect(shown(piece)).toBe('a')
      break
    }
    expect(source.closed).toBe(1)
    const piped = new Source(Array<string>(10).fill('a'))
    const failing = new WritableStream<Uint8Array>({
      write() {
        throw new RangeError('sink')
      },
    })
    await expect(new ByteStream(piped).toWeb().pipeTo(failing)).rejects.toThrow('sink')
    expect(piped.closed).toBe(1)
  })

  it('can be left while a piece is waited for, in every way', async () => {
    const ended = { done: true, value: undefined }
    const one = new Source([], true)
    const stream = new ByteStream(one)
    const waiting = stream[Symbol.asyncIterator]().next()
    await sleep(1)
    stream.cancel()
    expect(await waiting).toEqual(ended)

    const two = new Source([], true)
    const iterator = new ByteStream(two)[Symbol.asyncIterator]()
    const next = iterator.next()
    await sleep(1)
    await iterator.return()
    expect(await next).toEqual(ended)

    const three = new Source([], true)
    const reader = new ByteStream(three).toWeb().getReader()
    const read = reader.read()
    await sleep(1)
    await reader.cancel()
    expect((await read).done).toBe(true)

    const four = new Source([], true)
    const readable: Readable = new ByteStream(four).toNode().resume()
    await sleep(1)
    readable.destroy()
    await sleep(1)

    const five = new Source([], true)
    const scoped = new ByteStream(five)
    const last = scoped.bytes()
    await sleep(1)
    await scoped[Symbol.asyncDispose]()
    await expect(last, 'a part must not pass for the whole').rejects.toThrow('used')
    expect([one, two, three, four, five].map(({ closed }) => closed)).toEqual([1, 1, 1, 1, 1])
  })
})
