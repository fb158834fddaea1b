import { append, appendSync, read, readStream, write, writeSync } from 'ferrule/fs'
import { execFileSync } from 'node:child_process'
import * as node from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, openFiles, scratch, strays } from './fs/scratch.js'

const root = scratch()
// Read once, before anything runs beside it.
const umask = Number.parseInt(execFileSync('sh', ['-c', 'umask']).toString(), 8)
let folder = root
let number = 0
const at = (name: string): string => join(folder, name)
const text = (name: string): string => node.readFileSync(at(name), 'utf8')
const modeOf = (name: string): number => node.statSync(at(name)).mode & 0o7777

beforeEach(() => {
  folder = join(root, `${(number += 1)}`)
  node.mkdirSync(folder)
})
afterEach(async () => {
  expect(strays(folder)).toEqual([])
  await expectRest()
})

describe('write', () => {
  it('writes texts, bytes and buffers, and replaces what is there', async () => {
    await write(at('file'), 'größer')
    expect(text('file')).toBe('größer')
    await write(at('file'), Uint8Array.of(1, 2, 3))
    expect([...(await read(at('file')))]).toEqual([1, 2, 3])
    await write(at('file'), new Uint8Array([65, 66]).buffer)
    expect(text('file')).toBe('AB')
    writeSync(at('file'), 'sync')
    expect(text('file')).toBe('sync')
    await write(at('file'), '')
    expect(text('file')).toBe('')
  })

  it('writes megabytes', async () => {
    const bytes = Buffer.alloc(5_000_001, 'abc')
    await write(at('large'), bytes)
    expect(Buffer.compare(node.readFileSync(at('large')), bytes)).toBe(0)
  })

  it('takes what gives bytes in pieces', async () => {
    async function* generated(): AsyncGenerator<string | Uint8Array> {
      yield 'one, '
      await Promise.resolve()
      yield new TextEncoder().encode('two, ')
      yield 'three'
    }
    const sources = [
      generated(),
      new Blob(['one, two, ', 'three']),
      new Blob(['one, two, three']).stream(),
      Readable.from(['one, ', 'two, ', 'three']),
      ['one, ', 'two, ', 'three'],
    ]
    for (const source of sources) {
      await write(at('pieces'), source)
      expect(text('pieces')).toBe('one, two, three')
    }
    await write(at('copy'), readStream(at('pieces')))
    expect(text('copy')).toBe('one, two, three')
  })

  it('keeps the old file when a source fails, and tells the source', async () => {
    node.writeFileSync(at('file'), 'old')
    let ended = false
    async function* failing(): AsyncGenerator<string> {
      try {
        yield 'x'.repeat(200_000)
        await Promise.resolve()
        throw new RangeError('no more')
      } finally {
        ended = true
      }
    }
    await expect(write(at('file'), failing())).rejects.toThrow('no more')
    expect(text('file')).toBe('old')
    expect(ended).toBe(true)
    const error = await failureOf(write(at('file'), [1, 2] as unknown as string[]))
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', operation: 'fs.write' })
    expect(text('file')).toBe('old')
  })

  it('stops while a source says nothing, and destroys it', async () => {
    node.writeFileSync(at('file'), 'old')
    const silent = new Readable({ read: () => undefined })
    expect(await failureOf(write(at('file'), silent, { timeoutMs: 30 }))).toMatchObject({ code: 'ERR_TIMEOUT' })
    expect(silent.destroyed).toBe(true)
    let cancelled: unknown
    const web = new ReadableStream<Uint8Array>({ cancel: (reason) => void (cancelled = reason ?? 'cancelled') })
    const controller = new AbortController()
    setTimeout(() => controller.abort('mine'), 20)
    await expect(write(at('file'), web, { signal: controller.signal })).rejects.toBe('mine')
    expect(cancelled).toBe('cancelled')
    expect(text('file')).toBe('old')
  })

  it('is another file in its place, unless it is not to be atomic', async () => {
    node.writeFileSync(at('file'), 'old')
    node.linkSync(at('file'), at('other name'))
    await write(at('file'), 'in place', { atomic: false })
    expect(text('other name')).toBe('in place')
    await write(at('file'), 'new')
    expect(text('file')).toBe('new')
    expect(text('other name')).toBe('in place')
  })

  it('keeps the mode and the owner of the old file, and gives a new one what was asked for', async () => {
    node.writeFileSync(at('file'), 'old', { mode: 0o640 })
    node.chmodSync(at('file'), 0o4751)
    if (process.getuid?.() === 0) node.chownSync(at('file'), 1234, 4321)
    node.chmodSync(at('file'), 0o4751)
    await write(at('file'), 'new')
    expect(modeOf('file')).toBe(0o4751)
    if (process.getuid?.() === 0) expect(node.statSync(at('file'))).toMatchObject({ uid: 1234, gid: 4321 })
    await write(at('file'), 'new', { mode: 0o600 })
    expect(modeOf('file')).toBe(0o600)
    for (const atomic of [true, false]) {
      await write(at(`secret-${String(atomic)}`), 'x', { mode: 0o604, atomic })
      expect(modeOf(`secret-${String(atomic)}`)).toBe(0o604)
      await write(at(`plain-${String(atomic)}`), 'x', { atomic })
      expect(modeOf(`plain-${String(atomic)}`)).toBe(0o666 & ~umask)
    }
  })

  it('follows links to what they lead to, also when nothing is there yet', async () => {
    node.mkdirSync(at('deep'))
    node.writeFileSync(at('deep/real'), 'old')
    node.symlinkSync('deep/real', at('link'))
    node.symlinkSync('link', at('link to link'))
    await write(at('link to link'), 'new')
    expect(text('deep/real')).toBe('new')
    expect(node.lstatSync(at('link')).isSymbolicLink()).toBe(true)
    node.symlinkSync('deep/new', at('dangling'))
    await write(at('dangling'), 'made')
    expect(text('deep/new')).toBe('made')
    expect(strays(at('deep'))).toEqual([])
    node.symlinkSync('circle', at('circle'))
    expect(await failureOf(write(at('circle'), 'x'))).toMatchObject({ code: 'ERR_FS_LOOP', errno: 'ELOOP' })
  })

  it('makes folders when it is asked to', async () => {
    expect(await failureOf(write(at('a/b/c'), 'x'))).toMatchObject({ code: 'ERR_FS_NOT_FOUND', errno: 'ENOENT' })
    await write(at('a/b/c'), 'x', { createFolders: true })
    expect(text('a/b/c')).toBe('x')
    await append(at('a/d/e'), 'y', { createFolders: true })
    expect(text('a/d/e')).toBe('y')
  })

  it.each([true, false])('leaves what is there when it must not be replaced (atomic: %s)', async (atomic) => {
    await write(at('file'), 'first', { overwrite: false, atomic })
    const error = await failureOf(write(at('file'), 'second', { overwrite: false, atomic }))
    expect(error).toMatchObject({ code: 'ERR_FS_EXISTS', errno: 'EEXIST', path: at('file') })
    expect(text('file')).toBe('first')
  })

  it('lets exactly one of many writers make a new file', async () => {
    const writers = Array.from({ length: 20 }, (_, index) => write(at('one'), `${index}`, { overwrite: false }))
    const settled = await Promise.allSettled(writers)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it.each(['none', 'file', 'folder'] as const)('writes with fsync %s', async (fsync) => {
    await write(at('file'), 'x', { fsync })
    await write(at('file'), 'y', { fsync })
    await append(at('file'), 'z', { fsync })
    expect(text('file')).toBe('yz')
  })

  it('refuses a folder', async () => {
    for (const atomic of [true, false]) {
      expect(await failureOf(write(folder, 'x', { atomic }))).toMatchObject({
        code: 'ERR_FS_IS_FOLDER',
        errno: 'EISDIR',
      })
    }
    expect(await failureOf(append(folder, 'x'))).toMatchObject({ code: 'ERR_FS_IS_FOLDER' })
    expect(await failureOf(write('/', 'x'))).toMatchObject({ code: 'ERR_FS_IS_FOLDER' })
  })

  it('writes into pipes and devices where they are', async () => {
    await write('/dev/null', 'gone')
    expect(node.statSync('/dev/null').isCharacterDevice()).toBe(true)
    const pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
    const reading = read(pipe)
    await write(pipe, 'x'.repeat(300_000))
    expect(await reading).toHaveLength(300_000)
    expect(node.statSync(pipe).isFIFO()).toBe(true)
    expect(await failureOf(write(pipe, 'x', { timeoutMs: 30 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    expect(await failureOf(write('/dev/full', 'x'))).toMatchObject({ code: 'ERR_FS_NO_SPACE', errno: 'ENOSPC' })
  })

  it('refuses half a surrogate pair before anything is touched', async () => {
    node.writeFileSync(at('file'), 'old')
    for (const work of [write(at('file'), 'a\ud800'), append(at('file'), 'a\ud800')]) {
      expect(await failureOf(work)).toMatchObject({ code: 'ERR_INVALID_STRING', details: { argument: 'data' } })
    }
    expect(text('file')).toBe('old')
  })

  it('refuses wrong options by their names', async () => {
    const wrong: [object, string][] = [
      [{ atomic: 1 }, 'options.atomic'],
      [{ mode: -1 }, 'options.mode'],
      [{ mode: '600' }, 'options.mode'],
      [{ fsync: true }, 'options.fsync'],
      [{ fsync: 'disk' }, 'options.fsync'],
      [{ createFolders: 'yes' }, 'options.createFolders'],
    ]
    for (const [options, argument] of wrong) {
      const error = await failureOf(write(at('file'), 'x', options))
      expect(error.details, argument).toMatchObject({ argument })
      expect(error.operation).toBe('fs.write')
    }
    expect(await failureOf(write(at('file'), 5 as unknown as string))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(await failureOf(write(at('file'), 'x', 5 as unknown as object))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
    })
    expect(node.existsSync(at('file'))).toBe(false)
  })

  it('of many writers at once leaves the whole of one', async () => {
    const contents = Array.from({ length: 24 }, (_, index) => String.fromCharCode(97 + index).repeat(100_000))
    await Promise.all(contents.map((content) => write(at('contended'), content)))
    expect(contents).toContain(text('contended'))
    writeSync(at('contended'), 'sync')
    expect(text('contended')).toBe('sync')
  })

  it('leaves no file open, whether it succeeds or fails', async () => {
    await write(at('file'), 'x')
    const before = openFiles()
    for (let round = 0; round < 30; round += 1) {
      await write(at('file'), 'y')
      await write(at('file'), 'y', { fsync: 'folder' })
      await failureOf(write(at('missing/file'), 'y'))
      await failureOf(write(at('file'), 'y', { overwrite: false }))
    }
    expect(openFiles()).toBe(before)
  })
})

describe('append', () => {
  it('adds texts, bytes and pieces, and makes the file', async () => {
    await append(at('log'), 'one\n')
    await append(at('log'), new TextEncoder().encode('two\n'))
    await append(at('log'), ['three\n', 'four\n'])
    appendSync(at('log'), 'five\n')
    appendSync(at('log'), Uint8Array.of(46))
    expect(text('log')).toBe('one\ntwo\nthree\nfour\nfive\n.')
  })

  it('gives a new file its mode, and leaves that of an old one', async () => {
    await append(at('log'), 'x', { mode: 0o600 })
    expect(modeOf('log')).toBe(0o600)
    await append(at('log'), 'x', { mode: 0o644 })
    expect(modeOf('log')).toBe(0o600)
  })

  it('of many at once loses none', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, index) => append(at('log'), `${index}\n`)))
    const lines = text('log').trimEnd().split('\n').map(Number)
    expect(lines.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index))
  })
})
