import { Queue, type ConcurrencyError } from 'ferrule/concurrency'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

const library = createRequire(import.meta.url).resolve('ferrule/concurrency')
const failing = (code: string, operation: string, details?: object): ConcurrencyError =>
  expect.objectContaining({
    name: 'ConcurrencyError',
    code,
    operation: `concurrency.${operation}`,
    ...(details === undefined ? {} : { details }),
  }) as ConcurrencyError
const text = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString()

function worker(script: string, workerData: unknown): Worker {
  const source = `const { Queue } = require(${JSON.stringify(library)})
    const { workerData } = require('node:worker_threads')
    ${script}`
  return new Worker(source, { eval: true, workerData })
}

describe('a queue', () => {
  it('gives what it was given, oldest first, and is empty again', () => {
    using queue = new Queue()
    expect([queue.isEmpty, queue.pop()]).toEqual([true, null])
    queue.push('first')
    queue.push(Uint8Array.of(1, 2))
    queue.push('')
    expect([queue.isEmpty, queue.length]).toEqual([false, 3])
    expect([text(queue.pop()), queue.pop(), queue.pop(), queue.pop()]).toEqual([
      'first',
      Uint8Array.of(1, 2),
      new Uint8Array(),
      null,
    ])
  })

  it('keeps a copy of what it is given', async () => {
    using queue = new Queue({ capacity: 1 })
    const bytes = Uint8Array.of(1)
    queue.push(bytes)
    const waiting = queue.pushWaiting(bytes)
    bytes[0] = 9
    expect(queue.pop()).toEqual(Uint8Array.of(1))
    await waiting
    expect(queue.pop()).toEqual(Uint8Array.of(1))
  })

  it('is bounded in items and in bytes, and says how full it is', () => {
    using queue = new Queue({ capacity: 2, maxBytes: 10 })
    queue.push('12345')
    expect(() => queue.push('123456')).toThrow(failing('ERR_CONCURRENCY_FULL', 'Queue.push', { items: 1, bytes: 5 }))
    queue.push('')
    expect(() => queue.push('')).toThrow(failing('ERR_CONCURRENCY_FULL', 'Queue.push', { items: 2, bytes: 5 }))
    const tooLarge = failing('ERR_OUT_OF_RANGE', 'Queue.push', { bytes: 11, limit: 10 })
    expect(() => queue.push(new Uint8Array(11))).toThrow(tooLarge)
  })

  it('is opened by its id, while somebody has it', () => {
    const queue = new Queue()
    const { id } = queue
    const other = Queue.open(id)
    queue.push('x')
    queue.dispose()
    expect(text(other.pop())).toBe('x')
    other.dispose()
    expect(() => Queue.open(id)).toThrow(failing('ERR_CONCURRENCY_UNKNOWN', 'Queue.open', { what: 'queue', id }))
  })

  it('closed takes nothing and gives what it has', async () => {
    using queue = new Queue()
    queue.push('x')
    queue.close()
    queue.close()
    expect(queue.isClosed).toBe(true)
    expect(() => queue.push('y')).toThrow(failing('ERR_CONCURRENCY_CLOSED', 'Queue.push'))
    await expect(queue.pushWaiting('y')).rejects.toThrow(failing('ERR_CONCURRENCY_CLOSED', 'Queue.pushWaiting'))
    expect([text(await queue.popWaiting()), await queue.popWaiting(), queue.popWaitingSync()]).toEqual([
      'x',
      null,
      null,
    ])
  })
})

describe('waiting', () => {
  it('ends when there is an item, or room', async () => {
    using queue = new Queue({ capacity: 1 })
    const popped = queue.popWaiting()
    queue.push('a')
    expect(text(await popped)).toBe('a')
    queue.push('b')
    const pushed = queue.pushWaiting('c')
    expect(text(queue.pop())).toBe('b')
    await pushed
    expect(text(queue.popWaitingSync())).toBe('c')
    queue.pushWaitingSync('d')
    expect(queue.length).toBe(1)
  })

  it('ends at its deadline and when it is aborted, and has then taken and added nothing', async () => {
    using queue = new Queue({ capacity: 1 })
    await expect(queue.popWaiting({ timeoutMs: 10 })).rejects.toThrow(failing('ERR_TIMEOUT', 'Queue.popWaiting'))
    expect(() => queue.popWaitingSync({ timeoutMs: 10 })).toThrow(failing('ERR_TIMEOUT', 'Queue.popWaitingSync'))
    const abort = new AbortController()
    const popped = queue.popWaiting({ signal: abort.signal })
    abort.abort()
    queue.push('kept')
    await expect(popped).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error)
    await expect(queue.pushWaiting('x', { timeoutMs: 10 })).rejects.toThrow(failing('ERR_TIMEOUT', 'Queue.pushWaiting'))
    expect(() => queue.pushWaitingSync('x', { timeoutMs: 10 })).toThrow(failing('ERR_TIMEOUT', 'Queue.pushWaitingSync'))
    const pushed = queue.pushWaiting('x', { signal: AbortSignal.abort() })
    await expect(pushed).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error)
    expect([text(queue.pop()), queue.pop()]).toEqual(['kept', null])
  })

  it('serves each item to one of those who wait', async () => {
    using queue = new Queue()
    const popped = Array.from({ length: 5 }, () => queue.popWaiting())
    for (const item of ['a', 'b', 'c', 'd', 'e']) queue.push(item)
    expect((await Promise.all(popped)).map(text).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('ends for all when the queue is closed, and here when it is disposed', async () => {
    using queue = new Queue({ capacity: 1 })
    const other = Queue.open(queue.id)
    const here = other.popWaiting()
    other.dispose()
    await expect(here).rejects.toThrow(failing('ERR_HANDLE_CLOSED', 'Queue.popWaiting'))
    const popped = [queue.popWaiting(), queue.popWaiting()]
    queue.close()
    expect(await Promise.all(popped)).toEqual([null, null])
  })

  it('is an iteration that ends with the queue', async () => {
    using queue = new Queue()
    queue.push('a')
    queue.push('b')
    const found: (string | null)[] = []
    for await (const item of queue) {
      found.push(text(item))
      if (found.length === 2) queue.push('c')
      if (found.length === 3) queue.close()
    }
    expect(found).toEqual(['a', 'b', 'c'])
  })
})

describe('between threads', () => {
  it('nothing is lost or doubled, with producers and consumers in four Workers', { timeout: 60_000 }, async () => {
    const EACH = 2000
    using work = new Queue({ capacity: 16 })
    using results = new Queue({ capacity: 16 })
    const data = { work: work.id, results: results.id, EACH }
    const producers = [0, 1].map((number) =>
      worker(
        `const work = Queue.open(workerData.work)
         ;(async () => {
           for (let n = 0; n < workerData.EACH; n += 1) await work.pushWaiting(String(workerData.number * workerData.EACH + n))
         })()`,
        { ...data, number },
      ),
    )
    const consumers = [0, 1].map(() =>
      worker(
        `const [work, results] = [Queue.open(workerData.work), Queue.open(workerData.results)]
         for (let item; (item = work.popWaitingSync()) !== null; ) results.pushWaitingSync(item)`,
        data,
      ),
    )
    const ended = Promise.all(producers.map((producer) => once(producer, 'exit'))).then(() => work.close())
    const left = Promise.all(consumers.map((consumer) => once(consumer, 'exit'))).then(() => results.close())
    const found: number[] = []
    for await (const item of results) found.push(Number(text(item)))
    await Promise.all([ended, left])
    found.sort((a, b) => a - b)
    expect(found).toEqual(Array.from({ length: 2 * EACH }, (_, n) => n))
  })

  it('a Worker that is terminated while it waits leaves the queue usable', async () => {
    using queue = new Queue({ capacity: 1 })
    const waiting = worker(
      `const queue = Queue.open(workerData)
       for (let n = 0; n < 10; n += 1) void queue.popWaiting()
       require('node:worker_threads').parentPort.postMessage('waits')`,
      queue.id,
    )
    await once(waiting, 'message')
    await waiting.terminate()
    queue.push('x')
    expect(text(await queue.popWaiting())).toBe('x')
  })
})

describe('what is wrong', () => {
  it.each([
    [{ capacity: 0 }, 'ERR_OUT_OF_RANGE'],
    [{ capacity: 16_777_217 }, 'ERR_OUT_OF_RANGE'],
    [{ capacity: -1 }, 'ERR_OUT_OF_RANGE'],
    [{ capacity: 1.5 }, 'ERR_OUT_OF_RANGE'],
    [{ capacity: '1' }, 'ERR_INVALID_ARG_TYPE'],
    [{ maxBytes: 0 }, 'ERR_OUT_OF_RANGE'],
    [{ maxBytes: 2 ** 32 }, 'ERR_OUT_OF_RANGE'],
    [{ maxBytes: NaN }, 'ERR_OUT_OF_RANGE'],
    [7, 'ERR_INVALID_ARG_TYPE'],
    [null, 'ERR_INVALID_ARG_TYPE'],
  ])('as options %j', (options, code) => {
    expect(() => new Queue(options as never)).toThrow(failing(code, 'Queue'))
  })

  it('as an item, an id or a deadline is refused by name', async () => {
    using queue = new Queue()
    for (const item of [undefined, null, 1, {}, [1], new ArrayBuffer(1), new Uint16Array(1)]) {
      expect(() => queue.push(item as never)).toThrow(failing('ERR_INVALID_ARG_TYPE', 'Queue.push'))
      expect(() => queue.pushWaitingSync(item as never)).toThrow(
        failing('ERR_INVALID_ARG_TYPE', 'Queue.pushWaitingSync'),
      )
      await expect(queue.pushWaiting(item as never)).rejects.toThrow(
        failing('ERR_INVALID_ARG_TYPE', 'Queue.pushWaiting'),
      )
    }
    for (const id of [-1, 1.5, 2 ** 53]) expect(() => Queue.open(id)).toThrow(failing('ERR_OUT_OF_RANGE', 'Queue.open'))
    expect(() => Queue.open('1' as never)).toThrow(failing('ERR_INVALID_ARG_TYPE', 'Queue.open'))
    await expect(queue.popWaiting({ timeoutMs: -1 })).rejects.toThrow(failing('ERR_OUT_OF_RANGE', 'Queue.popWaiting'))
    expect(() => queue.popWaitingSync({ timeoutMs: NaN })).toThrow(failing('ERR_OUT_OF_RANGE', 'Queue.popWaitingSync'))
    expect(queue.isEmpty).toBe(true)
  })

  it('as a disposed queue is told', async () => {
    const queue = new Queue()
    queue.dispose()
    queue.dispose()
    expect(() => queue.push('x')).toThrow(failing('ERR_HANDLE_CLOSED', 'Queue.push'))
    expect(() => queue.isEmpty).toThrow(failing('ERR_HANDLE_CLOSED', 'Queue.isEmpty'))
    await expect(queue.popWaiting()).rejects.toThrow(failing('ERR_HANDLE_CLOSED', 'Queue.popWaiting'))
  })
})
