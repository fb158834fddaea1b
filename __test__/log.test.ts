import type { LogEvent, LogLevel } from 'ferrule/boundary'
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, describe, expect, it } from 'vitest'
import { inProcess, testkit, thrownBy, until } from './testkit/load.js'

const { boundary, faults } = testkit
const LEVELS: LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace']
const CHANNEL = 'ferrule:log'

const removers: (() => void)[] = []
afterEach(() => {
  removers.splice(0).forEach((remove) => {
    remove()
  })
})

function listen(level: LogLevel): LogEvent[] {
  const events: LogEvent[] = []
  removers.push(
    boundary.onLog((event) => {
      events.push(event)
    }, level),
  )
  return events
}

const logAll = (text: string): void => {
  for (const level of [1, 2, 3, 4, 5]) faults.log(level, text)
}

/** Resolves when everything logged so far has arrived. */
const delivered = (): Promise<void> => until(() => testkit.diagnostics().lane.undelivered === 0)

describe('without a listener', () => {
  it('nothing is printed, kept or published', () => {
    const { status, stdout, stderr } = inProcess(`
      require('node:diagnostics_channel').subscribe('${CHANNEL}', () => console.log('published'))
      for (let level = 1; level <= 5; level += 1) testkit.faults.log(level, 'unheard')
      console.log(testkit.diagnostics().lane.undelivered)
    `)
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '0\n', stderr: '' })
  })
})

describe('a listener', () => {
  it.each(LEVELS)('of level %s hears that and everything graver', async (level) => {
    const events = listen(level)
    logAll('heard')
    await delivered()
    expect(events.map((event) => event.level)).toEqual(LEVELS.slice(0, LEVELS.indexOf(level) + 1))
  })

  it('hears what, where and with which values', async () => {
    const events = listen('info')
    faults.log(2, 'a message: é😀')
    await delivered()
    expect(events).toEqual([
      {
        level: 'warn',
        target: 'ferrule_testkit::faults',
        message: 'a message: é😀',
        fields: { number: '7', kind: 'test' },
        dropped: 0,
      },
    ])
  })

  it('hears in order, and not during the call that logs', async () => {
    const events = listen('info')
    for (let at = 0; at < 500; at += 1) faults.log(3, String(at))
    expect(events).toEqual([])
    await delivered()
    expect(events.map(({ message }) => message)).toEqual(Array.from({ length: 500 }, (_, at) => String(at)))
  })

  it('hears nothing more once removed, while others do', async () => {
    const first = listen('trace')
    const second = listen('error')
    removers.shift()?.()
    logAll('after')
    await delivered()
    expect(first).toEqual([])
    expect(second.map(({ level }) => level)).toEqual(['error'])
  })

  it('removed twice takes no other with it', async () => {
    const remove = boundary.onLog(() => undefined, 'info')
    const events = listen('info')
    remove()
    remove()
    faults.log(3, 'still')
    await delivered()
    expect(events).toHaveLength(1)
  })

  it('is told how many events were lost when JavaScript did not keep up', async () => {
    const events = listen('info')
    const logged = 3000
    for (let at = 0; at < logged; at += 1) faults.log(3, String(at))
    await delivered()
    faults.log(3, 'last')
    await delivered()
    const last = events.at(-1)
    expect(last?.message).toBe('last')
    expect(last?.dropped).toBe(logged - (events.length - 1))
    expect(last?.dropped).toBe(logged - 1024)
  })

  it('runs in the async context it was added in', async () => {
    const storage = new AsyncLocalStorage<string>()
    let store: string | undefined
    removers.push(
      storage.run('adding', () =>
        boundary.onLog(() => {
          store = storage.getStore()
        }, 'info'),
      ),
    )
    storage.run('logging', () => faults.log(3, 'x'))
    await delivered()
    expect(store).toBe('adding')
  })

  it('must be a function, with a level that exists', () => {
    for (const [listener, level, argument, expected] of [
      [undefined, 'info', 'listener', 'a function'],
      [1, 'info', 'listener', 'a function'],
      [{}, 'loud', 'listener', 'a function'],
      [() => undefined, 'loud', 'level', 'one of error, warn, info, debug, trace'],
      [() => undefined, 3, 'level', 'one of error, warn, info, debug, trace'],
      [() => undefined, undefined, 'level', 'one of error, warn, info, debug, trace'],
    ] as const) {
      const error = thrownBy(() => boundary.onLog(listener as never, level as never))
      expect(error).toMatchObject({
        code: 'ERR_INVALID_ARG_TYPE',
        operation: 'onLog',
        details: { argument, expected },
      })
      expect(error.message).toContain(`onLog: argument "${argument}" must be ${expected}, got `)
    }
  })

  it('that throws ends the process as any uncaught throw does, after the others heard', () => {
    const { status, stdout, stderr } = inProcess(`
      process.on('uncaughtException', (error) => console.log('uncaught', error.message))
      testkit.boundary.onLog(() => { throw new Error('mine') }, 'info')
      testkit.faults.log(3, 'one')
      testkit.addAsync(1, 2).then((sum) => console.log('settled', sum))
    `)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.split('\n').sort()).toEqual(['', 'settled 3', 'uncaught mine'])
  })
})

describe(`the diagnostics channel ${CHANNEL}`, () => {
  it('publishes what is heard, while somebody listens', async () => {
    const published: unknown[] = []
    const note = (event: unknown): void => void published.push(event)
    subscribe(CHANNEL, note)
    removers.push(() => unsubscribe(CHANNEL, note))
    faults.log(1, 'unheard')
    await delivered()
    const events = listen('warn')
    logAll('heard')
    await delivered()
    expect(published).toEqual(events)
    expect(events.map(({ level }) => level)).toEqual(['error', 'warn'])
  })
})

it('does not keep the process', () => {
  const { status, stdout } = inProcess(`
    testkit.boundary.onLog(() => undefined, 'trace')
    console.log('end')
  `)
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'end\n' })
})
