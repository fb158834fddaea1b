import { readStream, writeStream } from 'ferrule/fs'
import { execFileSync } from 'node:child_process'
import * as node from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, openFiles, scratch, strays } from './fs/scratch.js'

const root = scratch()
let folder = root
let number = 0
const at = (name: string): string => join(folder, name)
const text = (name: string): string => node.readFileSync(at(name), 'utf8')
const content = Buffer.from(Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 256))

beforeEach(() => {
  folder = join(root, `${(number += 1)}`)
  node.mkdirSync(folder)
  node.writeFileSync(at('large'), content)
})
afterEach(async () => {
  expect(strays(folder)).toEqual([])
  await expectRest()
})

async function piecesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces = []
  for await (const piece of stream) pieces.push(piece)
  return pieces
}

describe('readStream', () => {
  it('gives a file in pieces of the size that was asked for', async () => {
    const pieces = await piecesOf(readStream(at('large'), { chunkBytes: 100_000 }))
    expect(pieces.map(({ length }) => length)).toEqual([...Array<number>(10).fill(100_000), 3])
    expect(Buffer.concat(pieces).equals(content)).toBe(true)
  })

  it.each([
    [0, 10],
    [999_990, undefined],
    [5, 5],
    [500_000, 500_001],
    [2_000_000, undefined],
    [0, 9_000_000],
  ])('gives bytes %s to %s', async (start, end) => {
    const bytes = await readStream(at('large'), { start, end, chunkBytes: 65_537 }).bytes()
    expect(Buffer.from(bytes).equals(content.subarray(start, end))).toBe(true)
  })

  it('is a stream of the Web and of Node', async () => {
    const web = await new Response(readStream(at('large')).toWeb()).arrayBuffer()
    expect(Buffer.from(web).equals(content)).toBe(true)
    const pieces = await piecesOf(readStream(at('large')).toNode())
    expect(Buffer.concat(pieces).equals(content)).toBe(true)
    await pipeline(readStream(at('large')).toNode(), node.createWriteStream(at('piped')))
    expect(node.readFileSync(at('piped')).equals(content)).toBe(true)
  })

  it('reads texts and JSON', async () => {
    node.writeFileSync(at('json'), '\ufeff{"ü":[1]}')
    expect(await readStream(at('json')).text()).toBe('{"ü":[1]}')
    expect(await readStream(at('json')).json()).toEqual({ ü: [1] })
  })

  it('opens no file before it is read, and closes it when it is left', async () => {
    const files = openFiles()
    const unread = readStream(at('large'))
    expect(openFiles()).toBe(files)
    unread.cancel()
    for await (const piece of readStream(at('large'), { chunkBytes: 10 })) {
      expect(piece).toHaveLength(10)
      expect(openFiles()).toBe(files + 1)
      break
    }
    const web = readStream(at('large'), { chunkBytes: 10 }).toWeb().getReader()
    await web.read()
    await web.cancel()
    const { promise, resolve } = promiseOf()
    const nodeStream = readStream(at('large'), { chunkBytes: 10 }).toNode()
    nodeStream.once('data', () => nodeStream.destroy())
    nodeStream.once('close', resolve)
    await promise
    await expectRest()
    expect(openFiles()).toBe(files)
  })

  it('reads what was asked for and no more', async () => {
    // A pipe shows what was taken out of it.
    const pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
    const keep = node.openSync(pipe, 'r+')
    node.writeSync(keep, 'x'.repeat(40_000))
    const stream = readStream(pipe, { chunkBytes: 1000 }).toWeb().getReader()
    await stream.read()
    await sleep(30)
    const rest = node.openSync(pipe, node.constants.O_RDONLY | node.constants.O_NONBLOCK)
    expect(node.readSync(rest, Buffer.alloc(65_536))).toBe(39_000)
    await stream.cancel()
    node.closeSync(rest)
    node.closeSync(keep)
  })

  it('that waits for a pipe can be left at any moment', async () => {
    const pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
    const cancelled = readStream(pipe)
    const waiting = cancelled[Symbol.asyncIterator]().next()
    await sleep(10)
    cancelled.cancel()
    expect(await waiting).toEqual({ done: true, value: undefined })
    const web = readStream(pipe).toWeb().getReader()
    const read = web.read()
    await sleep(10)
    await web.cancel()
    expect((await read).done).toBe(true)
    const nodeStream = readStream(pipe).toNode().resume()
    await sleep(10)
    nodeStream.destroy()
    const controller = new AbortController()
    const aborted = readStream(pipe, { signal: controller.signal }).bytes()
    setTimeout(() => controller.abort('enough'), 10)
    await expect(aborted).rejects.toBe('enough')
    expect(await failureOf(readStream(pipe, { timeoutMs: 20 }).bytes())).toMatchObject({ code: 'ERR_TIMEOUT' })
  })

  it('fails where it is read, and is closed then', async () => {
    expect(await failureOf(readStream(at('missing')).bytes())).toMatchObject({
      code: 'ERR_FS_NOT_FOUND',
      operation: 'fs.readStream',
      path: at('missing'),
    })
    expect(await failureOf(readStream(folder).bytes())).toMatchObject({ code: 'ERR_FS_IS_FOLDER' })
    const nodeStream = readStream(at('missing')).toNode()
    await expect(piecesOf(nodeStream)).rejects.toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
    await expect(new Response(readStream(at('missing')).toWeb()).text()).rejects.toMatchObject({
      code: 'ERR_FS_NOT_FOUND',
    })
  })

  it('can be read once', async () => {
    const stream = readStream(at('large'))
    await stream.bytes()
    expect(stream.used).toBe(true)
    for (const again of [() => stream.toWeb(), () => stream.toNode(), () => stream[Symbol.asyncIterator]()]) {
      expect(await failureOf(again)).toMatchObject({ code: 'ERR_STATE', operation: 'fs.readStream' })
    }
    expect(await failureOf(stream.bytes())).toMatchObject({ code: 'ERR_STATE' })
  })

  it('refuses wrong options by their names', async () => {
    for (const [options, argument] of [
      [{ start: -1 }, 'options.start'],
      [{ start: 1.5 }, 'options.start'],
      [{ start: 5, end: 4 }, 'options.end'],
      [{ chunkBytes: 0 }, 'options.chunkBytes'],
      [{ chunkBytes: 1e9 }, 'options.chunkBytes'],
    ] as const) {
      expect((await failureOf(() => readStream(at('large'), options))).details, argument).toMatchObject({ argument })
    }
  })
})

function promiseOf(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((given) => (resolve = given))
  return { promise, resolve }
}

describe('writeStream', () => {
  it('makes the file appear, whole, when it is closed', async () => {
    node.writeFileSync(at('file'), 'old')
    const file = writeStream(at('file'))
    await file.write('one ')
    await file.write(new TextEncoder().encode('two'))
    expect(text('file')).toBe('old')
    expect(file.bytesWritten).toBe(7)
    await file.close()
    await file.close()
    expect(text('file')).toBe('one two')
    await writeStream(at('empty')).close()
    expect(text('empty')).toBe('')
  })

  it('keeps the order of pieces that nobody waits for', async () => {
    const file = writeStream(at('file'))
    const written = Array.from({ length: 100 }, (_, index) => file.write(`${index},`))
    const closed = file.close()
    await Promise.all([...written, closed])
    expect(text('file')).toBe(Array.from({ length: 100 }, (_, index) => `${index},`).join(''))
  })

  it('leaves nothing when it is aborted, disposed or not closed', async () => {
    node.writeFileSync(at('file'), 'old')
    const files = openFiles()
    for (const end of ['abort', 'dispose'] as const) {
      const file = writeStream(at('file'))
      await file.write('half')
      file[end]()
      expect(await failureOf(file.write('more'))).toMatchObject({ code: 'ERR_STATE', details: { state: 'aborted' } })
      expect(await failureOf(file.close())).toMatchObject({ code: 'ERR_STATE' })
    }
    const scoped = writeStream(at('file'))
    await scoped.write('half')
    await scoped[Symbol.asyncDispose]()
    await expectRest()
    expect(openFiles()).toBe(files)
    expect(text('file')).toBe('old')
  })

  it('settles what is in flight when it is aborted', async () => {
    const file = writeStream(at('file'))
    const pieces = Array.from({ length: 20 }, () => file.write(Buffer.alloc(1_000_000)))
    const closing = file.close()
    file.abort()
    const settled = await Promise.allSettled([...pieces, closing])
    expect(settled.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'ERR_STATE' } })
    expect(node.existsSync(at('file'))).toBe(false)
  })

  it('is aborted by a piece that fails or is stopped', async () => {
    node.writeFileSync(at('file'), 'old')
    const file = writeStream(at('file'))
    await file.write('half')
    await expect(file.write('more', { signal: AbortSignal.abort('stop') })).rejects.toBe('stop')
    expect(await failureOf(file.write('more'))).toMatchObject({ code: 'ERR_STATE', details: { state: 'failed' } })
    expect(text('file')).toBe('old')
    const nowhere = writeStream(at('missing/file'))
    expect(await failureOf(nowhere.write('x'))).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
    expect(await failureOf(writeStream(at('missing/file')).close())).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
  })

  it('refuses what is neither text nor bytes, and goes on', async () => {
    const file = writeStream(at('file'))
    expect(await failureOf(file.write(5 as unknown as string))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(await failureOf(file.write('\udc00'))).toMatchObject({ code: 'ERR_INVALID_STRING' })
    await file.write('fine')
    await file.close()
    expect(text('file')).toBe('fine')
  })

  it('is a stream of the Web', async () => {
    await new Blob([content]).stream().pipeTo(writeStream(at('web')).toWeb())
    expect(node.readFileSync(at('web')).equals(content)).toBe(true)
    node.writeFileSync(at('file'), 'old')
    const failing = new ReadableStream({
      start(controller) {
        controller.enqueue('half')
      },
      pull() {
        throw new RangeError('no more')
      },
    })
    await expect(failing.pipeTo(writeStream(at('file')).toWeb())).rejects.toThrow('no more')
    await expectRest()
    expect(text('file')).toBe('old')
  })

  it('is a stream of Node', async () => {
    await pipeline(Readable.from([content.subarray(0, 10), content.subarray(10)]), writeStream(at('node')).toNode())
    expect(node.readFileSync(at('node')).equals(content)).toBe(true)
    const corked = writeStream(at('corked')).toNode()
    for (let index = 0; index < 1000; index += 1) corked.write(`${index} `)
    await new Promise<void>((resolve) => corked.end('end', resolve))
    expect(text('corked')).toBe(`${Array.from({ length: 1000 }, (_, index) => index).join(' ')} end`)
    node.writeFileSync(at('file'), 'old')
    async function* failing(): AsyncGenerator<string> {
      yield 'half'
      await Promise.resolve()
      throw new RangeError('no more')
    }
    await expect(pipeline(failing, writeStream(at('file')).toNode())).rejects.toThrow('no more')
    expect(text('file')).toBe('old')
    await expect(pipeline(Readable.from(['x']), writeStream(at('missing/x')).toNode())).rejects.toMatchObject({
      code: 'ERR_FS_NOT_FOUND',
    })
  })

  it('writes from sources of every kind, one after the other', async () => {
    const file = writeStream(at('file'))
    expect(await file.writeFrom(['a', 'b'])).toBe(2)
    expect(await file.writeFrom(new Blob(['c']))).toBe(1)
    expect(await file.writeFrom(readStream(at('large')))).toBe(content.length)
    expect(await file.writeFrom('d')).toBe(1)
    await file.close()
    expect(Buffer.concat([Buffer.from('abc'), content, Buffer.from('d')]).equals(node.readFileSync(at('file')))).toBe(
      true,
    )
  })

  it('takes many small pieces without a crossing for each', async () => {
    function* small(): Generator<string> {
      for (let index = 0; index < 50_000; index += 1) yield 'tiny\n'
    }
    const file = writeStream(at('small'))
    expect(await file.writeFrom(small())).toBe(250_000)
    await file.close()
    expect(text('small')).toBe('tiny\n'.repeat(50_000))
  })

  it('writes in place when it is not to be atomic', async () => {
    node.writeFileSync(at('file'), 'old content')
    const file = writeStream(at('file'), { atomic: false })
    await file.write('new')
    expect(text('file')).toBe('new')
    file.abort()
    expect(text('file')).toBe('new')
  })
})
