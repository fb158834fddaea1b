import { afterEach, describe, expect, it, vi } from 'vitest'
import { rejectionOf, testkit, thrownBy, until } from './testkit/load.js'

const { call, callSync, diagnostics } = testkit

afterEach(() => {
  vi.useRealTimers()
})

describe('timeoutMs', () => {
  it('stops the work and says how long it had', async () => {
    for (const timeoutMs of [0, 0.5, 1, 20.25]) {
      const error = await rejectionOf(call('faults.never', [], { timeoutMs }))
      expect(error).toMatchObject({
        code: 'ERR_TIMEOUT',
        operation: 'faults.never',
        details: { timeoutMs, stillRunning: false },
      })
      expect(error.message).toContain(`${String(timeoutMs)} ms`)
    }
    expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0 })
  })

  it('is the system’s own class of error', async () => {
    expect(await rejectionOf(call('faults.never', [], { timeoutMs: 1 }))).toMatchObject({ name: 'FaultsError' })
  })

  it('never fires early', async () => {
    for (const timeoutMs of [3, 10, 30]) {
      const started = performance.now()
      await rejectionOf(call('faults.never', [], { timeoutMs }))
      expect(performance.now() - started).toBeGreaterThanOrEqual(timeoutMs)
    }
  })

  it('may be longer than Node’s timers reach, without a warning', async () => {
    const warnings: unknown[] = []
    const listen = (warning: unknown): void => void warnings.push(warning)
    process.on('warning', listen)
    for (const timeoutMs of [2 ** 31 - 1, 2 ** 31, 2 ** 40, Number.MAX_VALUE, Infinity]) {
      expect(await call('faults.sleep', [3], { timeoutMs })).toBe(3)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off('warning', listen)
    expect(warnings).toEqual([])
  })

  it('of calls that end in another order than they began holds for each', async () => {
    const outcomes = await Promise.all([
      rejectionOf(call('faults.never', [], { timeoutMs: 30 })),
      call('faults.sleep', [1], { timeoutMs: 30 }),
      rejectionOf(call('faults.never', [], { timeoutMs: 5 })),
      rejectionOf(call('faults.never', [], { timeoutMs: 30 })),
      call('faults.sleep', [2], { timeoutMs: 5000 }),
    ])
    expect(
      outcomes.map((outcome) => (typeof outcome === 'object' ? (outcome as { code: string }).code : outcome)),
    ).toEqual(['ERR_TIMEOUT', 1, 'ERR_TIMEOUT', 'ERR_TIMEOUT', 2])
  })

  it('of a thousand different lengths leaves no timers behind', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    for (let at = 0; at < 1000; at += 1) await testkit.addAsync(1, 1, { timeoutMs: 60_000 + at / 7 })
    expect(timers() - before).toBeLessThan(100)
  })

  it('is not held back by a fake clock', async () => {
    vi.useFakeTimers()
    const error = await rejectionOf(call('faults.never', [], { timeoutMs: 10 }))
    expect(error.code).toBe('ERR_TIMEOUT')
  })

  it('and a signal: the first decides', async () => {
    const controller = new AbortController()
    const aborted = call('faults.never', [], { signal: controller.signal, timeoutMs: 10_000 }).catch(
      (reason: unknown) => reason,
    )
    controller.abort('first')
    expect(await aborted).toBe('first')
    const late = new AbortController()
    const timedOut = await rejectionOf(call('faults.never', [], { signal: late.signal, timeoutMs: 1 }))
    late.abort('second')
    expect(timedOut.code).toBe('ERR_TIMEOUT')
  })
})

describe('work that does not stop', () => {
  it.each(['faults.stuckWork', 'faults.stuckLane'])(
    '%s rejects a second later and is counted until it ends',
    async (operation) => {
      const started = performance.now()
      const error = await rejectionOf(call(operation, [2500], { timeoutMs: 20 }))
      const took = performance.now() - started
      expect(error).toMatchObject({ code: 'ERR_TIMEOUT', operation, details: { timeoutMs: 20, stillRunning: true } })
      expect(took).toBeGreaterThanOrEqual(1020)
      expect(took).toBeLessThan(2400)
      expect(diagnostics()).toMatchObject({ callsInFlight: 1, abandoned: 1 })
      await until(() => diagnostics().abandoned === 0)
      expect(performance.now() - started).toBeGreaterThanOrEqual(2490)
      expect(diagnostics().callsInFlight).toBe(0)
      expect(await testkit.addAsync(1, 2)).toBe(3)
    },
  )
})

describe('the Sync doors', () => {
  it('return what the async ones fulfil with', () => {
    expect(callSync('faults.sleep', [3])).toBe(3)
    expect(callSync('types.bytesWork', [new Uint8Array([1, 2])])).toBe(3)
    expect(callSync('faults.carefulWork', [1], { timeoutMs: 10_000 })).toBe(undefined)
  })

  it('throw what the async ones reject with', () => {
    expect(thrownBy(() => callSync('faults.refuseLater', [1.5]))).toMatchObject({
      name: 'FaultsError',
      code: 'ERR_UNSUPPORTED',
      operation: 'faults.refuseLaterSync',
      details: { number: 1.5, text: 'a fact', yes: true },
    })
    expect(thrownBy(() => callSync('faults.panicLater', ['oh']))).toMatchObject({ code: 'ERR_PANIC' })
    expect(thrownBy(() => callSync('faults.panicWork', ['oh']))).toMatchObject({ code: 'ERR_PANIC' })
  })

  it.each(['faults.never', 'faults.carefulWork'])('%s ends at its deadline', (operation) => {
    const started = performance.now()
    const args = operation === 'faults.never' ? [] : [3_600_000]
    for (const timeoutMs of [0, 0.5, 20]) {
      const error = thrownBy(() => callSync(operation, args, { timeoutMs }))
      expect(error).toMatchObject({ code: 'ERR_TIMEOUT', operation: `${operation}Sync` })
    }
    const took = performance.now() - started
    expect(took).toBeGreaterThanOrEqual(20)
    expect(took).toBeLessThan(5000)
  })

  it('end late where the work does not look, and keep its result', () => {
    expect(callSync('faults.stuckWork', [30], { timeoutMs: 1 })).toBe(undefined)
  })

  it('take no deadline that is none', () => {
    for (const timeoutMs of [Infinity, Number.MAX_VALUE, 2 ** 53])
      expect(callSync('faults.sleep', [1], { timeoutMs })).toBe(1)
    for (const timeoutMs of [NaN, -1, 'soon']) {
      const error = thrownBy(() => callSync('faults.sleep', [1], { timeoutMs: timeoutMs as number }))
      expect(error.code).toMatch(/^ERR_(OUT_OF_RANGE|INVALID_ARG_TYPE)$/)
    }
  })

  it('refuse a callback that would wait for the thread they block', () => {
    const answer = testkit.boundary.callback((value: number) => value)
    expect(thrownBy(() => callSync('callbacks.askFromThread', [answer, 1]))).toMatchObject({
      code: 'ERR_WOULD_DEADLOCK',
    })
    expect(thrownBy(() => callSync('callbacks.ask', [answer, 1]))).toMatchObject({ code: 'ERR_WOULD_DEADLOCK' })
    expect(callSync('faults.sleep', [1])).toBe(1)
  })

  it('that wait for the lane are refused inside the handler of a blocking callback; direct ones are not', async () => {
    let inside: unknown
    const keeper = new testkit.Keeper(
      () => undefined,
      (value) => {
        inside = [thrownBy(() => callSync('faults.sleep', [1])).code, callSync('types.textWork', ['ab', 2])]
        return value
      },
    )
    expect(await keeper.ask(5)).toBe(5)
    expect(inside).toEqual(['ERR_WOULD_DEADLOCK', 4])
    keeper.dispose()
    expect(callSync('faults.sleep', [1])).toBe(1)
  })
})
