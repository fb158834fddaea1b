import { watch, write, type WatchEvent, type Watcher } from 'ferrule/fs'
import { diagnostics } from 'ferrule'
import * as node from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectRest, failureOf, inChild, openFiles, scratch } from './fs/scratch.js'

const root = scratch()
let folder = root
let number = 0
const at = (name: string): string => join(folder, name)

beforeEach(() => {
  folder = join(root, `${(number += 1)}`)
  node.mkdirSync(folder)
})
afterEach(expectRest)

/** Takes events until those that were expected have come; what never comes shows as the test's own timeout. */
async function eventsUntil(watcher: Watcher, last: string): Promise<string[]> {
  const told: string[] = []
  for (;;) {
    const { done, value } = await watcher.next()
    if (done === true) throw new Error('it ended')
    told.push(shown(value))
    if (told.includes(last)) return told
  }
}

const shown = ({ kind, path }: WatchEvent): string => `${kind} ${path.slice(folder.length + 1)}`

describe('watch', () => {
  it('tells what is created, changed and removed', async () => {
    using watcher = watch(folder, { debounceMs: 10 })
    await watcher.ready
    node.writeFileSync(at('file'), 'one')
    expect(await eventsUntil(watcher, 'created file')).toEqual(['created file'])
    node.appendFileSync(at('file'), 'two')
    expect(await eventsUntil(watcher, 'changed file')).toEqual(['changed file'])
    node.rmSync(at('file'))
    expect(await eventsUntil(watcher, 'removed file')).toEqual(['removed file'])
  })

  it('tells a rename as the end of one name and the beginning of another', async () => {
    node.writeFileSync(at('from'), '')
    using watcher = watch(folder)
    await watcher.ready
    node.renameSync(at('from'), at('to'))
    expect((await eventsUntil(watcher, 'created to')).sort()).toEqual(['created to', 'removed from'])
  })

  it('makes one event of what happens at a path in a moment, and none of what came and went', async () => {
    using watcher = watch(folder, { debounceMs: 150 })
    await watcher.ready
    for (let round = 0; round < 50; round += 1) node.appendFileSync(at('busy'), 'x')
    node.writeFileSync(at('passing'), '')
    node.rmSync(at('passing'))
    node.writeFileSync(at('last'), '')
    expect(await eventsUntil(watcher, 'created last')).toEqual(['created busy', 'created last'])
  })

  it('tells an atomic write as one event', async () => {
    node.writeFileSync(at('config'), 'old')
    using watcher = watch(folder, { debounceMs: 60 })
    await watcher.ready
    await write(at('config'), 'new')
    expect(await eventsUntil(watcher, 'created config')).toEqual(['created config'])
  })

  it('goes into folders below when it is told to, new ones too', async () => {
    node.mkdirSync(at('sub/deep'), { recursive: true })
    using flat = watch(folder, { debounceMs: 10 })
    using watcher = watch(folder, { recursive: true, debounceMs: 10 })
    await Promise.all([flat.ready, watcher.ready])
    node.writeFileSync(at('sub/deep/file'), '')
    expect(await eventsUntil(watcher, 'created sub/deep/file')).toContain('created sub/deep/file')
    node.mkdirSync(at('new'))
    await eventsUntil(watcher, 'created new')
    await sleep(50)
    node.writeFileSync(at('new/file'), '')
    await eventsUntil(watcher, 'created new/file')
    const told = await eventsUntil(flat, 'created new')
    expect(told.some((event) => event.includes('file'))).toBe(false)
  })

  it('of a file goes on when the file is replaced', async () => {
    node.writeFileSync(at('file'), 'old')
    node.writeFileSync(at('beside'), '')
    using watcher = watch(at('file'), { debounceMs: 10 })
    await watcher.ready
    await write(at('file'), 'new')
    await eventsUntil(watcher, 'created file')
    node.appendFileSync(at('beside'), 'not watched')
    node.appendFileSync(at('file'), 'more')
    expect(await eventsUntil(watcher, 'changed file')).toEqual(['changed file'])
  })

  it('says that events were lost', async () => {
    using watcher = watch(folder, { debounceMs: 3000 })
    await watcher.ready
    // More names in one moment than are kept.
    for (let index = 0; index < 17_000; index += 1) node.closeSync(node.openSync(at(`${index}`), 'w'))
    const { value } = await watcher.next()
    expect(value).toEqual({ kind: 'overflow', path: folder })
  })

  it('tells names that are no UTF-8 exactly', async () => {
    using watcher = watch(folder, { debounceMs: 10 })
    await watcher.ready
    const name = Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff])])
    node.writeFileSync(name, '')
    const { value } = await watcher.next()
    expect(value).toMatchObject({ kind: 'created', path: `${folder}/x\ufffd` })
    expect(Buffer.from(value?.bytes ?? []).equals(name)).toBe(true)
  })

  it('ends by return, dispose and break, also while an event is waited for', async () => {
    const files = openFiles()
    for (const end of ['return', 'dispose'] as const) {
      const watcher = watch(folder)
      await watcher.ready
      const waiting = [watcher.next(), watcher.next()]
      await watcher[end]()
      expect(await Promise.all(waiting)).toEqual(Array(2).fill({ done: true, value: undefined }))
      expect(await watcher.next()).toEqual({ done: true, value: undefined })
      expect(watcher.isDisposed).toBe(true)
    }
    const watcher = watch(folder)
    await watcher.ready
    setTimeout(() => node.writeFileSync(at('file'), ''), 10)
    for await (const event of watcher) {
      expect(shown(event)).toBe('created file')
      break
    }
    watch(folder).dispose()
    await expectRest()
    // The system's thread closes its files a moment later.
    for (let round = 0; round < 200 && openFiles() > files; round += 1) await sleep(5)
    // Those of the test before may have been counted.
    expect(openFiles()).toBeLessThanOrEqual(files)
  })

  it('ends by its signal, with its reason', async () => {
    const controller = new AbortController()
    const watcher = watch(folder, { signal: controller.signal })
    await watcher.ready
    const waiting = watcher.next()
    controller.abort('enough')
    await expect(waiting).rejects.toBe('enough')
    expect((await watcher.next()).done).toBe(true)
    const second = new AbortController()
    const idle = watch(folder, { signal: second.signal })
    await idle.ready
    second.abort('later')
    await expect(idle.next()).rejects.toBe('later')
    expect((await idle.next()).done).toBe(true)
  })

  it('fails for what is not there', async () => {
    const watcher = watch(at('missing'))
    expect(await failureOf(watcher.ready)).toMatchObject({ code: 'ERR_FS_NOT_FOUND', operation: 'fs.watch' })
    expect(await failureOf(watcher.next())).toMatchObject({ code: 'ERR_FS_NOT_FOUND', path: at('missing') })
    expect(watcher.isDisposed).toBe(true)
    const unseen = watch(at('missing'))
    await sleep(50)
    unseen.dispose()
  })

  it('refuses wrong options by their names', async () => {
    for (const [options, argument] of [
      [{ recursive: 1 }, 'options.recursive'],
      [{ debounceMs: -1 }, 'options.debounceMs'],
      [{ debounceMs: 'x' }, 'options.debounceMs'],
      [{ signal: {} }, 'options.signal'],
    ] as const) {
      expect((await failureOf(() => watch(folder, options as object))).details, argument).toMatchObject({ argument })
    }
    expect(diagnostics().callbacks.held).toBe(0)
  })

  it('holds the process open, unless it was unrefed', async () => {
    const watching = `const watcher = fs.watch(${JSON.stringify(folder)}); await watcher.ready; console.log(watcher.hasRef());`
    const held = await inChild(`${watching} setTimeout(() => { watcher.dispose(); console.log('left') }, 100).unref()`)
    expect(held).toMatchObject({ code: 0, stdout: 'true\nleft\n', stderr: '' })
    const free = await inChild(`${watching} watcher.unref(); console.log(watcher.hasRef()); void watcher.next()`)
    expect(free).toMatchObject({ code: 0, stdout: 'true\nfalse\n', stderr: '' })
  })
})
