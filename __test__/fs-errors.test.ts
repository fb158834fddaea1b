import * as fs from 'ferrule/fs'
import { isFerruleError } from 'ferrule'
import * as node from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, scratch } from './fs/scratch.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)
node.writeFileSync(at('file'), 'x')

afterEach(expectRest)

/** Every operation, on a path. */
const operations: Record<string, (path: fs.PathLike) => unknown> = {
  read: (path) => fs.read(path),
  readSync: (path) => fs.readSync(path),
  readText: (path) => fs.readText(path),
  readTextSync: (path) => fs.readTextSync(path),
  readMany: (path) => fs.readMany([path]),
  readManySync: (path) => fs.readManySync([path]),
  readManyText: (path) => fs.readManyText([path]),
  readManyTextSync: (path) => fs.readManyTextSync([path]),
  write: (path) => fs.write(path, 'x'),
  writeSync: (path) => fs.writeSync(path, 'x'),
  append: (path) => fs.append(path, 'x'),
  appendSync: (path) => fs.appendSync(path, 'x'),
  remove: (path) => fs.remove(path),
  removeSync: (path) => fs.removeSync(path),
  exists: (path) => fs.exists(path),
  existsSync: (path) => fs.existsSync(path),
  stat: (path) => fs.stat(path),
  statSync: (path) => fs.statSync(path),
  lstat: (path) => fs.lstat(path),
  lstatSync: (path) => fs.lstatSync(path),
  copy: (path) => fs.copy(path, at('to')),
  copySync: (path) => fs.copySync(path, at('to')),
  'copy ': (path) => fs.copy(at('file'), path),
  move: (path) => fs.move(path, at('to')),
  moveSync: (path) => fs.moveSync(path, at('to')),
  'move ': (path) => fs.move(at('file'), path),
  makeFolder: (path) => fs.makeFolder(path),
  makeFolderSync: (path) => fs.makeFolderSync(path),
  hashFile: (path) => fs.hashFile(path, 'sha256'),
  hashFileSync: (path) => fs.hashFileSync(path, 'sha256'),
  list: (path) => fs.list(path).toArray(),
  listSync: (path) => [...fs.listSync(path)],
  walk: (path) => fs.walk(path).toArray(),
  walkSync: (path) => [...fs.walkSync(path)],
  watch: (path) => fs.watch(path).next(),
  readStream: (path) => fs.readStream(path).bytes(),
  writeStream: (path) => fs.writeStream(path).write('x'),
}

describe.each(Object.entries(operations))('%s', (name, run) => {
  const operation = `fs.${name.trim()}`

  it('refuses paths that no system call may see', async () => {
    const invalid: [fs.PathLike, string][] = [
      ['', 'is empty'],
      ['a\0b', 'NUL'],
      [`${at('file')}\0`, 'NUL'],
      [`${at('file')}\0ff`, 'NUL'],
      [new Uint8Array(), 'is empty'],
      [Uint8Array.of(0x61, 0), 'NUL'],
      [new URL('http://localhost/file'), 'is no path'],
      [new URL('file:///a%00b'), ''],
      [new URL('file:///a%2fb'), 'is no path'],
    ]
    for (const [path, reason] of invalid) {
      const error = await failureOf(() => run(path))
      expect(error.code, String(path)).toBe('ERR_FS_INVALID_PATH')
      expect(error.message).toContain(reason)
      expect(error.operation).toBe(operation)
    }
  })

  it('refuses what is no path', async () => {
    for (const value of [undefined, null, 5, {}, [], () => 'x', Symbol('x'), new String('x')]) {
      const error = await failureOf(() => run(value as string))
      expect(error.code).toBe('ERR_INVALID_ARG_TYPE')
      expect(error.operation).toBe(operation)
    }
    const lone = await failureOf(() => run('half \ud83d'))
    expect(lone.code).toBe('ERR_INVALID_STRING')
    if (name !== 'writeStream') expect(lone.operation).toBe(operation)
  })
})

describe('deadlines and options', () => {
  const doors: Record<string, (options: object) => unknown> = {
    readSync: (options) => fs.readSync(at('file'), options),
    statSync: (options) => fs.statSync(at('file'), options),
    removeSync: (options) => fs.removeSync(at('file'), options),
    copySync: (options) => fs.copySync(at('file'), at('to'), options),
    walkSync: (options) => fs.walkSync(folder, options),
    read: (options) => fs.read(at('file'), options),
    stat: (options) => fs.stat(at('file'), options),
    exists: (options) => fs.exists(at('file'), options),
    hashFile: (options) => fs.hashFile(at('file'), 'md5', options),
  }

  it.each(Object.entries(doors))('of %s are checked', async (name, run) => {
    for (const timeoutMs of [-1, NaN, '5']) {
      const error = await failureOf(() => run({ timeoutMs }))
      expect(error.details).toMatchObject({ argument: 'options.timeoutMs' })
      expect(error.operation).toBe(`fs.${name}`)
    }
    for (const options of [5, null, 'x']) {
      expect((await failureOf(() => run(options as unknown as object))).code).toBe('ERR_INVALID_ARG_TYPE')
    }
  })

  it('a signal that has fired keeps the work from starting', async () => {
    const signal = AbortSignal.abort('before')
    await expect(fs.write(at('never'), 'x', { signal })).rejects.toBe('before')
    await expect(fs.remove(at('file'), { signal })).rejects.toBe('before')
    await expect(fs.readStream(at('file'), { signal }).bytes()).rejects.toBe('before')
    expect(() => fs.watch(folder, { signal })).toThrow('before')
    expect(node.existsSync(at('never'))).toBe(false)
    expect(node.existsSync(at('file'))).toBe(true)
  })
})

describe('situations', () => {
  const cases: [string, string, () => unknown][] = [
    ['ERR_FS_NOT_FOUND', 'ENOENT', () => fs.read(at('missing'))],
    ['ERR_FS_EXISTS', 'EEXIST', () => fs.makeFolder(folder)],
    ['ERR_FS_IS_FOLDER', 'EISDIR', () => fs.read(folder)],
    ['ERR_FS_NOT_FOLDER', 'ENOTDIR', () => fs.stat(at('file/x'))],
    ['ERR_FS_NOT_EMPTY', 'ENOTEMPTY', () => fs.remove(folder)],
    ['ERR_FS_NAME_TOO_LONG', 'ENAMETOOLONG', () => fs.write(at('n'.repeat(256)), 'x')],
    ['ERR_FS_NO_SPACE', 'ENOSPC', () => fs.append('/dev/full', 'x')],
    ['ERR_FS', 'EINVAL', () => fs.move(folder, at('inside'))],
  ]

  it.each(cases)('%s, %s', async (code, errno, run) => {
    const error = await failureOf(() => run())
    expect(error).toMatchObject({ name: 'FsError', code, errno })
    expect(isFerruleError(error, code as 'ERR_FS')).toBe(true)
    expect(error.message).toContain(`(${errno})`)
    expect(typeof error.details['step']).toBe('string')
  })

  it('a name as long as it may be is written atomically, too', async () => {
    const name = at('n'.repeat(255))
    await fs.write(name, 'one')
    await fs.write(name, 'two')
    expect(node.readFileSync(name, 'utf8')).toBe('two')
    node.rmSync(name)
  })
})
