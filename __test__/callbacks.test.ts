import { describe, expect, it } from 'vitest'
import { collectGarbage, inProcess, rejectionOf, testkit, thrownBy, until } from './testkit/load.js'

const { bench, boundary, call, callbacks, diagnostics, Keeper } = testkit

const thrownValues = [new Error('mine'), 'a text', 7, undefined, null, Symbol('s'), { then: 1 }]

const throwing = (value: unknown) => (): never => {
  throw value
}

const none = { held: 0, refused: 0, waiting: 0 }

describe('a synchronous callback inside code that cannot fail', () => {
  const values = Array.from({ length: 100 }, (_, at) => (at * 37) % 100)

  it('does that code’s work', () => {
    expect(callbacks.sortBy(values, (a, b) => Math.sign(b - a))).toEqual([...values].sort((a, b) => b - a))
  })

  it('ends that code by what it throws, which arrives untouched', () => {
    for (const value of thrownValues) {
      let calls = 0
      const compare = (a: number, b: number): number => {
        calls += 1
        if (calls === 50) return throwing(value)()
        return Math.sign(a - b)
      }
      let caught: unknown = 'nothing'
      try {
        callbacks.sortBy(values, compare)
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(value)
      expect(calls).toBe(50)
    }
  })

  it('ends that code by a result of another type', () => {
    expect(thrownBy(() => callbacks.sortBy(values, (a, b) => a - b))).toMatchObject({
      code: 'ERR_CALLBACK_TYPE',
      details: { expected: '-1, 0 or 1' },
    })
  })

  it('is heard even where that code went on', () => {
    const mine = new Error('mine')
    expect(thrownBy(() => callbacks.keepThrow(throwing(mine), false))).toBe(mine)
    expect(callbacks.keepThrow((character) => character, false)).toBe('é')
  })

  it('does not hide a panic that came after', () => {
    expect(thrownBy(() => callbacks.keepThrow(throwing(new Error('mine')), true))).toMatchObject({
      code: 'ERR_PANIC',
      message: expect.stringContaining('after the throw') as string,
    })
  })
})

describe('a synchronous callback', () => {
  it('gets its arguments and gives its result', () => {
    expect(callbacks.callText((text) => `${text}, and back: é😀`)).toBe('from rust, and back: é😀')
    expect(bench.callSync(1000, (number) => number * 2)).toBe(999_000)
  })

  it('has no `this`, and is called with what it is promised only', () => {
    callbacks.callText(function (this: unknown, ...args: unknown[]) {
      expect([this, args]).toEqual([undefined, ['from rust']])
      return ''
    })
  })

  it('lets what it throws through untouched', () => {
    for (const value of thrownValues) {
      let caught: unknown = 'nothing'
      try {
        callbacks.callText(throwing(value))
      } catch (error) {
        caught = error
      }
      expect(caught).toBe(value)
    }
  })

  it('may throw at native code that goes on', () => {
    let calls = 0
    const sum = callbacks.callTwiceIgnoring((number) => {
      calls += 1
      if (number === 1) throw new Error('passed over')
      return 10
    })
    expect([sum, calls]).toEqual([9, 2])
  })

  it('must return what it promised', () => {
    for (const [value, found] of [
      [5, 'the number 5'],
      [undefined, 'undefined'],
      [Promise.resolve('late'), 'an object'],
      [['text'], 'an array'],
    ] as const) {
      const error = thrownBy(() => callbacks.callText(() => value as never))
      expect(error).toMatchObject({ code: 'ERR_CALLBACK_TYPE', operation: 'callbacks.callText', details: { found } })
      expect(error.message).toContain(`must return a string, it returned ${found}`)
    }
    expect(thrownBy(() => callbacks.callText(() => '\ud800')).code).toBe('ERR_CALLBACK_TYPE')
    for (const value of [NaN, 0.5, 2 ** 31]) {
      expect(thrownBy(() => bench.callSync(1, () => value)).code).toBe('ERR_CALLBACK_TYPE')
    }
  })

  it('may call native code again, hundreds deep', () => {
    let deepest = 0
    const recurse = (depth: number): number =>
      bench.callSync(1, () => {
        deepest = Math.max(deepest, depth)
        return depth === 300 ? 1 : recurse(depth + 1)
      })
    expect(recurse(1)).toBe(1)
    expect(deepest).toBe(300)
  })

  it('that recurses for ever ends in JavaScript’s own error', () => {
    const { status, stdout } = inProcess(`
      const recurse = () => testkit.bench.callSync(1, recurse)
      try { recurse() } catch (error) { console.log(error.name) }
      console.log(testkit.bench.echo('alive'))
    `)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'RangeError\nalive\n' })
  })

  it('survives a panic behind it', () => {
    let called = false
    expect(thrownBy(() => callbacks.panicAfter(() => void (called = true)))).toMatchObject({ code: 'ERR_PANIC' })
    expect(called).toBe(true)
    expect(bench.echo('alive')).toBe('alive')
  })
})

describe('a blocking callback', () => {
  it('answers from any thread, at once or by a promise', async () => {
    expect(await call('callbacks.ask', [(value: number) => value + 1, 1])).toBe(2)
    expect(await call('callbacks.ask', [async (value: number) => call('faults.sleep', [value]), 3])).toBe(3)
    expect(await call('callbacks.askFromThread', [(value: number) => value + 1, 1])).toBe(2)
    const question = ['ask', (value: number) => value + 1, 1]
    expect(thrownBy(() => testkit.callSync('callbacks.askQuestion', [question])).code).toBe('ERR_WOULD_DEADLOCK')
    expect(await call('callbacks.askQuestion', [question])).toBe(2)
    expect(await call('callbacks.askFromMany', [(value: number) => Promise.resolve(value), 8])).toBe(28)
  })

  it('that throws or rejects gives native code an error with the value as its cause', async () => {
    for (const value of thrownValues) {
      const rejecting = (): Promise<never> => Promise.resolve().then(throwing(value))
      for (const fn of [throwing(value), rejecting]) {
        const error = await rejectionOf(call('callbacks.ask', [fn, 1]))
        expect(error).toMatchObject({ code: 'ERR_CALLBACK_THREW', operation: 'callbacks.ask' })
        expect(error.cause).toBe(value)
      }
    }
  })

  it('must answer with what it promised', async () => {
    for (const value of ['1', null, 0.5, 2 ** 31]) {
      const error = await rejectionOf(call('callbacks.ask', [() => value, 1]))
      expect(error).toMatchObject({ code: 'ERR_CALLBACK_TYPE', operation: 'callbacks.ask' })
    }
  })

  it('that never answers ends with the native deadline, the call’s own, or its signal', async () => {
    const never = (): Promise<number> => new Promise(() => undefined)
    expect(await rejectionOf(call('callbacks.askWithin', [never, 1, 10]))).toMatchObject({ code: 'ERR_TIMEOUT' })
    expect(await rejectionOf(call('callbacks.ask', [never, 1], { timeoutMs: 10 }))).toMatchObject({
      code: 'ERR_TIMEOUT',
      details: { stillRunning: false },
    })
    const controller = new AbortController()
    const asking = call('callbacks.ask', [never, 1], { signal: controller.signal }).catch((reason: unknown) => reason)
    await until(() => diagnostics().callbacks.waiting === 1)
    controller.abort('enough')
    expect(await asking).toBe('enough')
    await until(() => diagnostics().lane.undelivered === 0)
    expect(diagnostics().callbacks).toEqual(none)
  })

  it('that answers too late is not heard', async () => {
    let answer: (value: number) => void = () => undefined
    const late = (): Promise<number> => new Promise((resolve) => (answer = resolve))
    await rejectionOf(call('callbacks.askWithin', [late, 1, 5]))
    answer(5)
    await new Promise((resolve) => setImmediate(resolve))
    expect(await call('callbacks.ask', [(value: number) => value, 9])).toBe(9)
  })

  it('is refused on the JavaScript thread, which would wait for itself', () => {
    expect(thrownBy(() => callbacks.askHere((value) => value, 1))).toMatchObject({ code: 'ERR_WOULD_DEADLOCK' })
    expect(thrownBy(() => callbacks.joinAsking((value: number) => value, 1))).toMatchObject({
      code: 'ERR_WOULD_DEADLOCK',
    })
  })
})

describe('a queued callback', () => {
  it('gets every call once, in order', async () => {
    const seen: number[] = []
    bench.callQueued(
      10_000,
      boundary.callback((number: number) => void seen.push(number)),
    )
    await until(() => seen.length === 10_000)
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, at) => at))
  })

  it('takes what its queue holds while JavaScript is busy, and counts the rest', async () => {
    const seen: number[] = []
    const refused = callbacks.flood(100, (number) => seen.push(number))
    expect(refused).toBe(96)
    await until(() => diagnostics().lane.undelivered === 0)
    expect(seen).toEqual([0, 1, 2, 3])
  })

  it('that throws is reported as uncaught, and stops neither the other calls nor results', () => {
    const { status, stdout, stderr } = inProcess(`
      const seen = []
      process.on('uncaughtException', (error) => seen.push('uncaught ' + error))
      const queued = testkit.boundary.callback((number) => {
        seen.push(number)
        if (number === 1) throw new Error('mine')
        if (number === 2) throw 'primitive'
      })
      testkit.call('callbacks.queueThenFinish', [4, queued]).then((times) => {
        seen.push('settled ' + times)
        setImmediate(() => console.log(seen.join(', ')))
      })
    `)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const seen = stdout.trim().split(', ')
    expect(seen.filter((entry) => /^\d$/.test(entry))).toEqual(['0', '1', '2', '3'])
    expect(seen.slice().sort()).toEqual(
      ['0', '1', '2', '3', 'settled 4', 'uncaught Error: mine', 'uncaught primitive'].sort(),
    )
  })

  it('does not keep the process, unless it was asked to', () => {
    const script = (keep: string): string => `
      const keeper = new testkit.Keeper(() => undefined, () => 1)
      ${keep}
      console.log('end')
    `
    expect(inProcess(script(''))).toMatchObject({ status: 0, stdout: 'end\n' })
    const kept = inProcess(
      script(`keeper.keepAlive(); setTimeout(() => { keeper.remove(); console.log('removed') }, 50)`),
    )
    expect(kept).toMatchObject({ status: 0, stdout: 'end\nremoved\n' })
  })
})

describe('functions that native code keeps', () => {
  it('are counted while it does', async () => {
    const keeper = new Keeper(
      () => undefined,
      (value) => value,
    )
    expect(diagnostics().callbacks.held).toBe(2)
    expect(await keeper.ask(4)).toBe(4)
    keeper.dispose()
    await until(() => diagnostics().callbacks.held === 0)
  })

  it('are not collected meanwhile', async () => {
    const seen: number[] = []
    const keeper = (() =>
      new Keeper(
        (value) => void seen.push(value),
        (value) => value * 2,
      ))()
    await collectGarbage()
    keeper.call(1)
    expect(await keeper.ask(4)).toBe(8)
    expect(seen).toEqual([1])
    keeper.dispose()
    await until(() => diagnostics().callbacks.held === 0)
  })

  it('are refused once removed', async () => {
    const keeper = new Keeper(
      () => undefined,
      (value) => value,
    )
    const { held } = diagnostics().callbacks
    keeper.remove()
    expect(diagnostics().callbacks.held).toBe(held - 2)
    expect(
      thrownBy(() => {
        keeper.call(1)
      }),
    ).toMatchObject({ code: 'ERR_CALLBACK_REMOVED' })
    expect(await rejectionOf(keeper.ask(1))).toMatchObject({ code: 'ERR_CALLBACK_REMOVED' })
    keeper.remove()
    keeper.dispose()
  })

  it('may dispose of the object that keeps them while they run', async () => {
    const keeper: InstanceType<typeof Keeper> = new Keeper(
      () => undefined,
      (value) => {
        keeper.dispose()
        return value
      },
    )
    expect(await keeper.ask(3)).toBe(3)
    await until(() => diagnostics().callbacks.held === 0)
    expect(diagnostics().handles).toEqual({})
  })
})
