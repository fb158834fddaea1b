import {
  read,
  readMany,
  readManySync,
  readManyText,
  readManyTextSync,
  readSync,
  readText,
  readTextSync,
} from 'ferrule/fs'
import { FsError } from 'ferrule/fs'
import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, openFiles, scratch } from './fs/scratch.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content)
  return at(name)
}

afterEach(expectRest)

describe('read', () => {
  const sizes = [0, 1, 31, 32, 33, 16_383, 16_384, 65_536, 1_048_575, 1_048_576, 1_048_577, 5_000_000]

  it.each(sizes)('gives all of %i bytes', async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251)
    const path = put(`size-${size}`, bytes)
    expect(Buffer.compare(await read(path), bytes)).toBe(0)
    expect(Buffer.compare(readSync(path), bytes)).toBe(0)
  })

  it('takes paths as text, file: URLs and bytes', async () => {
    const path = put('ü.txt', 'here')
    for (const way of [path, pathToFileURL(path), new TextEncoder().encode(path)]) {
      expect(await readText(way)).toBe('here')
    }
  })

  it('gives files of /proc, which say that they are empty', async () => {
    expect(Buffer.from(await read('/proc/self/status')).toString()).toMatch(/^Name:/)
    expect(readTextSync('/proc/version')).toBe(readFileSync('/proc/version', 'utf8'))
  })

  it('waits for what writes into a pipe', async () => {
    const pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
    const reading = readText(pipe)
    const writer = createWriteStream(pipe)
    writer.write('one ')
    setTimeout(() => writer.end('two'), 60)
    expect(await reading).toBe('one two')
  })

  it('of a pipe that nobody writes into ends at its deadline, and by its signal', async () => {
    const pipe = at('silent')
    execFileSync('mkfifo', [pipe])
    expect(await failureOf(read(pipe, { timeoutMs: 40 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    expect(await failureOf(() => readSync(pipe, { timeoutMs: 40 }))).toMatchObject({ code: 'ERR_TIMEOUT' })
    const controller = new AbortController()
    const reading = read(pipe, { signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 20)
    await expect(reading).rejects.toBe('enough')
  })

  it('of what has no end ends at its deadline, or at its limit', async () => {
    expect(await failureOf(read('/dev/zero', { timeoutMs: 20 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    expect(await failureOf(read('/dev/zero', { maxBytes: 3_000_000 }))).toMatchObject({
      code: 'ERR_FS_TOO_LARGE',
      details: { limit: 3_000_000, path: '/dev/zero' },
    })
  })

  it('refuses more than maxBytes and takes as much', async () => {
    const path = put('ten', '0123456789')
    expect(await read(path, { maxBytes: 10 })).toHaveLength(10)
    expect(await failureOf(read(path, { maxBytes: 9 }))).toMatchObject({ code: 'ERR_FS_TOO_LARGE' })
  })

  it('refuses a folder, and a path through a file', async () => {
    expect(await failureOf(read(folder))).toMatchObject({ code: 'ERR_FS_IS_FOLDER', errno: 'EISDIR', path: folder })
    const through = join(put('file', ''), 'below')
    expect(await failureOf(read(through))).toMatchObject({ code: 'ERR_FS_NOT_FOLDER', errno: 'ENOTDIR' })
  })

  it('says what is missing, where, and in whose words', async () => {
    const error = await failureOf(read(at('missing')))
    expect(error.message).toBe(`fs.read: cannot open "${at('missing')}": no such file or directory (ENOENT)`)
    expect(error).toMatchObject({
      code: 'ERR_FS_NOT_FOUND',
      operation: 'fs.read',
      details: { path: at('missing'), errno: 'ENOENT', step: 'open' },
    })
    expect((await failureOf(() => readSync(at('missing')))).operation).toBe('fs.readSync')
  })

  it('leaves no file open', async () => {
    await read(put('fd', 'x'))
    const before = openFiles()
    for (let round = 0; round < 50; round += 1) {
      await read(at('fd'))
      await failureOf(read(folder))
      await failureOf(read(at('missing')))
    }
    expect(openFiles()).toBe(before)
  })
})

describe('readText', () => {
  it('names the first byte that is no UTF-8', async () => {
    const path = put('latin1', Buffer.from('straße', 'latin1'))
    const error = await failureOf(readText(path))
    expect(error).toMatchObject({ code: 'ERR_FS_INVALID_UTF8', details: { path, offset: 4 } })
    expect(error.message).toContain('at byte 4')
    expect(await failureOf(() => readTextSync(path))).toMatchObject({ details: { offset: 4 } })
  })

  it('counts from the start of the file, byte order mark included', async () => {
    const path = put('bom-bad', Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]))
    expect(await failureOf(readText(path))).toMatchObject({ details: { offset: 4 } })
  })

  it.each([
    ['a surrogate', [0xed, 0xa0, 0x80], 0],
    ['an overlong form', [0x61, 0xc0, 0xaf], 1],
    ['a cut character', [0x61, 0x62, 0xe2, 0x82], 2],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 0],
  ])('refuses %s', async (_, bytes, offset) => {
    const path = put('bad', Uint8Array.from(bytes))
    expect(await failureOf(readText(path))).toMatchObject({ code: 'ERR_FS_INVALID_UTF8', details: { offset } })
  })

  it('strips a byte order mark, or keeps it', async () => {
    const path = put('bom', '\ufeffa\ufeff')
    expect(await readText(path)).toBe('a\ufeff')
    expect(await readText(path, { bom: 'keep' })).toBe('\ufeffa\ufeff')
    expect(readTextSync(path)).toBe('a\ufeff')
    expect(await failureOf(readText(path, { bom: 'no' as 'keep' }))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
  })
})

describe('readMany', () => {
  const count = 1000
  const content = (index: number): string => `${index} `.repeat(index % 97)
  mkdirSync(at('many'))
  const paths = Array.from({ length: count }, (_, index) => put(`many/${index}`, content(index)))

  it('gives the bytes of each, in order', async () => {
    const all = await readMany(paths)
    expect(all.map((bytes) => Buffer.from(bytes).toString())).toEqual(paths.map((_, index) => content(index)))
    expect(readManySync(paths.slice(0, 50)).map((bytes) => bytes.length)).toEqual(
      paths.slice(0, 50).map((_, index) => content(index).length),
    )
  })

  it('gives texts', async () => {
    expect(await readManyText(paths)).toEqual(paths.map((_, index) => content(index)))
    expect(readManyTextSync(paths.slice(0, 9))).toEqual(paths.slice(0, 9).map((_, index) => content(index)))
    const marked = put('marked', '\ufeffü')
    expect(await readManyText([marked, marked])).toEqual(['ü', 'ü'])
    expect(await readManyText([marked], { bom: 'keep' })).toEqual(['\ufeffü'])
  })

  it.each([1, 2, 7, 64])('gives the same with a concurrency of %i', async (concurrency) => {
    expect(await readManyText(paths, { concurrency })).toEqual(paths.map((_, index) => content(index)))
  })

  it('gives large files, empty ones, those of /proc and of no files', async () => {
    const large = put('large', Buffer.alloc(3_000_000, 'l'))
    const [first, empty, proc, again] = await readMany([large, put('empty', ''), '/proc/version', large])
    expect(first).toHaveLength(3_000_000)
    expect(first?.every((byte) => byte === 108)).toBe(true)
    expect(empty).toHaveLength(0)
    expect(Buffer.from(proc ?? []).toString()).toBe(readFileSync('/proc/version', 'utf8'))
    expect(again).toEqual(first)
    expect(await readMany([])).toEqual([])
  })

  it('fails with the first that cannot be read', async () => {
    const some = [...paths.slice(0, 500), at('gone'), ...paths.slice(500), at('gone too')]
    const error = await failureOf(readMany(some))
    expect(error).toMatchObject({ code: 'ERR_FS_NOT_FOUND', path: at('gone'), operation: 'fs.readMany' })
    expect(await failureOf(() => readManySync(some))).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
  })

  it('collects errors where they are wanted', async () => {
    const bad = put('bad-text', Uint8Array.of(0x61, 0xff))
    const mixed = [paths[3] ?? '', at('gone'), folder, bad, paths[4] ?? '']
    const results = await readManyText(mixed, { onError: 'collect' })
    expect(results[0]).toBe(content(3))
    expect(results[4]).toBe(content(4))
    expect(results[1]).toBeInstanceOf(FsError)
    expect(results[1]).toMatchObject({ code: 'ERR_FS_NOT_FOUND', errno: 'ENOENT', path: at('gone') })
    expect(results[2]).toMatchObject({ code: 'ERR_FS_IS_FOLDER', operation: 'fs.readManyText' })
    expect(results[3]).toMatchObject({ code: 'ERR_FS_INVALID_UTF8', path: bad })
  })

  it('stops by its signal and at its deadline, with a pipe among the files', async () => {
    const pipe = at('many-pipe')
    execFileSync('mkfifo', [pipe])
    const some = [...paths.slice(0, 100), pipe]
    expect(await failureOf(readMany(some, { timeoutMs: 50 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    await expect(readMany(paths, { signal: AbortSignal.abort('early') })).rejects.toBe('early')
  })

  it('refuses what are no paths, before anything is read', async () => {
    expect(await failureOf(readMany('x' as unknown as string[]))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(await failureOf(readMany([paths[0] ?? '', 7 as unknown as string]))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
      details: { argument: 'paths[1]' },
    })
    expect(await failureOf(readMany(paths, { concurrency: 0 }))).toMatchObject({ code: 'ERR_OUT_OF_RANGE' })
  })
})
