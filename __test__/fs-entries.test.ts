import * as fs from 'ferrule/fs'
import { execFileSync } from 'node:child_process'
import * as node from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, openFiles, scratch } from './fs/scratch.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)

afterEach(expectRest)

describe('stat', () => {
  it('says what the system says', async () => {
    node.writeFileSync(at('file'), '12345', { mode: 0o640 })
    const real = node.statSync(at('file'), { bigint: true })
    const stat = await fs.stat(at('file'), { bigint: true })
    expect(stat).toEqual({
      kind: 'file',
      size: 5,
      mode: Number(real.mode) & 0o7777,
      links: 1,
      uid: Number(real.uid),
      gid: Number(real.gid),
      mtimeMs: Number(real.mtimeNs) / 1e6,
      atimeMs: Number(real.atimeNs) / 1e6,
      ctimeMs: Number(real.ctimeNs) / 1e6,
      birthtimeMs: Number(real.birthtimeNs) / 1e6,
      device: real.dev,
      inode: real.ino,
      mtimeNs: real.mtimeNs,
      atimeNs: real.atimeNs,
      ctimeNs: real.ctimeNs,
      birthtimeNs: real.birthtimeNs,
    })
    expect(await fs.stat(at('file'))).not.toHaveProperty('inode')
    expect(fs.statSync(at('file'), { bigint: true })).toEqual(stat)
  })

  it('follows links, and lstat does not', async () => {
    node.symlinkSync('file', at('link'))
    expect((await fs.stat(at('link'))).kind).toBe('file')
    expect((await fs.lstat(at('link'))).kind).toBe('link')
    expect(fs.lstatSync(at('link')).kind).toBe('link')
    node.symlinkSync('nowhere', at('dangling'))
    expect(await failureOf(fs.stat(at('dangling')))).toMatchObject({ code: 'ERR_FS_NOT_FOUND', operation: 'fs.stat' })
    expect((await fs.lstat(at('dangling'))).kind).toBe('link')
  })

  it('tells folders and what is neither', async () => {
    execFileSync('mkfifo', [at('pipe')])
    expect((await fs.stat(folder)).kind).toBe('folder')
    expect((await fs.stat(at('pipe'))).kind).toBe('other')
    expect((await fs.stat('/dev/null')).kind).toBe('other')
  })

  it('tells times before 1970', async () => {
    node.utimesSync(at('file'), new Date(-1500), new Date(-1500))
    expect((await fs.stat(at('file'), { bigint: true })).mtimeNs).toBe(-1_500_000_000n)
  })
})

describe('exists', () => {
  it('is about the entry itself', async () => {
    expect(await fs.exists(at('file'))).toBe(true)
    expect(await fs.exists(at('dangling'))).toBe(true)
    expect(await fs.exists(at('nothing'))).toBe(false)
    expect(await fs.exists(at('file/below'))).toBe(false)
    expect(fs.existsSync(at('file'))).toBe(true)
    expect(fs.existsSync(at('nothing'))).toBe(false)
  })
})

describe('makeFolder', () => {
  it('makes one, or all that are missing', async () => {
    await fs.makeFolder(at('one'))
    expect(await failureOf(fs.makeFolder(at('one')))).toMatchObject({ code: 'ERR_FS_EXISTS', errno: 'EEXIST' })
    expect(await failureOf(fs.makeFolder(at('a/b/c')))).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
    await fs.makeFolder(at('a/b/c'), { recursive: true })
    await fs.makeFolder(at('a/b/c'), { recursive: true })
    expect(await failureOf(fs.makeFolder(at('file/x'), { recursive: true }))).toMatchObject({
      code: 'ERR_FS_NOT_FOLDER',
    })
    fs.makeFolderSync(at('private'), { mode: 0o700 })
    expect(node.statSync(at('private')).mode & 0o777).toBe(0o700)
  })
})

describe('temporaryFolder', () => {
  it('makes folders of their own and removes them with all that is in them', async () => {
    const first = await fs.temporaryFolder({ folder, prefix: 'mine-' })
    const second = fs.temporaryFolderSync({ folder, prefix: 'mine-' })
    expect(first.path).not.toBe(second.path)
    expect(first.path.startsWith(at('mine-'))).toBe(true)
    expect(node.statSync(first.path).mode & 0o777).toBe(0o700)
    await fs.write(join(first.path, 'a/b'), 'x', { createFolders: true })
    await first[Symbol.asyncDispose]()
    await first.remove()
    second[Symbol.dispose]()
    expect(node.readdirSync(folder).filter((name) => name.startsWith('mine-'))).toEqual([])
    const elsewhere = await fs.temporaryFolder()
    expect(node.existsSync(elsewhere.path)).toBe(true)
    await elsewhere.remove()
  })

  it('refuses a prefix that would lead elsewhere', async () => {
    for (const prefix of ['../x', '/x', 'a/b', 'a\0']) {
      expect(await failureOf(fs.temporaryFolder({ folder, prefix })), prefix).toMatchObject({
        code: 'ERR_FS_INVALID_PATH',
      })
    }
  })
})

describe('remove', () => {
  it('removes files, links and empty folders', async () => {
    node.writeFileSync(at('target'), 'x')
    node.symlinkSync('target', at('to target'))
    node.mkdirSync(at('empty'))
    await fs.remove(at('to target'))
    expect(node.existsSync(at('target'))).toBe(true)
    await fs.remove(at('target'))
    fs.removeSync(at('empty'))
    for (const name of ['to target', 'target', 'empty']) expect(node.existsSync(at(name))).toBe(false)
  })

  it('says what is missing, unless that is fine', async () => {
    expect(await failureOf(fs.remove(at('missing')))).toMatchObject({ code: 'ERR_FS_NOT_FOUND', errno: 'ENOENT' })
    await fs.remove(at('missing'), { missingOk: true })
    fs.removeSync(at('missing'), { missingOk: true, recursive: true })
  })

  it('removes a folder with something in it only when it is asked to', async () => {
    node.mkdirSync(at('full/of/things'), { recursive: true })
    node.writeFileSync(at('full/of/things/x'), '')
    const error = await failureOf(fs.remove(at('full')))
    expect(error).toMatchObject({ code: 'ERR_FS_NOT_EMPTY', errno: 'ENOTEMPTY' })
    expect(error.message).toContain('recursive: true')
    await fs.remove(at('full'), { recursive: true })
    expect(node.existsSync(at('full'))).toBe(false)
  })

  it('does not follow links out of the folder', async () => {
    node.mkdirSync(at('outside'))
    node.writeFileSync(at('outside/kept'), 'x')
    node.mkdirSync(at('inside'))
    node.symlinkSync('../outside', at('inside/link'))
    node.symlinkSync(folder, at('inside/absolute'))
    await fs.remove(at('inside'), { recursive: true })
    expect(node.existsSync(at('outside/kept'))).toBe(true)
    node.symlinkSync('outside', at('link to folder'))
    await fs.remove(at('link to folder'), { recursive: true })
    expect(node.existsSync(at('outside/kept'))).toBe(true)
  })

  it('removes what is deeper than a path may be long, with few files open', async () => {
    const name = 'x'.repeat(200)
    // Built by moving into the deep what was built before: no call sees the whole path.
    let inner = at('seed')
    node.mkdirSync(inner)
    node.writeFileSync(join(inner, 'file'), 'x')
    for (let depth = 0; depth < 60; depth += 1) {
      const outer = at(`level-${depth}`)
      node.mkdirSync(outer)
      node.renameSync(inner, join(outer, name))
      inner = outer
    }
    const before = openFiles()
    await fs.remove(inner, { recursive: true })
    expect(node.existsSync(inner)).toBe(false)
    expect(openFiles()).toBe(before)
  })

  it('removes wide folders, and stops in the middle when it is told to', async () => {
    const wide = at('wide')
    node.mkdirSync(wide)
    for (let index = 0; index < 3000; index += 1) node.writeFileSync(join(wide, `${index}`), '')
    await expect(fs.remove(wide, { recursive: true, signal: AbortSignal.abort('no') })).rejects.toBe('no')
    expect(node.readdirSync(wide)).toHaveLength(3000)
    await fs.remove(wide, { recursive: true })
    expect(node.existsSync(wide)).toBe(false)
  })
})

describe('hashFile', () => {
  it.each(['sha256', 'sha384', 'sha512', 'sha1', 'md5'] as const)('gives the %s that Node gives', async (algorithm) => {
    const { createHash } = await import('node:crypto')
    for (const size of [0, 1, 1_048_576, 3_000_001]) {
      const bytes = Buffer.alloc(size, 'hash me')
      node.writeFileSync(at('hashed'), bytes)
      const expected = createHash(algorithm).update(bytes).digest('hex')
      expect(Buffer.from(await fs.hashFile(at('hashed'), algorithm)).toString('hex')).toBe(expected)
      expect(Buffer.from(fs.hashFileSync(at('hashed'), algorithm)).toString('hex')).toBe(expected)
    }
  })

  it('gives the blake3 of the published test vectors', async () => {
    const digest = async (bytes: Uint8Array): Promise<string> => {
      node.writeFileSync(at('hashed'), bytes)
      return Buffer.from(await fs.hashFile(at('hashed'), 'blake3')).toString('hex')
    }
    expect(await digest(new Uint8Array())).toBe('af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262')
    expect(await digest(Uint8Array.of(0))).toBe('2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213')
  })

  it('stops at its deadline, and refuses what it does not know', async () => {
    expect(await failureOf(fs.hashFile('/dev/zero', 'sha256', { timeoutMs: 30 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    expect(await failureOf(fs.hashFile(at('hashed'), 'crc' as 'md5'))).toMatchObject({
      code: 'ERR_OUT_OF_RANGE',
      details: { argument: 'algorithm' },
    })
    expect(await failureOf(fs.hashFile(folder, 'sha256'))).toMatchObject({ code: 'ERR_FS_IS_FOLDER' })
  })
})
