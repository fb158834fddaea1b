import { describe, expect, it } from 'vitest'
import { collectGarbage, inProcess, rejectionOf, testkit, thrownBy, until } from './testkit/load.js'

const { boundary, diagnostics, objects, Bound, Counter, Numbers, Ticker } = testkit

describe('disposing', () => {
  it('twice is fine, also through the raw export', () => {
    const counter = new Counter(1)
    const handle = counter.number
    counter.dispose()
    counter.dispose()
    counter[Symbol.dispose]()
    boundary.native.dispose(handle)
    expect(counter.isDisposed).toBe(true)
    expect(diagnostics().handles).toEqual({})
  })

  it('happens at the end of a `using` block, on a throw too', () => {
    let kept: InstanceType<typeof Counter> | undefined
    expect(() => {
      using counter = new Counter(1)
      kept = counter
      expect(diagnostics().handles).toEqual({ Counter: 1 })
      throw new Error('out')
    }).toThrow('out')
    expect(kept?.isDisposed).toBe(true)
    expect(diagnostics().handles).toEqual({})
  })

  it('ends every method with a typed error', async () => {
    const counter = new Counter(1)
    counter.dispose()
    const closed = { code: 'ERR_HANDLE_CLOSED' }
    expect(thrownBy(() => counter.value)).toMatchObject({ ...closed, operation: 'objects.counterValue' })
    expect(thrownBy(() => counter.add(1))).toMatchObject(closed)
    expect(thrownBy(() => counter.view())).toMatchObject(closed)
    expect(await rejectionOf(counter.addSlowly(1, 0))).toMatchObject(closed)
    expect(await rejectionOf(counter.addLater(1, 0))).toMatchObject(closed)
  })

  it('makes the raw handle stale, also when its slot has a new occupant', () => {
    const old = new Counter(1)
    const handle = old.number
    old.dispose()
    const fresh = Array.from({ length: 10 }, (_, at) => new Counter(at))
    expect(thrownBy(() => objects.counterValue(handle))).toMatchObject({ code: 'ERR_HANDLE_STALE' })
    expect(fresh.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    fresh.forEach((counter) => {
      counter.dispose()
    })
  })

  it('of a parent closes its children first; they share its end', () => {
    const counter = new Counter(7)
    const views = [counter.view(), counter.view()]
    expect(views.map(({ value }) => value)).toEqual([7, 7])
    expect(diagnostics().handles).toEqual({ Counter: 1, View: 2 })
    counter.dispose()
    expect(diagnostics().handles).toEqual({})
    for (const view of views) {
      expect(view.isDisposed).toBe(true)
      expect(thrownBy(() => view.value).code).toMatch(/^ERR_HANDLE_(STALE|CLOSED)$/)
      view.dispose()
    }
  })

  it('of a child leaves the parent, which can change again', () => {
    using counter = new Counter(7)
    const view = counter.view()
    expect(thrownBy(() => counter.add(1))).toMatchObject({ code: 'ERR_BUSY' })
    view.dispose()
    expect(counter.add(1)).toBe(8)
  })

  it('inside its own callback lets the call end as if nothing had happened', () => {
    const counter = new Counter(5)
    const seen = counter.visit(() => {
      counter.dispose()
      expect(thrownBy(() => counter.value)).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
    })
    expect(seen).toBe(5)
    expect(diagnostics().handles).toEqual({})
  })
})

describe('an object nobody refers to', () => {
  it('is released by the collector', async () => {
    const made = 1000
    for (let at = 0; at < made; at += 1) new Counter(at, 1000)
    expect(diagnostics()).toMatchObject({ handles: { Counter: made }, nativeBytes: made * 1000 })
    await collectGarbage()
    await until(() => diagnostics().handles['Counter'] === undefined)
    expect(diagnostics().nativeBytes).toBe(0)
  })

  it('is kept by its children', async () => {
    const view = (() => new Counter(3).view())()
    await collectGarbage()
    expect(diagnostics().handles).toEqual({ Counter: 1, View: 1 })
    expect(view.value).toBe(3)
    view.dispose()
    await collectGarbage()
    await until(() => Object.keys(diagnostics().handles).length === 0)
  })

  it('is not released twice when it was disposed', async () => {
    ;(() => {
      new Counter(1).dispose()
    })()
    using next = new Counter(2)
    await collectGarbage()
    expect(next.value).toBe(2)
  })

  it('is kept while an async call uses it', async () => {
    const running = (() => new Counter(1).addSlowly(1, 50))()
    await collectGarbage()
    expect(await running).toBe(2)
    await collectGarbage()
    await until(() => diagnostics().handles['Counter'] === undefined)
  })
})

describe('what native code holds', () => {
  it('is counted', () => {
    using counter = new Counter(0, 500_000_000)
    expect(diagnostics().nativeBytes).toBe(500_000_000)
    counter.dispose()
    expect(diagnostics().nativeBytes).toBe(0)
  })

  it('is told to V8, which then collects by itself and in time', () => {
    // Megabytes behind small objects: without being told, V8 sees no reason to collect a thousand of them.
    const { stdout } = inProcess(`
      const made = async (weight) => {
        for (let at = 0; at < 1000; at += 1) {
          new testkit.Counter(at, weight)
          await new Promise((resolve) => setImmediate(resolve))
        }
        return testkit.diagnostics().handles.Counter
      }
      made(0).then((light) => made(10_000_000).then((heavy) => console.log(light, heavy)))
    `)
    const [light, heavy] = stdout.trim().split(' ').map(Number)
    expect(light).toBe(1000)
    expect(heavy).toBeLessThan(500)
  })
})

describe('creation stacks', () => {
  it('are there when asked for, and only for what lives', () => {
    boundary.objects.track(true)
    const counter = new Counter(1)
    const [stack, ...others] = diagnostics().creationStacks
    expect(others).toEqual([])
    expect(stack).toContain('Counter made here')
    expect(stack).toContain('objects-lifetime.test.ts')
    counter.dispose()
    expect(diagnostics().creationStacks).toEqual([])
    boundary.objects.track(false)
    using quiet = new Counter(1)
    expect(diagnostics().creationStacks).toEqual([])
    expect(quiet.value).toBe(1)
  })
})

describe('an object bound to its thread', () => {
  it('is used and dropped there', () => {
    const bound = new Bound()
    expect([bound.next(), bound.next(), bound.next()]).toEqual([1, 2, 3])
    bound.dispose()
    expect(thrownBy(() => bound.next())).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
    expect(diagnostics().handles).toEqual({})
  })
})

describe('borrowing', () => {
  it('an exclusive use refuses every other, and names who holds the object', () => {
    using counter = new Counter(1)
    const refusals: unknown[] = []
    expect(
      counter.addWith((value) => {
        for (const use of [
          () => counter.value,
          () => counter.add(1),
          () => counter.addWith(() => 1),
          () => counter.view(),
        ]) {
          refusals.push(thrownBy(use))
        }
        return value
      }),
    ).toBe(2)
    expect(refusals).toHaveLength(4)
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: 'ERR_BUSY' })
      expect((refusal as Error).message).toContain('objects.counterAddWith')
    }
    expect(counter.add(1)).toBe(3)
  })

  it('shared uses nest, and refuse exclusive ones only', () => {
    using counter = new Counter(1)
    const inner = (depth: number): number =>
      counter.visit(() => {
        expect(counter.value).toBe(1)
        expect(thrownBy(() => counter.add(1))).toMatchObject({ code: 'ERR_BUSY' })
        if (depth > 0) inner(depth - 1)
      })
    expect(inner(20)).toBe(1)
    expect(counter.add(1)).toBe(2)
  })

  it('an async exclusive call refuses synchronous use until it has settled', async () => {
    using counter = new Counter(1)
    const running = counter.addSlowly(1, 30)
    expect(thrownBy(() => counter.value)).toMatchObject({ code: 'ERR_BUSY' })
    expect(await running).toBe(2)
    expect(counter.value).toBe(2)
  })

  it('is given back when a callback throws', () => {
    using counter = new Counter(1)
    const mine = new Error('mine')
    expect(
      thrownBy(() =>
        counter.addWith(() => {
          throw mine
        }),
      ),
    ).toBe(mine)
    expect(counter.add(1)).toBe(2)
  })

  it('of an object that a call panicked on is refused; disposing it is not', () => {
    const counter = new Counter(1)
    expect(thrownBy(() => counter.panic())).toMatchObject({ code: 'ERR_PANIC', operation: 'objects.counterPanic' })
    for (const use of [() => counter.value, () => counter.add(1)]) {
      expect(thrownBy(use)).toMatchObject({ code: 'ERR_PANIC' })
    }
    using other = new Counter(5)
    expect(other.value).toBe(5)
    counter.dispose()
    expect(diagnostics().handles).toEqual({ Counter: 1 })
  })
})

describe('a stream', () => {
  it('gives every item once, in order, whatever the batch', async () => {
    for (const max of [1, 7, 256, 10_000]) {
      const seen: number[] = []
      for await (const number of new Numbers(1000).stream(max)) seen.push(number)
      expect(seen).toEqual(Array.from({ length: 1000 }, (_, at) => at))
    }
    expect(diagnostics().handles).toEqual({})
  })

  it('closes the native side when it is left early or its consumer throws', async () => {
    for await (const number of new Numbers(1_000_000).stream(10)) if (number === 25) break
    const consume = async (): Promise<void> => {
      for await (const number of new Numbers(1_000_000).stream(10)) if (number === 25) throw new Error('mine')
    }
    await expect(consume()).rejects.toThrow('mine')
    expect(diagnostics().handles).toEqual({})
  })

  it('rejects with the error of its source, and closes', async () => {
    const seen: number[] = []
    const consume = async (): Promise<void> => {
      for await (const number of new Numbers(100, 25).stream(10)) seen.push(number)
    }
    expect(await rejectionOf(consume())).toMatchObject({ code: 'ERR_PANIC', operation: 'objects.numbersNext' })
    expect(seen.length).toBe(20)
    expect(diagnostics().handles).toEqual({})
  })

  it('fetches nothing before it is asked', async () => {
    const numbers = new Numbers(100)
    const stream = numbers.stream(10)
    expect(await numbers.next(1)).toEqual([0])
    expect((await stream.next()).value).toBe(1)
    await stream.return()
    expect(diagnostics().handles).toEqual({})
  })
})

describe('a running object', () => {
  it('holds the process until it is stopped', () => {
    const { status, stdout, stderr } = inProcess(`
      let ticks = 0
      const ticker = new testkit.Ticker(() => {
        ticks += 1
        if (ticks === 3) {
          console.log(ticker.hasRef())
          ticker.stop()
          console.log(ticker.hasRef())
        }
      })
      console.log(ticker.hasRef())
      ticker.start(5)
      console.log(ticker.hasRef())
    `)
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'false\ntrue\ntrue\nfalse\n', stderr: '' })
  })

  it.each([
    ['unref', 'ticker.unref(); console.log(ticker.hasRef())', 'false\n'],
    ['dispose', 'ticker.dispose(); console.log(ticker.hasRef())', 'false\n'],
    ['unref then ref then dispose', 'ticker.unref().ref(); console.log(ticker.hasRef()); ticker.dispose()', 'true\n'],
  ])('lets the process end after %s', (_, steps, printed) => {
    const { status, stdout, stderr } = inProcess(`
      const ticker = new testkit.Ticker(() => undefined).start(1000)
      ${steps}
    `)
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: printed, stderr: '' })
  })

  it('is not collected, and works on, while nobody refers to it', () => {
    const { status, stdout } = inProcess(`
      let ticks = 0
      ;(() => {
        const ticker = new testkit.Ticker(() => {
          ticks += 1
          for (let round = 0; round < 3; round += 1) gc()
          if (ticks === 20) {
            console.log(JSON.stringify(testkit.diagnostics().handles))
            process.exit(0)
          }
        })
        ticker.start(1)
      })()
    `)
    expect({ status, stdout }).toEqual({ status: 0, stdout: '{"Ticker":1}\n' })
  })

  it('starts and stops once', () => {
    const ticker = new Ticker(() => undefined)
    ticker.start(1000)
    expect(thrownBy(() => ticker.start(1000))).toMatchObject({ code: 'ERR_STATE' })
    ticker.stop()
    expect(
      thrownBy(() => {
        ticker.stop()
      }),
    ).toMatchObject({ code: 'ERR_STATE' })
    ticker.dispose()
    expect(
      thrownBy(() => {
        ticker.stop()
      }),
    ).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
  })
})
