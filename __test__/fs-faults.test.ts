import * as fs from 'ferrule/fs'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import * as node from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectRest, failureOf, inChild, openFiles, randomOf, scratch, strays } from './fs/scratch.js'

const folder = scratch()
const at = (name: string): string => join(folder, name)
const text = (path: string): string => node.readFileSync(path, 'utf8')
const isRoot = process.getuid?.() === 0

node.chmodSync(folder, 0o755)
afterEach(expectRest)

/** A small file system of its own; who may not mount has none, and is told by a test. */
const disk = at('disk')
node.mkdirSync(disk)
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0
afterAll(() => {
  if (isMounted) execFileSync('umount', ['-l', disk])
})

describe('a full disk', () => {
  const file = join(disk, 'file')
  const large = Buffer.alloc(2_000_000, 'x')
  const noSpace = { code: 'ERR_FS_NO_SPACE', errno: 'ENOSPC' }
  const free = (): bigint => {
    const { bfree, bsize } = node.statfsSync(disk, { bigint: true })
    return bfree * bsize
  }

  beforeAll(() => {
    node.writeFileSync(at('large'), large)
    node.writeFileSync(file, 'old content')
  })

  it('is mounted for these tests wherever they run as root', () => {
    expect(isMounted).toBe(isRoot)
  })

  const works: Record<string, () => unknown> = {
    write: () => fs.write(file, large),
    writeSync: () => fs.writeSync(file, large),
    'write of a text': () => fs.write(file, large.toString()),
    'write from a stream': () => fs.write(file, Readable.from([large])),
    append: () => fs.append(file, large),
    appendSync: () => fs.appendSync(file, large),
    copy: () => fs.copy(at('large'), file),
    copySync: () => fs.copySync(at('large'), file),
    'write of a new file': () => fs.write(join(disk, 'new'), large),
    'append to a new file': () => fs.append(join(disk, 'new'), large),
    'copy to a new file': () => fs.copy(at('large'), join(disk, 'new')),
    'move of a file from another device': () => fs.move(at('large'), join(disk, 'new')),
  }

  it.runIf(isMounted).each(Object.entries(works))('%s leaves what was there, and no more', async (_, run) => {
    const before = free()
    expect(await failureOf(run)).toMatchObject(noSpace)
    expect(text(file)).toBe('old content')
    expect(node.readdirSync(disk)).toEqual(['file'])
    expect(free()).toBe(before)
    expect(node.readFileSync(at('large')).equals(large)).toBe(true)
  })

  it.runIf(isMounted)('ends a stream of pieces, and leaves what was there', async () => {
    const before = free()
    const writer = fs.writeStream(file)
    const error = await failureOf(async () => {
      for (let piece = 0; piece < 40; piece += 1) await writer.write(large.subarray(0, 50_000))
    })
    expect(error).toMatchObject(noSpace)
    expect(await failureOf(writer.close())).toMatchObject({ code: 'ERR_STATE' })
    const sink = fs.writeStream(file).toWeb()
    await expect(new Blob([large]).stream().pipeTo(sink)).rejects.toMatchObject(noSpace)
    expect(text(file)).toBe('old content')
    expect(node.readdirSync(disk)).toEqual(['file'])
    expect(free()).toBe(before)
  })

  it.runIf(isMounted)('takes a folder back that was being copied', async () => {
    node.mkdirSync(at('tree'))
    for (let index = 0; index < 30; index += 1) node.writeFileSync(at(`tree/${index}`), large.subarray(0, 100_000))
    expect(await failureOf(fs.copy(at('tree'), join(disk, 'tree'), { recursive: true }))).toMatchObject(noSpace)
    expect(await failureOf(fs.move(at('tree'), join(disk, 'tree')))).toMatchObject(noSpace)
    expect(node.readdirSync(disk)).toEqual(['file'])
    expect(node.readdirSync(at('tree'))).toHaveLength(30)
  })

  it.runIf(isMounted)('that is mounted for reading only says so', async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk])
    try {
      for (const run of [() => fs.write(file, 'x'), () => fs.append(file, 'x'), () => fs.remove(file)]) {
        expect(await failureOf(run)).toMatchObject({ code: 'ERR_FS_READ_ONLY', errno: 'EROFS' })
      }
    } finally {
      execFileSync('mount', ['-o', 'remount,rw', disk])
    }
  })
})

describe('limits of the process', () => {
  it('the largest size of a file is no space', async () => {
    node.writeFileSync(at('limited'), 'old')
    const { stdout, stderr, code } = await inChild(
      `const file = ${JSON.stringify(at('limited'))}
       const facts = async (work) => { try { await work(); console.log('no error') } catch (error) { console.log(error.code, error.errno) } }
       const large = Buffer.alloc(200_000)
       await facts(() => fs.write(file, large))
       await facts(() => fs.append(file, large))
       await facts(() => fs.writeSync(file, large))
       console.log(fs.readTextSync(file))`,
      'ulimit -f 100; ',
    )
    expect({ stdout, stderr, code }).toEqual({
      stdout: `${'ERR_FS_NO_SPACE EFBIG\n'.repeat(3)}old\n`,
      stderr: '',
      code: 0,
    })
    expect(strays(folder)).toEqual([])
  })

  it('too many open files are told, and it goes on when there are less', async () => {
    node.mkdirSync(at('few/sub'), { recursive: true })
    node.writeFileSync(at('few/file'), 'content')
    const { stdout, stderr, code } = await inChild(
      `import * as node from 'node:fs'
       const folder = ${JSON.stringify(at('few'))}, file = folder + '/file'
       await fs.read(file)
       const facts = async (work) => { try { await work(); console.log('fine') } catch (error) { console.log(error.code, error.errno) } }
       const works = [
         () => fs.read(file), () => fs.readSync(file), () => fs.write(file, 'new'), () => fs.append(file, 'new'), () => fs.copy(file, folder + '/to'),
         () => fs.hashFile(file, 'md5'), () => fs.walk(folder).toArray(), () => fs.readStream(file).bytes(),
         () => fs.readMany([file, file]), () => fs.writeStream(file).write('x'),
       ]
       const open = []
       try { for (;;) open.push(node.openSync(file)) } catch {}
       for (const work of works) await facts(work)
       for (const fd of open) node.closeSync(fd)
       for (const work of works) await facts(work)
       console.log(JSON.stringify(diagnostics().callsInFlight))`,
      'ulimit -n 64; ',
    )
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n')).toEqual([
      ...Array<string>(10).fill('ERR_FS_TOO_MANY_OPEN EMFILE'),
      ...Array<string>(10).fill('fine'),
      '0',
    ])
    expect(code).toBe(0)
  })

  it('permissions are told', async () => {
    node.mkdirSync(at('private'))
    node.mkdirSync(at('readable'))
    for (const name of ['private/file', 'readable/file']) node.writeFileSync(at(name), 'mine', { mode: 0o600 })
    node.chmodSync(at('private'), isRoot ? 0o700 : 0)
    if (!isRoot) {
      node.chmodSync(at('readable'), 0o555)
      node.chmodSync(at('readable/file'), 0)
    }
    const { stdout, stderr } = await inChild(
      `await fs.exists('.')
       if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534) }
       const folder = ${JSON.stringify(folder)}
       const facts = async (work) => { try { await work(); console.log('no error') } catch (error) { console.log(error.code, error.errno) } }
       await facts(() => fs.read(folder + '/readable/file'))
       await facts(() => fs.write(folder + '/readable/file', 'x'))
       await facts(() => fs.write(folder + '/readable/new', 'x', { atomic: false }))
       await facts(() => fs.append(folder + '/readable/file', 'x'))
       await facts(() => fs.remove(folder + '/readable/file'))
       await facts(() => fs.makeFolder(folder + '/readable/folder'))
       await facts(() => fs.copy(folder + '/readable/file', '/tmp/never'))
       await facts(() => fs.move(folder + '/readable/file', folder + '/readable/moved'))
       await facts(() => fs.list(folder + '/private').toArray())
       await facts(() => fs.exists(folder + '/private/file'))
       await facts(() => fs.hashFile(folder + '/readable/file', 'md5'))
       await facts(() => fs.watch(folder + '/private').next())`,
    )
    node.chmodSync(at('private'), 0o755)
    expect(stderr).toBe('')
    expect(stdout).toBe('ERR_FS_PERMISSION EACCES\n'.repeat(12))
  })
})

describe('work that is stopped at any moment', () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const size = 3_000_000
  const [old, young] = [Buffer.alloc(size, 'old '), Buffer.alloc(size, 'new ')]

  it(`leaves no half file (seed ${seed})`, async () => {
    const random = randomOf(seed)
    const target = at('target')
    node.writeFileSync(at('young'), young)
    node.writeFileSync(target, old)
    await fs.write(target, old)
    const works: ((options: { signal: AbortSignal }) => Promise<unknown>)[] = [
      (options) => fs.write(target, young, options),
      (options) => fs.write(target, young.toString(), options),
      (options) => fs.write(target, Readable.from([young.subarray(0, 1000), young.subarray(1000)]), options),
      (options) => fs.write(target, fs.readStream(at('young'), options), options),
      (options) => fs.copy(at('young'), target, options),
      (options) => fs.write(target, young, { ...options, fsync: 'folder' }),
      async (options) => {
        const writer = fs.writeStream(target)
        await writer.writeFrom(new Blob([young]), options)
        await writer.close(options)
      },
    ]
    const files = openFiles()
    const ends = { finished: 0, stopped: 0 }
    for (let round = 0; round < 140; round += 1) {
      const controller = new AbortController()
      const work = works[Math.floor(random() * works.length)]?.({ signal: controller.signal })
      const wait = random() * 8
      if (wait < 1) controller.abort('stop')
      else setTimeout(() => controller.abort('stop'), wait)
      await work?.then(
        () => (ends.finished += 1),
        (reason: unknown) => {
          expect(reason).toBe('stop')
          ends.stopped += 1
        },
      )
      const content = node.readFileSync(target)
      expect(content.equals(old) || content.equals(young), `round ${round}`).toBe(true)
      if (content.equals(young)) node.writeFileSync(target, old)
      expect(strays(folder)).toEqual([])
    }
    expect(ends.stopped).toBeGreaterThan(5)
    await expectRest()
    expect(openFiles()).toBe(files)
  })

  it(`leaves a moved folder in one place (seed ${seed})`, async () => {
    const random = randomOf(seed)
    const elsewhere = node.mkdtempSync('/dev/shm/ferrule-fs-')
    const [here, there] = [at('moving'), join(elsewhere, 'moved')]
    node.mkdirSync(here)
    for (let index = 0; index < 40; index += 1) node.writeFileSync(join(here, `${index}`), old.subarray(0, 200_000))
    for (let round = 0; round < 40; round += 1) {
      const controller = new AbortController()
      setTimeout(() => controller.abort('stop'), random() * 12)
      const [from, to] = node.existsSync(here) ? [here, there] : [there, here]
      await fs.move(from, to, { signal: controller.signal }).catch((reason: unknown) => expect(reason).toBe('stop'))
      expect([node.existsSync(here), node.existsSync(there)].filter(Boolean)).toHaveLength(1)
      const whole = node.existsSync(here) ? here : there
      expect(node.readdirSync(whole)).toHaveLength(40)
      expect([...strays(folder), ...strays(elsewhere)]).toEqual([])
    }
    node.rmSync(elsewhere, { recursive: true })
  })

  it('settles everything that is in flight', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const pipe = at('never')
    execFileSync('mkfifo', [pipe])
    const pending = [
      ...Array.from({ length: 30 }, () => fs.read(pipe, { signal })),
      ...Array.from({ length: 30 }, (_, index) => fs.write(at(`many-${index}`), young, { signal })),
      fs.readMany([pipe, pipe], { signal }),
      fs.hashFile('/dev/zero', 'sha256', { signal }),
      fs.copy(pipe, at('x'), { signal }),
      fs.readStream(pipe, { signal }).bytes(),
      fs.walk('/proc/self', { signal, onError: 'collect' }).toArray(),
      fs.watch(folder, { signal }).next(),
    ]
    setTimeout(() => controller.abort('stop'), 30)
    const settled = await Promise.allSettled(pending)
    expect(settled.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(30)
    expect(strays(folder)).toEqual([])
    for (let index = 0; index < 30; index += 1) node.rmSync(at(`many-${index}`), { force: true })
  })
})

/** Everything at once, none of which ends by itself within milliseconds. */
const EVERYTHING = (scene: string): string => `
  const scene = ${JSON.stringify(scene)}
  const ignored = () => undefined
  const large = Buffer.alloc(64_000_000, 'n')
  for (let index = 0; index < 3; index += 1) fs.write(scene + '/target', large, { fsync: 'folder' }).catch(ignored)
  fs.append(scene + '/log', large).catch(ignored)
  fs.copy(scene + '/source', scene + '/copied').catch(ignored)
  fs.hashFile('/dev/zero', 'sha256').catch(ignored)
  fs.read(scene + '/pipe').catch(ignored)
  fs.readMany([scene + '/pipe', scene + '/pipe']).catch(ignored)
  fs.walk('/usr', { onError: 'collect' }).toArray().catch(ignored)
  const watcher = fs.watch(scene, { recursive: true })
  watcher.next().catch(ignored)
  const writer = fs.writeStream(scene + '/stream')
  writer.write(Buffer.alloc(100_000)).catch(ignored)
  const reader = fs.readStream(scene + '/pipe')[Symbol.asyncIterator]()
  reader.next().catch(ignored)
`

describe('an end in the middle of everything', () => {
  let number = 0
  const sceneOf = (): string => {
    const scene = at(`scene-${(number += 1)}`)
    node.mkdirSync(scene)
    node.writeFileSync(join(scene, 'target'), 'old')
    node.writeFileSync(join(scene, 'source'), Buffer.alloc(32_000_000, 's'))
    execFileSync('mkfifo', [join(scene, 'pipe')])
    return scene
  }
  const expectNoHalf = (scene: string): void => {
    expect(strays(scene)).toEqual([])
    expect(node.existsSync(join(scene, 'stream'))).toBe(false)
    const target = node.readFileSync(join(scene, 'target'))
    expect(target.toString() === 'old' || target.equals(Buffer.alloc(64_000_000, 'n'))).toBe(true)
    if (node.existsSync(join(scene, 'copied'))) expect(node.statSync(join(scene, 'copied')).size).toBe(32_000_000)
    node.rmSync(scene, { recursive: true })
  }

  it.each([0, 3, 15, 40])('by process.exit after %i ms leaves no half file and no stray one', async (wait) => {
    const scene = sceneOf()
    const ended = await inChild(`${EVERYTHING(scene)}
      setTimeout(() => { console.log('exit'); process.exit(3) }, ${wait})`)
    expect(ended).toEqual({ code: 3, signal: null, stdout: 'exit\n', stderr: '' })
    expectNoHalf(scene)
  })

  it.each([0, 10, 40])('by worker.terminate after %i ms neither, and the process goes on', async (wait) => {
    const scene = sceneOf()
    const source = `const fs = require('ferrule/fs'); ${EVERYTHING(scene)}; require('node:worker_threads').parentPort.postMessage('started')`
    const ended = await inChild(`
      import { Worker } from 'node:worker_threads'
      await fs.exists('.')
      const worker = new Worker(${JSON.stringify(source)}, { eval: true, execArgv: [] })
      await new Promise((resolve) => worker.once('message', resolve))
      await new Promise((resolve) => setTimeout(resolve, ${wait}))
      await worker.terminate()
      console.log(await fs.readText(${JSON.stringify(join(scene, 'target'))}, { maxBytes: 1e9 }).then((text) => text.length > 0))
      const { handles, callsInFlight } = diagnostics()
      console.log(JSON.stringify({ handles, callsInFlight }))`)
    expect(ended).toEqual({ code: 0, signal: null, stdout: 'true\n{"handles":{},"callsInFlight":0}\n', stderr: '' })
    expectNoHalf(scene)
  })

  it('by an uncaught exception leaves none either', async () => {
    const scene = sceneOf()
    const ended = await inChild(`${EVERYTHING(scene)}
      setTimeout(() => { throw new Error('on purpose') }, 10)`)
    expect(ended).toMatchObject({ code: 1, signal: null })
    expect(ended.stderr).toContain('on purpose')
    expectNoHalf(scene)
  })
})

describe('SIGKILL in the middle of atomic writes', () => {
  const seed = Math.floor(Math.random() * 2 ** 32)

  it(`leaves the old or the new, never a mix, and the next write tidies up (seed ${seed})`, async () => {
    const random = randomOf(seed)
    const scene = at('killed')
    node.mkdirSync(scene)
    const target = join(scene, 'target')
    node.writeFileSync(target, 'a'.repeat(300_000))
    for (let round = 0; round < 8; round += 1) {
      const wait = random() * 60
      const { signal, stderr } = await inChild(
        `const target = ${JSON.stringify(target)}
         const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(300_000))
         console.log('started')
         for (;;) await Promise.all(contents.map((content) => fs.write(target, content)))`,
        '',
        (_, pid) => setTimeout(() => process.kill(pid, 'SIGKILL'), wait),
      )
      expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
      expect(text(target)).toMatch(/^(a{300000}|b{300000}|c{300000}|d{300000})$/)
      expect(strays(scene).length).toBeLessThanOrEqual(1)
      await fs.write(target, 'a'.repeat(300_000))
      expect(strays(scene)).toEqual([])
    }
  })

  it('a leftover is told from a file that is being written', async () => {
    const scene = at('leftover')
    node.mkdirSync(scene)
    const target = join(scene, 'target')
    await fs.write(target, 'old')
    // The name that every writer of this target has for the moment of its rename: it follows from the target's.
    node.writeFileSync(at('name'), 'target')
    const hash = Buffer.from(await fs.hashFile(at('name'), 'blake3')).toString('hex')
    const name = join(scene, `.ferrule-${hash.slice(0, 16)}.tmp`)
    node.writeFileSync(name, 'left by one that was killed')
    await fs.write(target, 'new')
    expect(node.readdirSync(scene)).toEqual(['target'])
    // One that is alive has its file locked.
    node.writeFileSync(name, 'held by one that is alive')
    const holder = spawn('flock', [name, '-c', 'echo held; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    })
    await once(holder.stdout, 'data')
    expect(await failureOf(fs.write(target, 'newer', { timeoutMs: 100 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    expect(text(name)).toBe('held by one that is alive')
    expect(text(target)).toBe('new')
    const waiting = fs.write(target, 'newer')
    if (holder.pid !== undefined) process.kill(-holder.pid)
    await waiting
    expect(text(target)).toBe('newer')
    expect(node.readdirSync(scene)).toEqual(['target'])
  })
})
