// `promise`, and async members of classes: at once on one object, ended in mid-flight, stopped, in a Worker that is terminated.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { codeOf, rejectionOf, type Rows } from './rows-package.js'

/** Until something holds, a second at most. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await sleep(5)
  expect(holds()).toBe(true)
}

export function futureTests(rows: () => Rows): void {
  describe('futures as results', () => {
    it('are promises, boxed or not, and have a Sync door', async () => {
      const { Server, double } = rows().api
      const server = new Server()
      expect(await double(4)).toBe(8)
      expect(await server.half(4)).toBe(2)
      expect(server.halfSync(6)).toBe(3)
    })

    it('reject with the error of the crate', async () => {
      const server = new (rows().api.Server)()
      await expect(server.half(3)).rejects.toMatchObject({
        code: 'ERR_ROWS',
        message: 'rows.Server.half: 3 is refused',
      })
      expect(codeOf(() => server.halfSync(3))).toBe('ERR_ROWS')
    })

    it('contain a panic, which leaves the object unusable', async () => {
      const server = new (rows().api.Server)()
      expect(await rejectionOf(() => server.broken('end'))).toBe('ERR_PANIC')
      expect(await rejectionOf(() => server.half(2))).toBe('ERR_PANIC')
    })

    it('refuse wrong arguments and options', async () => {
      const server = new (rows().api.Server)()
      expect(await rejectionOf(() => server.half(-1))).toBe('ERR_OUT_OF_RANGE')
      expect(await rejectionOf(() => server.half('1' as never))).toBe('ERR_INVALID_ARG_TYPE')
      expect(await rejectionOf(() => server.half(2, { timeoutMs: -1 }))).toBe('ERR_OUT_OF_RANGE')
      expect(await rejectionOf(() => server.half(2, { signal: {} as never }))).toBe('ERR_INVALID_ARG_TYPE')
    })
  })

  describe('async methods of one object', () => {
    it('run at the same time when they share it', async () => {
      const server = new (rows().api.Server)()
      const calls = Array.from({ length: 20 }, (_, n) => server.answer(n, 400))
      await until(() => server.running() === 20)
      expect(await Promise.all(calls)).toEqual(Array.from({ length: 20 }, (_, n) => n))
      expect(server.running()).toBe(0)
    })

    it('follow each other when they change it', async () => {
      const server = new (rows().api.Server)()
      expect(await Promise.all([server.count(10), server.count(5), server.count(0)])).toEqual([1, 2, 3])
    })

    it('refuse sync use while one changes it', async () => {
      const server = new (rows().api.Server)()
      const counting = server.count(10)
      expect(codeOf(() => server.running())).toBe('ERR_BUSY')
      expect(await counting).toBe(1)
      expect(server.running()).toBe(0)
    })

    it('end as if nothing had happened when it is disposed meanwhile', async () => {
      const server = new (rows().api.Server)()
      const answer = server.answer(7, 20)
      server.dispose()
      expect(await answer).toBe(7)
      expect(await rejectionOf(() => server.answer(1, 0))).toBe('ERR_HANDLE_CLOSED')
    })

    it('are dropped when they are aborted or late', async () => {
      const server = new (rows().api.Server)()
      const control = new AbortController()
      const aborted = rejectionOf(() => server.answer(1, 60_000, { signal: control.signal }))
      const late = rejectionOf(() => server.answer(1, 60_000, { timeoutMs: 20 }))
      await until(() => server.running() === 2)
      control.abort()
      expect(await aborted).toBe('AbortError')
      expect(await late).toBe('ERR_TIMEOUT')
      expect(server.running()).toBe(0)
      expect(codeOf(() => server.answerSync(1, 60_000, { timeoutMs: 10 }))).toBe('ERR_TIMEOUT')
    })

    it('do not start for a signal that fired', async () => {
      const server = new (rows().api.Server)()
      expect(await rejectionOf(() => server.answer(1, 0, { signal: AbortSignal.abort() }))).toBe('AbortError')
    })

    it('do not outlive a Worker that is terminated', async () => {
      const server = new (rows().api.Server)()
      const script = `
        const { parentPort, workerData } = require('node:worker_threads')
        const { Server, Source } = require(workerData)
        const [server, source] = [new Server(), new Source()]
        void server.answer(1, 60_000)
        void source.silent().next()
        const underWay = () => server.running() + source.alive()
        setInterval(() => underWay() === 2 && parentPort.postMessage(2), 5)`
      const entry = join(rows().folder, 'dist', 'index.js')
      const worker = new Worker(script, { eval: true, workerData: entry })
      const running = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
      expect(running).toBe(2)
      expect(await worker.terminate()).toBe(1)
      expect(await server.answer(3, 1)).toBe(3)
    })
  })
}
