import { createRequire } from 'node:module'
import type * as Ferrule from 'ferrule'
import type * as FerruleRegex from 'ferrule/regex'
import { describe, expect, it } from 'vitest'
import { inProcess, rejectionOf, testkit, thrownBy, until } from './testkit/load.js'

const { call, diagnostics, Bound, Counter, Keeper } = testkit

describe('at rest', () => {
  it('everything is zero', () => {
    const { stdout } = inProcess('console.log(JSON.stringify(testkit.diagnostics()))')
    expect(JSON.parse(stdout)).toEqual({
      handles: {},
      callsInFlight: 0,
      abandoned: 0,
      callbacks: { held: 0, refused: 0, waiting: 0 },
      lane: { state: 'idle', poolThreads: 0, poolQueued: 0, stuck: 0, undelivered: 0 },
      nativeBytes: 0,
      retiredSlots: 0,
      creationStacks: [],
    })
  })

  it('the lane is idle until the first async call, however many synchronous ones there were', async () => {
    testkit.bench.add(1, 2)
    using counter = new Counter(1)
    expect(counter.value).toBe(1)
    expect(diagnostics().lane.state).toBe('idle')
    await testkit.addAsync(1, 2)
    expect(diagnostics().lane.state).toBe('running')
  })
})

describe('live objects', () => {
  it('are counted by type', () => {
    const objects = [
      new Counter(1, 10),
      new Counter(2, 20),
      new Bound(),
      new Keeper(
        () => undefined,
        (value) => value,
      ),
    ]
    expect(diagnostics()).toMatchObject({
      handles: { Counter: 2, Bound: 1, Keeper: 1 },
      nativeBytes: 30,
      callbacks: { held: 2 },
    })
    objects.forEach((object) => {
      object.dispose()
    })
    expect(diagnostics()).toMatchObject({ handles: {}, nativeBytes: 0 })
  })
})

describe('calls', () => {
  it('are counted while they run, on the lane, on the pool and in a queue', async () => {
    using counter = new Counter(0)
    const calls = [
      call('faults.sleep', [20]),
      call('faults.carefulWork', [20]),
      counter.addSlowly(1, 20),
      counter.addLater(1, 1),
    ]
    expect(diagnostics().callsInFlight).toBe(4)
    await until(() => diagnostics().lane.poolThreads >= 2)
    await Promise.all(calls)
    expect(diagnostics()).toMatchObject({ callsInFlight: 0, lane: { poolQueued: 0, undelivered: 0 } })
  })

  it('that find every thread of the pool busy are counted as queued', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const calls = Array.from({ length: 100 }, () =>
      call('faults.carefulWork', [60_000], { signal }).catch((reason: unknown) => reason),
    )
    const { poolThreads, poolQueued } = diagnostics().lane
    expect(poolThreads).toBeGreaterThanOrEqual(4)
    expect(poolThreads + poolQueued).toBeGreaterThanOrEqual(100)
    controller.abort('end')
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['end']))
    expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, lane: { poolQueued: 0 } })
  })

  it('that fail are counted no longer', async () => {
    await rejectionOf(call('faults.refuseLater', [1]))
    await rejectionOf(call('faults.panicWork', ['oh']))
    await rejectionOf(call('faults.panicLater', ['oh']))
    expect(diagnostics().callsInFlight).toBe(0)
  })
})

describe('native threads that wait for JavaScript', () => {
  it('are counted until they are answered', async () => {
    const waiting: number[] = []
    await call('callbacks.askFromMany', [
      (value: number) => {
        waiting.push(diagnostics().callbacks.waiting)
        return value
      },
      3,
    ])
    expect(Math.min(...waiting)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...waiting)).toBeLessThanOrEqual(3)
    expect(diagnostics().callbacks.waiting).toBe(0)
  })
})

describe('the public doors', () => {
  const require = createRequire(import.meta.url)
  const ferrule = require('ferrule') as typeof Ferrule
  const { Regex } = require('ferrule/regex') as typeof FerruleRegex

  it('show the systems’ own objects, and where they were made when asked', () => {
    ferrule.trackCreation(true)
    const regex = new Regex('a')
    const { handles, creationStacks } = ferrule.diagnostics()
    expect(handles['Regex']).toBe(1)
    expect(creationStacks.join('\n')).toContain('diagnostics.test.ts')
    ferrule.trackCreation(false)
    regex.dispose()
    expect(ferrule.diagnostics()).toMatchObject({ handles: {}, creationStacks: [] })
  })

  it.each(['yes', 'off', 1, undefined, null])('refuse to track where objects are made for %o, and do not', (on) => {
    expect(thrownBy(() => ferrule.trackCreation(on as unknown as boolean))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
      operation: 'trackCreation',
      details: { argument: 'on', expected: 'a boolean' },
    })
    using regex = new Regex('a')
    expect(regex.isDisposed).toBe(false)
    expect(ferrule.diagnostics().creationStacks).toEqual([])
  })

  it('show nothing of another package on the boundary', () => {
    using counter = new Counter(1)
    expect(counter.value).toBe(1)
    expect(ferrule.diagnostics().handles).toEqual({})
  })

  it('list what the systems promise, and the versions', () => {
    expect(ferrule.contract().map(({ system }) => system)).toEqual(['regex'])
    const { version } = require('ferrule/package.json') as { version: string }
    expect(ferrule.versions).toMatchObject({ ferrule: version })
    expect(Number.isInteger(ferrule.versions.boundaryAbi)).toBe(true)
  })

  it('hand back a remover of log listeners', () => {
    const remove = ferrule.onLog(() => undefined)
    expect(remove).not.toThrow()
  })
})
