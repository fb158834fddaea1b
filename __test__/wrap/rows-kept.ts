// `callback-queued`: functions that Rust keeps and calls from any thread, until it lets them go.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { until } from './rows-futures.js'
import { codeOf, type Rows } from './rows-package.js'

interface Addon {
  boundary: { diagnostics: () => { callbacks: { held: number } } }
}

export function keptTests(rows: () => Rows): void {
  const held = (): number => {
    const { folder } = rows()
    const addon = createRequire(join(folder, 'package.json'))(join(folder, 'dist', 'addon.js')) as Addon
    return addon.boundary.diagnostics().callbacks.held
  }

  describe('functions that are kept', () => {
    it('are called soon after, in order, with everything that crosses', async () => {
      const { Bell, Word } = rows().api
      const bell = new Bell()
      const heard: unknown[] = []
      bell.onRing((count, who) => heard.push([count, who]))
      bell.onLast((word) => heard.push(word.equals(new Word('B'))))
      bell.ring('a')
      bell.ring('b')
      expect(heard).toEqual([])
      await until(() => heard.length === 4)
      expect(heard).toEqual([[1, 'a'], false, [2, 'b'], true])
      bell.dispose()
    })

    it('are called from other threads, after their object has ended, too', async () => {
      const { Bell } = rows().api
      const bell = new Bell()
      const heard: number[] = []
      bell.onRing((count) => heard.push(count))
      bell.ringLater('t', 500)
      bell.dispose()
      await until(() => heard.length === 500)
      expect(heard).toEqual(Array.from({ length: 500 }, (_, n) => n))
    })

    it('are let go with the object that keeps them, or when another one takes their place', async () => {
      const { Bell } = rows().api
      await until(() => held() === 0)
      const bell = new Bell()
      bell.onRing(() => undefined)
      bell.onLast(() => undefined)
      expect(held()).toBe(2)
      bell.onLast(() => undefined)
      await until(() => held() === 2)
      expect(bell.listeners()).toBe(1)
      bell.dispose()
      await until(() => held() === 0)
    })

    it('are called after the call, where it only asks that they may be called elsewhere', async () => {
      const seen: number[] = []
      rows().api.eachOf([1, 2, 3], (value) => seen.push(value))
      expect(seen).toEqual([])
      await until(() => seen.length === 3)
      expect(seen).toEqual([1, 2, 3])
    })

    it('must be functions, and must not be waited for', () => {
      const { Bell } = rows().api
      const bell = new Bell()
      expect(codeOf(() => { bell.onRing(5 as never) })).toBe('ERR_INVALID_ARG_TYPE') // prettier-ignore
      expect(codeOf(() => { bell.onLast(undefined as never) })).toBe('ERR_INVALID_ARG_TYPE') // prettier-ignore
      expect('onAsk' in bell).toBe(false)
    })

    it('keep no Worker from ending, which hears nothing more', async () => {
      const script = `
        const { parentPort, workerData } = require('node:worker_threads')
        const { Bell } = require(workerData)
        const bell = new Bell()
        bell.onRing((count) => count === 9 && parentPort.postMessage(count))
        bell.ringLater('w', 10)
        setTimeout(() => undefined, 50)`
      const worker = new Worker(script, { eval: true, workerData: join(rows().folder, 'dist', 'index.js') })
      const heard = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
      expect(heard).toBe(9)
      expect(await new Promise((resolve) => worker.once('exit', resolve))).toBe(0)
    })
  })
}
