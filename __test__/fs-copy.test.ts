import { copy, copySync, move, moveSync } from 'ferrule/fs'
import { execFileSync } from 'node:child_process'
import * as node from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, openFiles, scratch, strays } from './fs/scratch.js'

const root = scratch()
/** On another device than the others, where there is one. */
const elsewhere = scratch('/dev/shm')
const crossesDevices = node.statSync(root).dev !== node.statSync(elsewhere).dev
let folder = root
let number = 0
const at = (name: string): string => join(folder, name)
const text = (name: string): string => node.readFileSync(at(name), 'utf8')
const put = (name: string, content = name): string => {
  node.mkdirSync(dirname(at(name)), { recursive: true })
  node.writeFileSync(at(name), content)
  return at(name)
}

/** A folder of every sort of thing. */
function tree(name: string): string {
  put(`${name}/file`, 'file')
  put(`${name}/deep/er/file`, 'deeper')
  node.mkdirSync(at(`${name}/empty`))
  node.symlinkSync('file', at(`${name}/link`))
  node.symlinkSync('nowhere', at(`${name}/dangling`))
  node.symlinkSync('deep', at(`${name}/to folder`))
  node.chmodSync(at(`${name}/file`), 0o751)
  node.chmodSync(at(`${name}/deep`), 0o700)
  node.utimesSync(at(`${name}/deep/er/file`), 1_000_000, 2_000_000)
  return at(name)
}

/** What a tree holds, in a form that can be compared. */
function shape(path: string): unknown {
  const stat = node.lstatSync(path)
  if (stat.isSymbolicLink()) return `link to ${node.readlinkSync(path)}`
  if (!stat.isDirectory()) return `${(stat.mode & 0o7777).toString(8)} ${node.readFileSync(path, 'utf8')}`
  const names = node.readdirSync(path).sort()
  return [(stat.mode & 0o7777).toString(8), ...names.map((name) => [name, shape(join(path, name))])]
}

beforeEach(() => {
  folder = join(root, `${(number += 1)}`)
  node.mkdirSync(folder)
})
afterEach(async () => {
  expect(strays(folder)).toEqual([])
  expect(strays(elsewhere)).toEqual([])
  await expectRest()
})

describe('copy', () => {
  it.each([0, 1, 65_537, 9_000_001])('copies a file of %i bytes with its mode', async (size) => {
    const bytes = Buffer.alloc(size, 'copied ')
    node.writeFileSync(at('from'), bytes, { mode: 0o640 })
    expect(await copy(at('from'), at('to'))).toBe(1)
    expect(Buffer.compare(node.readFileSync(at('to')), bytes)).toBe(0)
    expect(node.statSync(at('to')).mode & 0o7777).toBe(0o640)
    expect(copySync(at('from'), join(elsewhere, 'to'))).toBe(1)
    expect(Buffer.compare(node.readFileSync(join(elsewhere, 'to')), bytes)).toBe(0)
  })

  it('copies files that do not tell their size', async () => {
    await copy('/proc/version', at('version'))
    expect(text('version')).toBe(node.readFileSync('/proc/version', 'utf8'))
  })

  it('keeps times when it is asked to', async () => {
    put('from')
    node.utimesSync(at('from'), 1000, 2000)
    await copy(at('from'), at('kept'), { keepTimes: true })
    await copy(at('from'), at('new'))
    expect(node.statSync(at('kept')).mtimeMs).toBe(2_000_000)
    expect(node.statSync(at('new')).mtimeMs).toBeGreaterThan(2_000_000)
  })

  it('replaces, skips or refuses what is there', async () => {
    put('from', 'new')
    put('to', 'old')
    expect(await failureOf(copy(at('from'), at('to'), { existing: 'error' }))).toMatchObject({
      code: 'ERR_FS_EXISTS',
      details: { path: at('from'), destination: at('to'), errno: 'EEXIST' },
    })
    expect(await copy(at('from'), at('to'), { existing: 'skip' })).toBe(0)
    expect(text('to')).toBe('old')
    expect(await copy(at('from'), at('to'))).toBe(1)
    expect(text('to')).toBe('new')
  })

  it('copies a tree as it is', async () => {
    const from = tree('from')
    expect(await copy(from, at('to'), { recursive: true, keepTimes: true })).toBe(5)
    expect(shape(at('to'))).toEqual(shape(from))
    expect(node.statSync(at('to/deep/er/file')).mtimeMs).toBe(2_000_000_000)
    await copy(from, join(elsewhere, 'tree'), { recursive: true })
    expect(shape(join(elsewhere, 'tree'))).toEqual(shape(from))
  })

  it('copies a tree into one that is there', async () => {
    const from = tree('from')
    put('to/file', 'old')
    put('to/own', 'own')
    expect(await copy(from, at('to'), { recursive: true, existing: 'skip' })).toBe(4)
    expect([text('to/file'), text('to/own'), text('to/deep/er/file')]).toEqual(['old', 'own', 'deeper'])
    expect(await copy(from, at('to'), { recursive: true })).toBe(5)
    expect(text('to/file')).toBe('file')
  })

  it('refuses a folder that was not to be copied, and one into itself', async () => {
    tree('from')
    expect(await failureOf(copy(at('from'), at('to')))).toMatchObject({ code: 'ERR_FS_IS_FOLDER' })
    for (const to of ['from', 'from/deep', 'from/new', 'from/new/newer', 'from/to folder/x']) {
      expect(await failureOf(copy(at('from'), at(to), { recursive: true })), to).toMatchObject({ code: 'ERR_FS_LOOP' })
    }
    node.symlinkSync('from', at('around'))
    expect(await failureOf(copy(at('from'), at('around/x'), { recursive: true }))).toMatchObject({
      code: 'ERR_FS_LOOP',
    })
    await copy(at('from'), at('from beside'), { recursive: true })
  })

  it('refuses a file onto itself, by whatever names', async () => {
    put('file', 'content')
    node.linkSync(at('file'), at('hard'))
    node.symlinkSync('file', at('soft'))
    for (const to of ['file', 'hard', 'soft']) {
      expect(await failureOf(copy(at('file'), at(to))), to).toMatchObject({ code: 'ERR_FS', errno: 'EINVAL' })
    }
    expect(text('file')).toBe('content')
  })

  it('refuses what is no file, a missing one, and a folder in its place', async () => {
    put('file')
    node.mkdirSync(at('folder'))
    execFileSync('mkfifo', [at('pipe')])
    expect(await failureOf(copy(at('pipe'), at('x')))).toMatchObject({ errno: 'EINVAL' })
    expect(await failureOf(copy(at('missing'), at('x')))).toMatchObject({
      code: 'ERR_FS_NOT_FOUND',
      details: { path: at('missing'), destination: at('x') },
    })
    expect(await failureOf(copy(at('file'), at('folder')))).toMatchObject({ code: 'ERR_FS_IS_FOLDER' })
    expect(await failureOf(copy(at('file'), at('none/x')))).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
  })

  it('takes a new folder back when it fails half-way', async () => {
    tree('from')
    execFileSync('mkfifo', [at('from/deep/er/pipe')])
    await failureOf(copy(at('from'), at('to'), { recursive: true }))
    expect(node.existsSync(at('to'))).toBe(false)
  })

  it('leaves no file open', async () => {
    put('from')
    await copy(at('from'), at('to'))
    const before = openFiles()
    for (let round = 0; round < 30; round += 1) {
      await copy(at('from'), at('to'))
      await failureOf(copy(at('from'), at('none/to')))
    }
    expect(openFiles()).toBe(before)
  })
})

describe('move', () => {
  it('moves files, links and folders', async () => {
    put('file', 'content')
    tree('tree')
    const before = shape(at('tree'))
    expect(await move(at('file'), at('moved'))).toBe(true)
    expect(moveSync(at('tree'), at('moved tree'))).toBe(true)
    expect(text('moved')).toBe('content')
    expect(shape(at('moved tree'))).toEqual(before)
    expect(node.readdirSync(folder).sort()).toEqual(['moved', 'moved tree'])
    node.symlinkSync('moved', at('link'))
    await move(at('link'), at('link2'))
    expect(node.readlinkSync(at('link2'))).toBe('moved')
  })

  it('replaces, skips or refuses what is there', async () => {
    put('from', 'new')
    put('to', 'old')
    expect(await failureOf(move(at('from'), at('to'), { existing: 'error' }))).toMatchObject({
      code: 'ERR_FS_EXISTS',
      details: { path: at('from'), destination: at('to') },
    })
    expect(await move(at('from'), at('to'), { existing: 'skip' })).toBe(false)
    expect([text('from'), text('to')]).toEqual(['new', 'old'])
    expect(await move(at('from'), at('to'))).toBe(true)
    expect(text('to')).toBe('new')
    expect(await move(at('to'), at('free'), { existing: 'error' })).toBe(true)
  })

  it('refuses a missing one, and a full folder in its place', async () => {
    expect(await failureOf(move(at('missing'), at('x')))).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
    tree('one')
    tree('two')
    expect(await failureOf(move(at('one'), at('two')))).toMatchObject({ code: 'ERR_FS_NOT_EMPTY' })
    expect(await failureOf(move(at('one'), at('one/inside')))).toMatchObject({ code: 'ERR_FS', errno: 'EINVAL' })
  })

  it('has another device to move to', () => {
    // The tests below would prove nothing; /dev/shm is a device of its own wherever Linux runs.
    expect(crossesDevices).toBe(true)
  })

  it('moves to another device: files, links and folders', async () => {
    put('file', 'content')
    node.symlinkSync('anywhere', at('link'))
    tree('tree')
    const before = shape(at('tree'))
    for (const name of ['file', 'link', 'tree']) expect(await move(at(name), join(elsewhere, `m-${name}`))).toBe(true)
    expect(node.readFileSync(join(elsewhere, 'm-file'), 'utf8')).toBe('content')
    expect(node.readlinkSync(join(elsewhere, 'm-link'))).toBe('anywhere')
    expect(shape(join(elsewhere, 'm-tree'))).toEqual(before)
    expect(node.readdirSync(folder)).toEqual([])
  })

  it('to another device replaces a link itself, and nothing when it is not to', async () => {
    put('file', 'content')
    const target = join(elsewhere, 'target')
    const link = join(elsewhere, 'link')
    node.writeFileSync(target, 'kept')
    node.symlinkSync('target', link)
    expect(await move(at('file'), link, { existing: 'skip' })).toBe(false)
    expect(await failureOf(move(at('file'), link, { existing: 'error' }))).toMatchObject({ code: 'ERR_FS_EXISTS' })
    expect(await move(at('file'), link)).toBe(true)
    expect(node.lstatSync(link).isFile()).toBe(true)
    expect(node.readFileSync(target, 'utf8')).toBe('kept')
  })

  it('to another device leaves the original whole when it fails', async () => {
    tree('tree')
    execFileSync('mkfifo', [at('tree/deep/er/pipe')])
    await failureOf(move(at('tree'), join(elsewhere, 'half')))
    expect(node.existsSync(join(elsewhere, 'half'))).toBe(false)
    expect(text('tree/deep/er/file')).toBe('deeper')
  })
})
