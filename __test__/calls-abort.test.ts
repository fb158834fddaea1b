import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { rejectionOf, testkit, until } from './testkit/load.js'

const { call, diagnostics } = testkit

const reasonOf = (promise: Promise<unknown>): Promise<{ reason: unknown }> =>
  promise.then(
    () => {
      throw new Error('the call fulfilled')
    },
    (reason: unknown) => ({ reason }),
  )

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length

describe('a signal that has fired already', () => {
  it('keeps the work from starting', async () => {
    using counter = new testkit.Counter(1)
    const signal = AbortSignal.abort('too late')
    expect(await reasonOf(counter.addSlowly(1, 0, { signal }))).toEqual({ reason: 'too late' })
    expect(await reasonOf(counter.addLater(1, 0, { signal }))).toEqual({ reason: 'too late' })
    expect(counter.value).toBe(1)
    expect(listeners(signal)).toBe(0)
    expect(diagnostics().callsInFlight).toBe(0)
  })
})

describe('the reason', () => {
  const reasons = [new Error('mine'), 'a text', 7, null, 0n, Symbol('s'), { code: 'X' }, false]

  it('arrives untouched, whatever it is, before and during the work', async () => {
    for (const reason of reasons) {
      expect((await reasonOf(call('faults.never', [], { signal: AbortSignal.abort(reason) }))).reason).toBe(reason)
      const controller = new AbortController()
      const running = reasonOf(call('faults.never', [], { signal: controller.signal }))
      controller.abort(reason)
      expect((await running).reason).toBe(reason)
    }
  })

  it('is the platform’s AbortError when none was given', async () => {
    const controller = new AbortController()
    const running = reasonOf(call('faults.carefulWork', [10_000], { signal: controller.signal }))
    controller.abort()
    const { reason } = await running
    expect(reason).toBe(controller.signal.reason)
    expect(reason).toMatchObject({ name: 'AbortError' })
  })

  it('is the platform’s TimeoutError for AbortSignal.timeout', async () => {
    const { reason } = await reasonOf(call('faults.never', [], { signal: AbortSignal.timeout(5) }))
    expect(reason).toMatchObject({ name: 'TimeoutError' })
  })

  it('of AbortSignal.any is that of the signal that fired', async () => {
    const controller = new AbortController()
    const signal = AbortSignal.any([new AbortController().signal, controller.signal])
    const running = reasonOf(call('faults.never', [], { signal }))
    controller.abort('second')
    expect(await running).toEqual({ reason: 'second' })
  })
})

describe('one signal for many calls', () => {
  it('has one listener however many calls, and none when they have ended', async () => {
    const { signal } = new AbortController()
    let added = 0
    const add = signal.addEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      added += 1
      add(...args)
    }
    const running = Array.from({ length: 1000 }, (_, at) => testkit.addAsync(at, 1, { signal }))
    expect(listeners(signal)).toBe(1)
    expect(await Promise.all(running)).toEqual(running.map((_, at) => at + 1))
    expect(listeners(signal)).toBe(0)
    await testkit.addAsync(1, 1, { signal })
    expect(listeners(signal)).toBe(0)
    expect(added).toBe(2)
  })

  it('keeps its listener while one call of many still runs', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const last = reasonOf(call('faults.never', [], { signal }))
    await Promise.all(Array.from({ length: 100 }, () => testkit.addAsync(1, 1, { signal })))
    expect(listeners(signal)).toBe(1)
    controller.abort('end')
    expect(await last).toEqual({ reason: 'end' })
    expect(listeners(signal)).toBe(0)
  })

  it('stops them all, and leaves no listener when calls fail', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const running = Array.from({ length: 500 }, () => reasonOf(call('faults.never', [], { signal })))
    await rejectionOf(call('faults.refuseLater', [1], { signal }))
    await rejectionOf(call('types.textWork', ['a', -1], { signal }))
    controller.abort('all')
    expect(new Set((await Promise.all(running)).map(({ reason }) => reason))).toEqual(new Set(['all']))
    expect(listeners(signal)).toBe(0)
    expect(diagnostics().callsInFlight).toBe(0)
  })
})

it('counts when an argument’s getter fires it', async () => {
  const controller = new AbortController()
  const { signal } = controller
  const texts = Object.defineProperty([''], 0, {
    get() {
      controller.abort('from a getter')
      return 'text'
    },
  })
  expect(await reasonOf(call('types.manyWork', [[1], texts, null], { signal }))).toEqual({ reason: 'from a getter' })
  expect(listeners(signal)).toBe(0)
})

it('stops work on the pool at its next look, long before it would end', async () => {
  const controller = new AbortController()
  const running = reasonOf(call('faults.carefulWork', [3_600_000], { signal: controller.signal }))
  await call('faults.sleep', [5])
  controller.abort('stop')
  expect(await running).toEqual({ reason: 'stop' })
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
})

it('tells the caller after a second when the work does not stop, and counts the work until it ends', async () => {
  const controller = new AbortController()
  const started = performance.now()
  const running = reasonOf(call('faults.stuckWork', [1500], { signal: controller.signal }))
  await call('faults.sleep', [20])
  controller.abort('stop')
  expect(await running).toEqual({ reason: 'stop' })
  const took = performance.now() - started
  expect(took).toBeGreaterThan(900)
  expect(diagnostics()).toMatchObject({ callsInFlight: 1, abandoned: 1 })
  expect(listeners(controller.signal)).toBe(0)
  await until(() => diagnostics().callsInFlight === 0)
  expect(performance.now() - started).toBeGreaterThan(1400)
  expect(diagnostics().abandoned).toBe(0)
})

it('after the call has settled changes nothing', async () => {
  const controller = new AbortController()
  expect(await testkit.addAsync(1, 2, { signal: controller.signal })).toBe(3)
  controller.abort('late')
  expect(await testkit.addAsync(1, 2)).toBe(3)
})

describe('options of the wrong kind', () => {
  it('are refused by name, and the work never starts', async () => {
    using counter = new testkit.Counter(0)
    const bad: [unknown, string][] = [
      [null, 'options'],
      ['text', 'options'],
      [7, 'options'],
      [{ signal: {} }, 'options.signal'],
      [{ signal: 'text' }, 'options.signal'],
      [{ signal: new EventTarget() }, 'options.signal'],
      [{ signal: new AbortController() }, 'options.signal'],
      [{ timeoutMs: '5' }, 'options.timeoutMs'],
      [{ timeoutMs: NaN }, 'options.timeoutMs'],
      [{ timeoutMs: -1 }, 'options.timeoutMs'],
      [{ timeoutMs: 1n }, 'options.timeoutMs'],
      [{ timeoutMs: {} }, 'options.timeoutMs'],
    ]
    for (const [options, name] of bad) {
      const error = await rejectionOf(counter.addLater(1, 0, options as never))
      expect(error.code).toMatch(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/)
      expect(error.operation).toBe('objects.counterAddLater')
      expect(error.message).toContain(`"${name}"`)
    }
    expect(counter.value).toBe(0)
  })

  it('may be left open', async () => {
    for (const options of [{}, { signal: undefined, timeoutMs: undefined }, { signal: null, timeoutMs: null }]) {
      expect(await testkit.addAsync(1, 2, options as never)).toBe(3)
    }
  })

  it('let through what their getters throw', async () => {
    const options = {
      get signal(): AbortSignal {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what JavaScript may throw
        throw 'mine'
      },
    }
    expect(await reasonOf(testkit.addAsync(1, 2, options))).toEqual({ reason: 'mine' })
  })
})

describe('an abort between the end of the work and its delivery', () => {
  it('drops an object that nobody takes any more', async () => {
    const before = diagnostics().handles
    const controller = new AbortController()
    const running = reasonOf(call('faults.grenadeWork', [0], { signal: controller.signal }))
    // This thread is busy while the pool makes the object: it is on its way when the signal fires.
    const end = performance.now() + 100
    while (performance.now() < end);
    controller.abort('late')
    expect((await running).reason).toBe('late')
    expect(diagnostics().handles).toEqual(before)
    expect(diagnostics().callsInFlight).toBe(0)
  })
})
