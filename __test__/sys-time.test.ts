import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { readFileSync } from 'node:fs'
import {
  cachedTime,
  clockTime,
  cpuid,
  fixedToSeconds,
  lastMonotonicTime,
  lastPreciseTime,
  monotonicTime,
  preciseTime,
  SysError,
  ticks,
} from 'ferrule/sys'
import { describe, expect, it } from 'vitest'

const steady = (): number => Number(process.hrtime.bigint()) / 1e9
/** Not beyond what lies between two readings of another clock, but for the rounding of doubles. */
function between(before: number, value: number, after: number, slack = 2e-6): void {
  expect(value).toBeGreaterThanOrEqual(before - slack)
  expect(value).toBeLessThanOrEqual(after + slack)
}

/** Runs code in a Worker and gives what it posts. */
async function inWorker(code: string): Promise<unknown[]> {
  const worker = new Worker(
    `const sys = require('ferrule/sys'); const post = (...all) => require('node:worker_threads').parentPort.postMessage(all); ${code}`,
    { eval: true },
  )
  const [message] = (await once(worker, 'message')) as [unknown[]]
  await worker.terminate()
  return message
}

describe('the steady clock', () => {
  it('is that of process.hrtime, and only grows', () => {
    let last = 0
    for (let round = 0; round < 2000; round += 1) {
      const before = steady()
      const value = monotonicTime()
      between(before, value, steady())
      expect(value).toBeGreaterThanOrEqual(last)
      last = value
    }
  })

  it('is remembered with the ticks just before', () => {
    const before = ticks()
    const seconds = monotonicTime()
    const moment = lastMonotonicTime()
    expect(moment.seconds).toBe(seconds)
    expect(moment.ticks >= before && moment.ticks <= ticks()).toBe(true)
    expect(lastMonotonicTime()).toEqual(moment)
  })

  it('is remembered by each JavaScript thread for itself', async () => {
    monotonicTime()
    const mine = lastMonotonicTime()
    const [empty, seconds, theirs] = await inWorker(
      'const empty = sys.lastMonotonicTime(); const seconds = sys.monotonicTime(); post(empty, seconds, sys.lastMonotonicTime())',
    )
    expect(empty).toEqual({ seconds: 0, ticks: 0n })
    expect(theirs).toMatchObject({ seconds })
    expect(seconds).toBeGreaterThan(mine.seconds)
    expect(lastMonotonicTime()).toEqual(mine)
  })
})

describe('the wall clock', () => {
  it('is that of Date and of date', () => {
    for (let round = 0; round < 200; round += 1) {
      const before = Date.now() / 1000
      between(before, clockTime(), (Date.now() + 1) / 1000)
    }
    const before = clockTime()
    const told = Number(execFileSync('date', ['+%s.%N'], { encoding: 'utf8' }))
    between(before, told, clockTime())
  })

  it('is remembered, as fixed point with 32 bits behind it, by all threads together', async () => {
    const before = ticks()
    const seconds = clockTime('realtime')
    const { time, ticks: at } = lastPreciseTime()
    expect(time).toBe(BigInt(Math.trunc(seconds * 2 ** 32)))
    expect(fixedToSeconds(time)).toBe(seconds)
    expect(at >= before && at <= ticks()).toBe(true)
    const [seen, theirs, newer] = await inWorker(
      'const seen = sys.lastPreciseTime(); const newer = sys.preciseTime(); post(seen, sys.lastPreciseTime(), newer)',
    )
    expect(seen).toEqual({ time, ticks: at })
    expect(theirs).toMatchObject({ time: newer })
    expect((newer as bigint) > time).toBe(true)
    expect(lastPreciseTime()).toEqual(theirs)
  })

  it('is as fresh as it is asked to be', async () => {
    const first = preciseTime(0)
    between(Date.now() / 1000 - 1, fixedToSeconds(first), Date.now() / 1000 + 1)
    const from = ticks()
    const again = preciseTime(2 ** 32 - 1)
    // Unless this was held up for longer than the ticks it may be old.
    if (ticks() - from < 2n ** 31n) expect(again).toBe(first)
    await sleep(3)
    expect(preciseTime(0) > first).toBe(true)
    expect(preciseTime() > first).toBe(true)
    for (let round = 0; round < 1000; round += 1) {
      const before = Date.now() / 1000
      between(before, fixedToSeconds(preciseTime(0)), (Date.now() + 1) / 1000)
    }
  })

  it('leaves what is remembered as it is when another clock is asked', () => {
    clockTime()
    const before = lastPreciseTime()
    for (const clock of ['monotonic', 'monotonicRaw', 'boottime', 'processCpu', 'threadCpu'] as const) clockTime(clock)
    monotonicTime()
    cachedTime()
    expect(lastPreciseTime()).toEqual(before)
  })

  it('is cheap from a cache, which is never older than a million ticks', async () => {
    let changes = 0
    let last = cachedTime()
    const start = ticks()
    for (let round = 0; round < 200_000; round += 1) {
      const value = cachedTime()
      if (value !== last) changes += 1
      last = value
    }
    expect(changes).toBeGreaterThan(0)
    expect(changes).toBeLessThanOrEqual(Number((ticks() - start) / 1_000_000n) + 1)
    await sleep(5)
    between(Date.now() / 1000 - 0.004, cachedTime(), (Date.now() + 1) / 1000)
  })
})

describe('other clocks', () => {
  it('are those of the system', () => {
    const before = steady()
    between(before, clockTime('monotonic'), steady())
    const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
    expect(Math.abs(clockTime('boottime') - uptime)).toBeLessThan(1)
    expect(Math.abs(clockTime('monotonicRaw') - clockTime('monotonic'))).toBeLessThan(clockTime('monotonic') / 1000)
    const { user, system } = process.cpuUsage()
    expect(Math.abs(clockTime('processCpu') - (user + system) / 1e6)).toBeLessThan(0.5)
    const [thread, all] = [clockTime('threadCpu'), clockTime('processCpu')]
    expect(thread > 0 && thread <= all).toBe(true)
  })

  it.each([
    ['of another name', () => clockTime('tai' as never), 'ERR_OUT_OF_RANGE', 'clock'],
    ['of no name', () => clockTime('' as never), 'ERR_OUT_OF_RANGE', 'clock'],
    ['by number', () => clockTime(0 as never), 'ERR_INVALID_ARG_TYPE', 'clock'],
    ['none', () => clockTime(null as never), 'ERR_INVALID_ARG_TYPE', 'clock'],
    ['a negative age', () => preciseTime(-1), 'ERR_OUT_OF_RANGE', 'precision'],
    ['an age beyond 32 bits', () => preciseTime(2 ** 32), 'ERR_OUT_OF_RANGE', 'precision'],
    ['half an age', () => preciseTime(0.5), 'ERR_OUT_OF_RANGE', 'precision'],
    ['a bigint', () => preciseTime(1n as never), 'ERR_INVALID_ARG_TYPE', 'precision'],
  ])('are refused: %s', (_, call, code, argument) => {
    expect(call).toThrow(SysError)
    expect(call).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ argument }) as object }))
  })
})

describe('the counter', () => {
  it('grows as time does', async () => {
    const rates: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const [time, count] = [performance.now(), ticks()]
      await sleep(randomInt(100, 200))
      const passed = performance.now() - time
      rates.push(Number(ticks() - count) / passed)
    }
    expect(Math.min(...rates)).toBeGreaterThan(10_000)
    expect(Math.max(...rates) / Math.min(...rates)).toBeLessThan(2)
  })
})

describe('the processor', () => {
  const text = readFileSync('/proc/cpuinfo', 'utf8')

  it.runIf(process.arch === 'x64')('can what the kernel says it can', () => {
    const kernel = new Set((/^flags\s*: (.*)$/m.exec(text)?.[1] ?? '').split(' '))
    const { magic, ebx, ecx, edx, features } = cpuid()
    expect(magic).toBe(0x280147b8)
    for (const word of [ebx, ecx, edx]) expect(Number.isInteger(word) && word >= 0 && word < 2 ** 32).toBe(true)
    // By their bits, in the kernel's names: what it shows is there. It hides some of what is there.
    const bits: [string, number, number, string][] = [
      ['pni', ecx, 0, 'sse3'],
      ['pclmulqdq', ecx, 1, 'pclmulqdq'],
      ['ssse3', ecx, 9, 'ssse3'],
      ['fma', ecx, 12, 'fma'],
      ['cx16', ecx, 13, 'cmpxchg16b'],
      ['sse4_1', ecx, 19, 'sse4.1'],
      ['sse4_2', ecx, 20, 'sse4.2'],
      ['movbe', ecx, 22, 'movbe'],
      ['popcnt', ecx, 23, 'popcnt'],
      ['aes', ecx, 25, 'aes'],
      ['xsave', ecx, 26, 'xsave'],
      ['avx', ecx, 28, 'avx'],
      ['f16c', ecx, 29, 'f16c'],
      ['rdrand', ecx, 30, 'rdrand'],
      ['hypervisor', ecx, 31, 'hypervisor'],
      ['fpu', edx, 0, 'fpu'],
      ['tsc', edx, 4, 'tsc'],
      ['cx8', edx, 8, 'cx8'],
      ['cmov', edx, 15, 'cmov'],
      ['clflush', edx, 19, 'clfsh'],
      ['mmx', edx, 23, 'mmx'],
      ['fxsr', edx, 24, 'fxsr'],
      ['sse', edx, 25, 'sse'],
      ['sse2', edx, 26, 'sse2'],
      ['ht', edx, 28, 'htt'],
    ]
    for (const [theirs, word, bit, ours] of bits) {
      expect([ours, features.has(ours)]).toEqual([ours, ((word >>> bit) & 1) === 1])
      if (kernel.has(theirs)) expect([...features]).toContain(ours)
    }
    expect(features.has('')).toBe(false)
    expect(features.has('-')).toBe(false)
  })

  it.runIf(process.arch !== 'x64')('has no such instruction', () => {
    expect(() => cpuid()).toThrow(expect.objectContaining({ code: 'ERR_SYS_UNAVAILABLE' }))
  })
})
