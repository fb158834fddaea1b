import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { rejectionOf, testkit } from './testkit/load.js'

const { call, diagnostics, boundary } = testkit

/** Blocks this thread until so many results wait for it. */
function waitForResults(count: number): void {
  while (diagnostics().lane.undelivered < count);
}

describe('async calls on one object', () => {
  it('run one after the other, first in first out', async () => {
    using counter = new testkit.Counter(0)
    const order: string[] = []
    const note = (name: string) => (value: number) => order.push(`${name} ${String(value)}`)
    await Promise.all([
      counter.addSlowly(1, 10).then(note('slow')),
      counter.addLater(10, 5).then(note('later')),
      counter.readSlowly(1).then(note('read')),
      counter.addSlowly(100, 0).then(note('fast')),
      counter.addLater(1000, 0).then(note('last')),
    ])
    expect(order).toEqual(['slow 1', 'later 11', 'read 11', 'fast 111', 'last 1111'])
  })

  it('that only read run beside each other', async () => {
    using counter = new testkit.Counter(7)
    const started = performance.now()
    expect(await Promise.all([1, 2, 3, 4].map(() => counter.readSlowly(250)))).toEqual([7, 7, 7, 7])
    expect(performance.now() - started).toBeLessThan(950)
  })

  it('go on when a waiting one is aborted, which rejects at once', async () => {
    using counter = new testkit.Counter(0)
    const controller = new AbortController()
    const order: unknown[] = []
    const first = counter.addSlowly(1, 100).then((value) => order.push(value))
    const second = counter.addLater(10, 0, { signal: controller.signal }).catch((reason: unknown) => order.push(reason))
    const third = counter.addLater(100, 0).then((value) => order.push(value))
    controller.abort('never mind')
    await Promise.all([first, second, third])
    expect(order).toEqual(['never mind', 1, 101])
  })

  it('go on when a waiting one runs out of time', async () => {
    using counter = new testkit.Counter(0)
    const first = counter.addSlowly(1, 60)
    const second = rejectionOf(counter.addLater(10, 0, { timeoutMs: 1 }))
    const third = counter.addLater(100, 0)
    expect(await second).toMatchObject({ code: 'ERR_TIMEOUT', details: { stillRunning: false } })
    expect([await first, await third]).toEqual([1, 101])
  })

  it('go on when the one before panics: they are refused, not lost', async () => {
    const counter = new testkit.Counter(0)
    const [first, second] = await Promise.all([rejectionOf(counter.panicSlowly()), rejectionOf(counter.addLater(1, 0))])
    expect([first.code, second.code]).toEqual(['ERR_PANIC', 'ERR_PANIC'])
    counter.dispose()
    expect(diagnostics()).toMatchObject({ callsInFlight: 0, handles: {} })
  })

  it('still settle when the object is disposed meanwhile; those that wait are refused', async () => {
    const counter = new testkit.Counter(5)
    const running = counter.addSlowly(1, 20)
    const waiting = rejectionOf(counter.addSlowly(1, 0))
    counter.dispose()
    expect(await running).toBe(6)
    expect(await waiting).toMatchObject({ code: expect.stringMatching(/^ERR_HANDLE_(CLOSED|STALE)$/) as string })
    expect(diagnostics().handles).toEqual({})
  })
})

describe('results', () => {
  it('arrive in the order they were made', async () => {
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 5000 }, (_, at) => testkit.addAsync(at, 0).then((value) => order.push(value))),
    )
    expect(order).toEqual(Array.from({ length: 5000 }, (_, at) => at))
  })

  it('arrive after what the call queued before it finished', async () => {
    for (const times of [1, 100, 5000]) {
      const seen: number[] = []
      const queued = boundary.callback((number: number) => void seen.push(number))
      expect(await call('callbacks.queueThenFinish', [times, queued])).toBe(times)
      expect(seen).toEqual(Array.from({ length: times }, (_, at) => at))
    }
  })

  it('never settle a promise during the call that started it', async () => {
    let settled = false
    const promise = testkit.addAsync(1, 2).then(() => (settled = true))
    waitForResults(1)
    expect(settled).toBe(false)
    await promise
  })

  it('let reactions run in the order of their calls', async () => {
    const order: string[] = []
    const calls = ['a', 'b', 'c'].map(async (name, at) => {
      await testkit.addAsync(at, 0)
      order.push(name)
      await Promise.resolve()
      order.push(`${name} after a microtask`)
    })
    waitForResults(3)
    await Promise.all(calls)
    expect(order).toEqual(['a', 'b', 'c', 'a after a microtask', 'b after a microtask', 'c after a microtask'])
  })
})

describe('10,000 results at once', () => {
  it('let a timer that becomes due in between run in between', async () => {
    const count = 10_000
    let settled = 0
    let settledAtTimer: number | undefined
    const calls = Array.from({ length: count }, () =>
      testkit.addAsync(1, 1).then(() => {
        settled += 1
        if (settled === 1) setTimeout(() => (settledAtTimer = settled), 1)
      }),
    )
    waitForResults(count)
    await Promise.all(calls)
    await new Promise((resolve) => setTimeout(resolve, 2))
    expect(settledAtTimer).toBeGreaterThan(0)
    expect(settledAtTimer).toBeLessThan(count)
  })

  it('let setImmediate run in between', async () => {
    const count = 10_000
    let settled = 0
    const settledAtTurns: number[] = []
    const turn = (): void => {
      settledAtTurns.push(settled)
      if (settled < count) setImmediate(turn)
    }
    const calls = Array.from({ length: count }, () => testkit.addAsync(1, 1).then(() => (settled += 1)))
    waitForResults(count)
    setImmediate(turn)
    await Promise.all(calls)
    await new Promise((resolve) => setImmediate(resolve))
    const between = settledAtTurns.filter((seen) => seen > 0 && seen < count)
    expect(between.length).toBeGreaterThanOrEqual(3)
    const steps = between.map((seen, at) => seen - (between[at - 1] ?? 0))
    // 1,024 at most each, and a wake from another thread may meet the continuation of an earlier one in a turn.
    expect(Math.max(...steps)).toBeLessThanOrEqual(2 * 1024)
  })
})

describe('AsyncLocalStorage', () => {
  const storage = new AsyncLocalStorage<string>()

  it('shows the store of the call after it has settled, whatever else settles in the same batch', async () => {
    const inStore = (name: string): Promise<void> =>
      storage.run(name, async () => {
        await testkit.addAsync(1, 1)
        expect(storage.getStore()).toBe(name)
        await rejectionOf(call('faults.refuseLater', [1]))
        expect(storage.getStore()).toBe(name)
        await call('faults.carefulWork', [1]).finally(() => {
          expect(storage.getStore()).toBe(name)
        })
      })
    await Promise.all(Array.from({ length: 100 }, (_, at) => inStore(`request ${String(at)}`)))
    expect(storage.getStore()).toBe(undefined)
  })

  it('shows queued and blocking callbacks the store they were registered in', async () => {
    const seen: unknown[] = []
    const keeper = storage.run(
      'registered',
      () =>
        new testkit.Keeper(
          () => seen.push(storage.getStore()),
          async (value) => {
            seen.push(storage.getStore())
            await Promise.resolve()
            seen.push(storage.getStore())
            return value
          },
        ),
    )
    await storage.run('calling', async () => {
      keeper.call(1)
      await keeper.ask(2)
      expect(storage.getStore()).toBe('calling')
    })
    expect(seen).toEqual(['registered', 'registered', 'registered'])
    keeper.dispose()
  })

  it('shows synchronous callbacks the store of the call they run in', () => {
    const seen = storage.run('calling', () => {
      let store: string | undefined
      testkit.bench.callSync(1, (value) => {
        store = storage.getStore()
        return value
      })
      return store
    })
    expect(seen).toBe('calling')
  })

  it('leaks no store into callbacks registered outside of one', async () => {
    const seen: unknown[] = []
    const queued = boundary.callback(() => void seen.push(storage.getStore()))
    await storage.run('calling', () => call('callbacks.queueThenFinish', [3, queued]))
    expect(seen).toEqual([undefined, undefined, undefined])
  })
})
