import { list, listSync, walk, walkSync, read, stat, remove, write, type Entry } from 'ferrule/fs'
import { diagnostics } from 'ferrule'
import * as node from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectRest, failureOf, inChild, openFiles, scratch } from './fs/scratch.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)
const put = (name: string, content = ''): void => {
  node.mkdirSync(dirname(at(name)), { recursive: true })
  node.writeFileSync(at(name), content)
}
const paths = (entries: Iterable<Entry>): string[] => [...entries].map(({ path }) => path).sort()

beforeAll(() => {
  for (const name of ['a.ts', 'b.js', 'src/c.ts', 'src/deep/d.ts', 'src/deep/e.md', 'node_modules/x/y.ts'])
    put(`tree/${name}`)
  node.symlinkSync('src', at('tree/link'))
  node.mkdirSync(at('tree/empty'))
})
afterEach(expectRest)

const tree = at('tree')

describe('list', () => {
  it('tells names and kinds', async () => {
    const entries = await list(tree, { sorted: true }).toArray()
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'file a.ts',
      'file b.js',
      'folder empty',
      'link link',
      'folder node_modules',
      'folder src',
    ])
    expect([...listSync(tree, { sorted: true })]).toEqual(entries)
    expect(await list(join(tree, 'empty')).toArray()).toEqual([])
  })

  it('takes only some kinds, and names that match', async () => {
    expect(paths(await list(tree, { kinds: ['file'] }).toArray())).toEqual(['a.ts', 'b.js'])
    expect(paths(await list(tree, { kinds: ['link', 'folder'], exclude: 'node_*' }).toArray())).toEqual([
      'empty',
      'link',
      'src',
    ])
    expect(paths(await list(tree, { include: ['*.js', 'e*'] }).toArray())).toEqual(['b.js', 'empty'])
  })

  it('fails for what is missing and what is no folder', async () => {
    expect(await failureOf(list(at('missing')).toArray())).toMatchObject({
      code: 'ERR_FS_NOT_FOUND',
      operation: 'fs.list',
      path: at('missing'),
    })
    expect(await failureOf(list(join(tree, 'a.ts')).toArray())).toMatchObject({
      code: 'ERR_FS_NOT_FOLDER',
      errno: 'ENOTDIR',
    })
    expect(await failureOf(() => [...listSync(at('missing'))])).toMatchObject({ operation: 'fs.listSync' })
  })
})

describe('walk', () => {
  const all = [
    'a.ts',
    'b.js',
    'empty',
    'link',
    'node_modules',
    'node_modules/x',
    'node_modules/x/y.ts',
    'src',
    'src/c.ts',
    'src/deep',
    'src/deep/d.ts',
    'src/deep/e.md',
  ]

  it('tells everything below a folder, however the folder is named', async () => {
    expect(paths(await walk(tree).toArray())).toEqual(all)
    expect(paths(await walk(`${tree}/`).toArray())).toEqual(all)
    expect(paths(await walk(`${tree}/../tree`).toArray())).toEqual(all)
    expect(paths(walkSync(tree))).toEqual(all)
    node.symlinkSync('tree', at('to tree'))
    expect(paths(await walk(at('to tree')).toArray())).toEqual(all)
  })

  it('is as deep as it is told', async () => {
    expect(paths(await walk(tree, { maxDepth: 1 }).toArray())).toEqual(all.filter((path) => !path.includes('/')))
    expect(paths(await walk(tree, { maxDepth: 2 }).toArray())).toEqual(
      all.filter((path) => path.split('/').length <= 2),
    )
  })

  it('takes patterns', async () => {
    const found = async (options: object): Promise<string[]> => paths(await walk(tree, options).toArray())
    expect(await found({ include: '**/*.ts' })).toEqual(['a.ts', 'node_modules/x/y.ts', 'src/c.ts', 'src/deep/d.ts'])
    expect(await found({ include: '*.ts' })).toEqual(['a.ts'])
    expect(await found({ include: ['**/*.{ts,md}'], exclude: ['node_modules'] })).toEqual([
      'a.ts',
      'src/c.ts',
      'src/deep/d.ts',
      'src/deep/e.md',
    ])
    expect(await found({ exclude: ['node_modules/**', 'src/**/*.ts'], kinds: ['file'] })).toEqual([
      'a.ts',
      'b.js',
      'src/deep/e.md',
    ])
    expect(await found({ exclude: '**' })).toEqual([])
    expect(await failureOf(walk(tree, { include: 'a[' }).toArray())).toMatchObject({
      code: 'ERR_FS_PATTERN',
      details: { pattern: 'a[' },
    })
  })

  it('goes by names when it is told to: a folder before what is in it', async () => {
    const entries = await walk(tree, { sorted: true }).toArray()
    expect(entries.map(({ path }) => path)).toEqual(all)
    expect([...walkSync(tree, { sorted: true })].map(({ path }) => path)).toEqual(all)
  })

  it('leaves out what ignore files name', async () => {
    put('ignoring/.gitignore', '*.log\n/build\n!keep.log\n')
    for (const name of ['a.log', 'keep.log', 'b.txt', 'build/x', 'sub/build/y', 'sub/c.log']) put(`ignoring/${name}`)
    put('ignoring/sub/.gitignore', '!c.log\n')
    const found = await walk(at('ignoring'), { ignoreFiles: true, kinds: ['file'] }).toArray()
    expect(paths(found)).toEqual(['.gitignore', 'b.txt', 'keep.log', 'sub/.gitignore', 'sub/build/y', 'sub/c.log'])
  })

  it('follows links when it is told to, and knows a circle', async () => {
    put('circle/a/file')
    node.symlinkSync('..', at('circle/a/up'))
    node.symlinkSync('self', at('circle/self'))
    node.symlinkSync('nowhere', at('circle/dangling'))
    node.symlinkSync('a/file', at('circle/to file'))
    const followed = await walk(at('circle'), { followLinks: true, sorted: true }).toArray()
    expect(followed.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'folder a',
      'file a/file',
      'link a/up',
      'link dangling',
      'link self',
      'file to file',
    ])
    const plain = await walk(at('circle'), { sorted: true }).toArray()
    expect(plain.filter(({ kind }) => kind === 'link')).toHaveLength(4)
    expect(paths(await walk(tree, { followLinks: true }).toArray())).toContain('link/deep/d.ts')
  })

  it('comes as it is asked for, and can be left', async () => {
    const files = openFiles()
    const seen: string[] = []
    for await (const { path } of walk(tree, { sorted: true })) {
      seen.push(path)
      if (seen.length === 3) break
    }
    expect(seen).toEqual(['a.ts', 'b.js', 'empty'])
    for (const { path } of walkSync(tree, { sorted: true })) {
      expect(path).toBe('a.ts')
      break
    }
    const entries = walk(tree)
    await entries.next()
    entries.dispose()
    expect(await entries.next()).toEqual({ done: true, value: undefined })
    expect(openFiles()).toBe(files)
  })

  it('answers several calls of next in order, and next and toArray together', async () => {
    const entries = walk(tree, { sorted: true })
    const first = await Promise.all([entries.next(), entries.next(), entries.next()])
    expect(first.map(({ value }) => value?.path)).toEqual(all.slice(0, 3))
    expect((await entries.toArray()).map(({ path }) => path)).toEqual(all.slice(3))
    expect((await entries.next()).done).toBe(true)
  })

  it('stops by its signal and at its deadline', async () => {
    const controller = new AbortController()
    const entries = walk(tree, { signal: controller.signal })
    await entries.next()
    controller.abort('enough')
    await expect(entries.toArray()).rejects.toBe('enough')
    expect(await failureOf(() => [...walkSync(tree, { timeoutMs: 0 })])).toMatchObject({ code: 'ERR_TIMEOUT' })
  })

  it('goes to the bottom of a deep tree', async () => {
    const depth = 1000
    let path = at('deep')
    for (let level = 0; level < depth; level += 1) path += '/d'
    node.mkdirSync(path, { recursive: true })
    const entries = await walk(at('deep')).toArray()
    expect(entries).toHaveLength(depth)
    expect(entries.at(-1)?.path).toBe(Array(depth).fill('d').join('/'))
    await remove(at('deep'), { recursive: true })
  })

  it('tells what it cannot read, or ends there', async () => {
    put('locked/open/file')
    put('locked/shut/file')
    node.chmodSync(at('locked/shut'), 0)
    node.chmodSync(folder, 0o755)
    node.chmodSync(at('locked'), 0o755)
    const { stdout, stderr } = await inChild(`
      await fs.exists('.')
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534) }
      const folder = ${JSON.stringify(at('locked'))}
      const thrown = await fs.walk(folder).toArray().catch((error) => error)
      const walk = fs.walk(folder, { onError: 'collect', sorted: true })
      const entries = await walk.toArray()
      const facts = ({ code, errno, path, operation }) => ({ code, errno, path, operation })
      console.log(JSON.stringify([facts(thrown), walk.errors.map(facts), entries.map(({ path }) => path)]))`)
    node.chmodSync(at('locked/shut'), 0o755)
    const fault = { code: 'ERR_FS_PERMISSION', errno: 'EACCES', path: at('locked/shut'), operation: 'fs.walk' }
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([fault, [fault], ['open', 'open/file', 'shut']])
  })

  it('refuses wrong options by their names', async () => {
    const wrong: [object, string][] = [
      [{ maxDepth: -1 }, 'options.maxDepth'],
      [{ include: 5 }, 'options.include'],
      [{ exclude: ['a', 5] }, 'options.exclude'],
      [{ kinds: ['files'] }, 'options.kinds'],
      [{ sorted: 1 }, 'options.sorted'],
      [{ onError: 'skip' }, 'options.onError'],
    ]
    for (const [options, argument] of wrong) {
      const error = await failureOf(() => walk(tree, options))
      expect(error.details, argument).toMatchObject({ argument })
    }
  })
})

describe('a folder of 100,000 entries', () => {
  it('is listed in little memory', async () => {
    const wide = at('wide')
    node.mkdirSync(wide)
    for (let index = 0; index < 100_000; index += 1) node.closeSync(node.openSync(join(wide, `entry-${index}`), 'w'))
    const before = process.memoryUsage.rss()
    let count = 0
    let largest = 0
    for await (const entry of list(wide)) {
      count += entry.kind === 'file' ? 1 : 0
      if (count % 5000 === 0) largest = Math.max(largest, process.memoryUsage.rss() - before)
    }
    expect(count).toBe(100_000)
    // All of it as objects takes more than twice as much, natively and here.
    expect(largest).toBeLessThan(40_000_000)
    expect(diagnostics().handles['Walk'] ?? 0).toBe(0)
    await remove(wide, { recursive: true })
    expect(node.existsSync(wide)).toBe(false)
  })
})

describe('names that are no UTF-8', () => {
  const bytes = Buffer.concat([Buffer.from('na'), Buffer.from([0xff, 0xe2, 0x82]), Buffer.from('me-ü')])

  it('are told exactly, and can be used', async () => {
    const strange = at('strange')
    node.mkdirSync(strange)
    const path = Buffer.concat([Buffer.from(`${strange}/`), bytes])
    node.writeFileSync(path, 'found')
    const [entry] = await list(strange).toArray()
    expect(entry?.name).toBe('na\ufffd\ufffdme-ü')
    expect(Buffer.from(entry?.bytes ?? []).equals(bytes)).toBe(true)
    const exact = Buffer.concat([Buffer.from(`${strange}/`), entry?.bytes ?? Buffer.of()])
    expect(Buffer.from(await read(exact)).toString()).toBe('found')
    expect((await stat(exact)).size).toBe(5)
    await write(exact, 'written')
    expect(node.readFileSync(path, 'utf8')).toBe('written')
    // By its shown name there is nothing: that would be another file.
    expect(await failureOf(stat(join(strange, entry?.name ?? '')))).toMatchObject({ code: 'ERR_FS_NOT_FOUND' })
    await remove(exact)
    expect(node.readdirSync(strange)).toEqual([])
  })

  it('have no bytes besides when the text says all', async () => {
    put('plain/ü\ufffd')
    const [entry] = await list(at('plain')).toArray()
    expect(entry?.name).toBe('ü\ufffd')
    expect(entry?.bytes).toBeUndefined()
  })

  it('are removed and copied with their folder', async () => {
    node.mkdirSync(at('odd'))
    node.writeFileSync(Buffer.concat([Buffer.from(`${at('odd')}/`), bytes]), 'x')
    const { copy } = await import('ferrule/fs')
    await copy(at('odd'), at('odd copy'), { recursive: true })
    const names = node.readdirSync(at('odd copy'), { encoding: 'buffer' }) as unknown as Buffer[]
    expect(names.map((name) => name.equals(bytes))).toEqual([true])
    await remove(at('odd'), { recursive: true })
    await remove(at('odd copy'), { recursive: true })
  })
})
