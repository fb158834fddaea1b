import { Job, Notifier, type ConcurrencyError } from 'ferrule/concurrency'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

const library = createRequire(import.meta.url).resolve('ferrule/concurrency')
const failing = (code: string, operation: string): ConcurrencyError =>
  expect.objectContaining({
    name: 'ConcurrencyError',
    code,
    operation: `concurrency.${operation}`,
  }) as ConcurrencyError

function recorder(): { ran: number[]; run: (signal: number) => void } {
  const ran: number[] = []
  return { ran, run: (signal) => void ran.push(signal) }
}

const worker = (script: string, workerData: unknown): Worker =>
  new Worker(
    `const { Job } = require(${JSON.stringify(library)})
     const { parentPort, workerData } = require('node:worker_threads')
     ${script}`,
    { eval: true, workerData },
  )

describe('a job', () => {
  it('runs for each signal once until it has begun with it, the lowest first', async () => {
    const { ran, run } = recorder()
    const job = Job.create(run)
    for (const signal of [31, 3, 31, 3]) job.signal(signal)
    job.schedule()
    expect(ran).toEqual([])
    expect(job.release()).toBe(0)
    await job.finished
    expect(ran).toEqual([0, 3, 31])
  })

  it('lives as long as somebody retains it, and runs for what was raised before', async () => {
    const { ran, run } = recorder()
    const job = Job.create(run)
    const other = Job.open(job.id)
    expect([other.retain(), other.references, job.release()]).toEqual([3, 3, 2])
    expect(() => job.release()).toThrow(failing('ERR_CONCURRENCY_NOT_RETAINED', 'Job.release'))
    expect(other.release()).toBe(1)
    other.signal(5)
    other.dispose()
    await job.finished
    expect(ran).toEqual([5])
    expect(() => job.signal(5)).toThrow(failing('ERR_CONCURRENCY_ENDED', 'Job.signal'))
    expect(() => job.retain()).toThrow(failing('ERR_CONCURRENCY_ENDED', 'Job.retain'))
    expect(() => Job.open(job.id)).toThrow(failing('ERR_CONCURRENCY_ENDED', 'Job.open'))
  })

  it('does not run again before the promise of its run has settled', async () => {
    const seen: string[] = []
    const job = Job.create(async (signal) => {
      seen.push(`+${signal}`)
      await turn()
      seen.push(`-${signal}`)
    })
    job.signal(1)
    job.signal(2)
    await turn()
    Job.runPending()
    job.signal(1)
    job.release()
    await job.finished
    expect(seen).toEqual(['+1', '-1', '+2', '-2', '+1', '-1'])
  })

  it.each([
    [
      'throws',
      (): void => {
        throw new RangeError('no')
      },
    ],
    ['rejects', (): Promise<void> => Promise.reject(new RangeError('no'))],
  ])('whose run %s has ended with that error, and every holder is told', async (_, run) => {
    const job = Job.create(run)
    const other = Job.open(job.id)
    other.schedule()
    await expect(job.finished).rejects.toThrow(new RangeError('no'))
    expect(() => other.schedule()).toThrow(failing('ERR_CONCURRENCY_ENDED', 'Job.schedule'))
    other.dispose()
  })

  it('that is disposed ends at once, also inside its own run', async () => {
    const { ran, run } = recorder()
    const job = Job.create(run)
    const other = Job.open(job.id)
    job.schedule()
    job.dispose()
    await job.finished
    expect(ran).toEqual([])
    expect(() => other.schedule()).toThrow(failing('ERR_CONCURRENCY_ENDED', 'Job.schedule'))
    other.dispose()
    let runs = 0
    const own = Job.create((_signal, self) => {
      runs += 1
      self.dispose()
    })
    own.signal(1)
    own.signal(2)
    await own.finished
    expect(runs).toBe(1)
  })

  it('accepts the signals it was made for', () => {
    using job = Job.create(() => undefined, { signals: [0, 31] })
    job.signal(31)
    expect(() => job.signal(1)).toThrow(failing('ERR_OUT_OF_RANGE', 'Job.signal'))
    for (const signal of [32, -1, 0.5, NaN]) {
      expect(() => job.signal(signal)).toThrow(failing('ERR_OUT_OF_RANGE', 'Job.signal'))
      const create = (): Job => Job.create(() => undefined, { signals: [signal] })
      expect(create).toThrow(failing('ERR_OUT_OF_RANGE', 'Job.create'))
    }
    expect(() => job.signal('1' as never)).toThrow(failing('ERR_INVALID_ARG_TYPE', 'Job.signal'))
    expect(() => Job.create(() => undefined, { signals: [] })).toThrow(failing('ERR_OUT_OF_RANGE', 'Job.create'))
    for (const [run, options] of [
      [1],
      [undefined],
      [() => undefined, { signals: 3 }],
      [() => undefined, { signals: ['1'] }],
    ]) {
      expect(() => Job.create(run as never, options as never)).toThrow(failing('ERR_INVALID_ARG_TYPE', 'Job.create'))
    }
  })
})

describe('runPending', () => {
  it('runs what was raised, now, and passes over a job in the middle of a run', async () => {
    const { ran, run } = recorder()
    using job = Job.create((signal) => {
      run(signal)
      expect(Job.runPending()).toBe(0)
    })
    job.signal(4)
    job.signal(6)
    expect([Job.runPending(), Job.runPending()]).toEqual([2, 0])
    expect(ran).toEqual([4, 6])
    await turn()
    expect(ran).toEqual([4, 6])
  })

  it('leaves what a run throws to that job', async () => {
    const { ran, run } = recorder()
    const bad = Job.create(() => {
      throw new Error('bad')
    })
    using good = Job.create(run)
    bad.schedule()
    good.schedule()
    expect(Job.runPending()).toBe(2)
    expect(ran).toEqual([0])
    await expect(bad.finished).rejects.toThrow('bad')
  })
})

describe('a notifier', () => {
  it('tells each subscriber once, retains none and passes over those that ended', () => {
    const [first, second] = [recorder(), recorder()]
    using one = Job.create(first.run)
    using other = Job.create(second.run, { signals: [2] })
    const gone = Job.create(() => undefined)
    using notifier = new Notifier()
    notifier.subscribe(one, 1)
    notifier.subscribe(one, 7)
    notifier.subscribe(other, 2)
    notifier.subscribe(gone, 0)
    expect(() => notifier.subscribe(other, 3)).toThrow(failing('ERR_OUT_OF_RANGE', 'Notifier.subscribe'))
    expect(() => notifier.subscribe({} as never, 3)).toThrow(failing('ERR_INVALID_ARG_TYPE', 'Notifier.subscribe'))
    gone.dispose()
    expect([notifier.notify(), notifier.notify(), one.references]).toEqual([3, 0, 1])
    Job.runPending()
    expect([first.ran, second.ran]).toEqual([[1, 7], [2]])
  })
})

describe('between threads', () => {
  it('any thread signals, retains and releases', async () => {
    const { ran, run } = recorder()
    const job = Job.create(run)
    const signals = [1, 2, 3].map((signal) =>
      worker(
        `const job = Job.open(workerData.id)
         for (let n = 0; n < 100; n += 1) { job.retain(); job.signal(workerData.signal); job.release() }
         job.dispose()`,
        { id: job.id, signal },
      ),
    )
    await Promise.all(signals.map((signal) => once(signal, 'exit')))
    expect(job.references).toBe(1)
    job.release()
    await job.finished
    expect(new Set(ran)).toEqual(new Set([1, 2, 3]))
  })

  it('a Worker that is terminated releases what it retained, and ends the jobs it ran', async () => {
    const job = Job.create(() => undefined)
    const other = worker(
      `const held = Job.open(workerData)
       held.retain()
       const own = Job.create(() => undefined)
       parentPort.postMessage(own.id)`,
      job.id,
    )
    const [id] = (await once(other, 'message')) as [number]
    const opened = Job.open(id)
    expect(job.references).toBe(3)
    await other.terminate()
    expect(job.references).toBe(1)
    expect(() => opened.schedule()).toThrow(failing('ERR_CONCURRENCY_ENDED', 'Job.schedule'))
    opened.dispose()
    job.release()
    await job.finished
  })

  it.each([
    ['exits with a job that waits', 'Job.create(() => undefined); setTimeout(() => process.exit(0), 20)'],
    ['exits inside a run', 'Job.create(() => process.exit(0)).schedule()'],
    ['ends by itself when its last job is released', 'const job = Job.create(() => { job.release() }); job.schedule()'],
  ])('a process %s', (_, script) => {
    const source = `const { Job } = require(${JSON.stringify(library)}); ${script}`
    const { status, stderr } = spawnSync(process.execPath, ['-e', source], {
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
