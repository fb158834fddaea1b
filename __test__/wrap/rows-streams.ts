// `stream`, `stream-next`: pulled from Node to the end, left, stopped, disposed, failing.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import type { Source, Stream } from './rows-api.js'
import { until } from './rows-futures.js'
import { codeOf, rejectionOf, type Rows } from './rows-package.js'

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

const upTo = (end: number): number[] => Array.from({ length: end }, (_, n) => n)

export function streamTests(rows: () => Rows): void {
  const source = (): Source => new (rows().api.Source)()

  describe('streams as results', () => {
    it('give every item, in order, across batches', async () => {
      const from = source()
      expect(await all(from.numbers(1000))).toEqual(upTo(1000))
      expect(await all(from.numbers(0))).toEqual([])
      expect(from.alive()).toBe(0)
    })

    it('may borrow from their object and from what was passed', async () => {
      const from = source()
      from.shift(5)
      expect(await all(from.labels(3, 'n'))).toEqual(['n5', 'n6', 'n7'])
    })

    it('share the object they may borrow from until they end', async () => {
      const from = source()
      const labels = from.labels(3, 'n')
      expect(from.alive()).toBe(1)
      expect(codeOf(() => { from.shift(1) })).toBe('ERR_BUSY') // prettier-ignore
      labels.dispose()
      from.shift(1)
      expect(await all(from.labels(1, 'n'))).toEqual(['n1'])
    })

    it('leave the object free when they keep nothing of it', async () => {
      const from = source()
      const numbers = from.numbers(2)
      from.shift(1)
      const shifted = from.shifted(2)
      from.shift(1)
      expect([await all(numbers), await all(shifted)]).toEqual([[0, 1], [0, 1]]) // prettier-ignore
    })

    it('outlive their object', async () => {
      const from = source()
      const labels = from.labels(2, 'n')
      from.dispose()
      expect(await all(labels)).toEqual(['n0', 'n1'])
    })

    it('give objects', async () => {
      const words = await all(source().words(3))
      expect(words).toHaveLength(3)
      expect(words[1]?.equals(new (rows().api.Word)('W1'))).toBe(true)
    })

    it('fail where they are made, or at an item behind those before it', async () => {
      const from = source()
      expect(codeOf(() => from.checked(13))).toBe('ERR_ROWS')
      const checked = from.checked(9)
      expect([await checked.next(), await checked.next()]).toMatchObject([{ value: 0 }, { value: 1 }])
      await expect(checked.next()).rejects.toMatchObject({
        code: 'ERR_ROWS',
        message: 'rows.Source.checked: 2 is refused',
      })
      expect(await checked.next()).toEqual({ done: true, value: undefined })
      expect(from.alive()).toBe(0)
    })

    it('contain a panic', async () => {
      const broken = source().broken()
      expect(await rejectionOf(() => all(broken))).toBe('ERR_PANIC')
      expect(broken.isDisposed).toBe(true)
    })

    it('may be promised', async () => {
      const from = source()
      expect(await all(await from.connect(3))).toEqual([0, 1, 2])
      expect(await rejectionOf(() => from.connect(13))).toBe('ERR_ROWS')
      expect(await all(await rows().api.later(2))).toEqual([0, 1])
    })

    it('run on the timers of the lane', async () => {
      const seen: number[] = []
      for await (const pulse of rows().api.pulses(2)) {
        seen.push(pulse)
        if (pulse === 3) break
      }
      expect(seen).toEqual([1, 2, 3])
    })
  })

  describe('a stream is pulled', () => {
    it('not before an item is asked for, and no further than a batch', async () => {
      const from = source()
      const numbers = from.numbers(1_000_000)
      expect([from.alive(), from.polled()]).toEqual([1, 0])
      await numbers.next()
      expect(from.polled()).toBe(64)
      for (let n = 1; n < 64; n += 1) await numbers.next()
      expect(from.polled()).toBe(64)
      await numbers.next()
      expect(from.polled()).toBe(128)
      numbers.dispose()
    })

    it('in order, however many ask at once', async () => {
      const numbers = source().numbers(100)
      const asked = await Promise.all(Array.from({ length: 102 }, () => numbers.next()))
      expect(asked.slice(0, 100)).toEqual(upTo(100).map((value) => ({ done: false, value })))
      expect(asked.slice(100)).toEqual([{ done: true, value: undefined }, { done: true, value: undefined }]) // prettier-ignore
    })
  })

  describe('a stream ends', () => {
    it('when a loop is left, by break or by an error', async () => {
      const from = source()
      for await (const number of from.numbers(10)) if (number === 2) break
      const failing = async (): Promise<void> => {
        for await (const number of from.numbers(10)) throw new RangeError(`mine: ${number}`)
      }
      expect(await rejectionOf(failing)).toBe('RangeError')
      expect(from.alive()).toBe(0)
    })

    it('when it is left before it began', async () => {
      const from = source()
      const numbers = from.numbers(10)
      expect(await numbers.return()).toEqual({ done: true, value: undefined })
      expect(from.alive()).toBe(0)
    })

    it.each([
      ['return', (stream: Stream<number>): Promise<unknown> => stream.return()],
      [
        'dispose',
        (stream: Stream<number>): Promise<void> => {
          stream.dispose()
          return Promise.resolve()
        },
      ],
    ])('by %s while somebody waits for an item, who hears that there is none', async (_, leave) => {
      const from = source()
      const silent = from.silent()
      const waiting = silent.next()
      await new Promise(setImmediate)
      await leave(silent)
      expect(await waiting).toEqual({ done: true, value: undefined })
      await until(() => from.alive() === 0)
    })

    it('when its signal fires, with the reason of the signal', async () => {
      const from = source()
      const control = new AbortController()
      const waiting = from.silent({ signal: control.signal }).next()
      await new Promise(setImmediate)
      const reason = new Error('mine')
      control.abort(reason)
      await expect(waiting).rejects.toBe(reason)
      await until(() => from.alive() === 0)
    })

    it('when an item is late', async () => {
      const from = source()
      expect(await rejectionOf(() => all(from.silent({ timeoutMs: 10 })))).toBe('ERR_TIMEOUT')
      await until(() => from.alive() === 0)
      expect(await all(from.numbers(3, { timeoutMs: 5000 }))).toEqual([0, 1, 2])
    })

    it('before it begins for a signal that fired', () => {
      const from = source()
      const signal = AbortSignal.abort(new RangeError('mine'))
      expect(() => from.numbers(1, { signal })).toThrow('mine')
      expect(from.alive()).toBe(0)
    })
  })

  describe('bad input of streams', () => {
    it('is refused by the call, by name', () => {
      const from = source()
      expect(codeOf(() => from.numbers(-1))).toBe('ERR_OUT_OF_RANGE')
      expect(codeOf(() => from.labels(1, 5 as never))).toBe('ERR_INVALID_ARG_TYPE')
      expect(codeOf(() => from.numbers(1, 5 as never))).toBe('ERR_INVALID_ARG_TYPE')
      expect(codeOf(() => from.numbers(1, { signal: {} as never }))).toBe('ERR_INVALID_ARG_TYPE')
      expect(codeOf(() => from.numbers(1, { timeoutMs: -1 }))).toBe('ERR_OUT_OF_RANGE')
      from.dispose()
      expect(codeOf(() => from.numbers(1))).toBe('ERR_HANDLE_CLOSED')
    })
  })

  describe('classes that are streams', () => {
    it('have next, and a loop that leaves them as they are', async () => {
      const countdown = rows().api.Ticks.upTo(5)
      expect(await countdown.next()).toBe(4)
      expect(countdown.nextSync()).toBe(3)
      for await (const left of countdown) if (left === 1) break
      expect([countdown.isDisposed, countdown.left()]).toEqual([false, 1])
      expect(await all(countdown)).toEqual([0])
      expect(await countdown.next()).toBeNull()
    })

    it('reject with errors among their items', async () => {
      expect(await rejectionOf(() => all(rows().api.Ticks.upTo(13)))).toBe('ERR_ROWS')
    })
  })

  it('streams work in a Worker', async () => {
    const script = `
      const { parentPort, workerData } = require('node:worker_threads')
      const { Source } = require(workerData)
      const source = new Source()
      void (async () => {
        const seen = []
        for await (const label of source.labels(100, 'w')) if (seen.push(label) === 70) break
        parentPort.postMessage([seen.length, seen[69], source.alive()])
      })()`
    const worker = new Worker(script, { eval: true, workerData: join(rows().folder, 'dist', 'index.js') })
    const seen = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    expect(seen).toEqual([70, 'w69', 0])
    await worker.terminate()
  })
}
