// Live processes and threads, compared with what Node and ps read of them.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { pageSize, parseProcessStat, readMeminfo, readProcessStat, readStatm, SysError } from 'ferrule/sys'
import { afterAll, describe, expect, it } from 'vitest'
import { meminfoByHand, statByHand } from './sys/proc-reference.js'

const folder = mkdtempSync(join(tmpdir(), 'ferrule-sys-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** A process under a name of its own, when it has loaded what it needs and sleeps. */
async function named(name: string): Promise<number> {
  const path = join(folder, name)
  copyFileSync('/bin/sleep', path)
  const child = spawn(path, ['300'], { stdio: 'ignore' })
  children.push(child)
  await once(child, 'spawn')
  const pid = child.pid as number
  while (statByHand(readFileSync(`/proc/${pid}/stat`, 'utf8'))['state'] !== 'S') await sleep(5)
  return pid
}

async function ended(pid: number): Promise<void> {
  const child = children.find((each) => each.pid === pid) as ChildProcess
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

function thrown(call: () => unknown): SysError {
  try {
    call()
  } catch (error) {
    if (error instanceof SysError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** What does not change while a process sleeps. */
const STEADY =
  /^(comm|ppid|pgrp|session|tty_nr|starttime|vsize|rlim|startcode|endcode|startstack|sigignore|sigcatch|blocked|nice|policy|num_threads|exit_signal)$/
const steady = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => STEADY.test(name)))

describe('a process', () => {
  it('is read as Node and ps read it', async () => {
    const pid = await named('plain')
    const stat = readProcessStat(pid)
    expect(steady(stat)).toEqual(steady(statByHand(readFileSync(`/proc/${pid}/stat`, 'utf8'))))
    expect(Object.keys(steady(stat))).toHaveLength(18)
    expect(stat.nice).toBe(getPriority(pid))
    const columns = ['pid', 'ppid', 'pgid', 'sid', 'nlwp', 'ni', 'vsz', 'rss', 'stat', 'comm']
    const told = execFileSync(
      'ps',
      [
        '-o',
        columns
          .map((name) => `${name}=`)
          .join(' -o ')
          .replaceAll('= -o ', '=,'),
        '-p',
        String(pid),
      ],
      {
        encoding: 'utf8',
      },
    )
    const [number, parent, group, session, threads, nice, size, resident, state, comm] = told.trim().split(/\s+/)
    expect(
      [stat.pid, stat.ppid, stat.pgrp, stat.session, stat.num_threads, stat.nice, stat.vsize / 1024].map(String),
    ).toEqual([number, parent, group, session, threads, nice, size])
    expect((stat.rss * pageSize()) / 1024).toBeCloseTo(Number(resident), -3)
    expect([stat.state, stat.comm]).toEqual([state?.charAt(0), comm])
  })

  it.each(['with blank', 'a) R 1 (b', '(both)', ') S 1 1 1', 'line\nend', 'grüße 🦀', ')))', ' '])(
    'may be called %j',
    async (name) => {
      const pid = await named(name)
      // The kernel keeps 15 bytes of it.
      const kept = Buffer.from(name).subarray(0, 15).toString()
      const stat = readProcessStat(pid)
      expect([stat.pid, stat.comm, stat.ppid]).toEqual([pid, kept, process.pid])
      expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe(`${kept}\n`)
    },
  )

  it('is this one without a number', () => {
    const title = process.title
    try {
      process.title = 'a (b) c) d'
      const stat = readProcessStat()
      expect([stat.pid, stat.ppid]).toEqual([process.pid, process.ppid])
      expect(stat.num_threads).toBe(readdirSync('/proc/self/task').length)
      // Clock ticks against what the system charges this process, to a second.
      const { userCPUTime, systemCPUTime } = process.resourceUsage()
      expect((stat.utime + stat.stime) / 100).toBeCloseTo((userCPUTime + systemCPUTime) / 1e6, -0.5)
      expect(parseProcessStat(readFileSync('/proc/self/stat')).starttime).toBe(stat.starttime)
      const thread = readProcessStat(process.pid, process.pid)
      expect(thread.comm).toBe(readFileSync(`/proc/self/task/${process.pid}/comm`, 'utf8').slice(0, -1))
    } finally {
      process.title = title
    }
  })

  it('that has ended is not found, though its file was kept open', async () => {
    const pid = await named('short')
    for (let time = 0; time < 3; time += 1) expect(readProcessStat(pid).comm).toBe('short')
    expect(readStatm(pid).resident).toBeGreaterThan(0)
    const task = readProcessStat(pid, pid)
    expect(task.pid).toBe(pid)
    await ended(pid)
    for (const [call, path] of [
      [() => readProcessStat(pid), `/proc/${pid}/stat`],
      [() => readProcessStat(pid, pid), `/proc/${pid}/task/${pid}/stat`],
      [() => readStatm(pid), `/proc/${pid}/statm`],
    ] as const) {
      const error = thrown(call)
      expect([error.code, error.errno, error.path]).toEqual(['ERR_SYS_NOT_FOUND', 'ENOENT', path])
      expect(error.details).toEqual({ path, errno: 'ENOENT' })
      expect(error.message).toContain(`cannot read ${path}: `)
    }
  })

  it('is another one when its number went on to it', { timeout: 60_000 }, async () => {
    // Not waited for numbers to come round: a process that replaces itself keeps its number, and its file is the same.
    const child = spawn('/bin/sh', ['-c', 'read line; exec sleep 300'], { stdio: ['pipe', 'ignore', 'ignore'] })
    children.push(child)
    await once(child, 'spawn')
    await sleep(50)
    expect(readProcessStat(child.pid).comm).toBe('sh')
    const before = readStatm(child.pid)
    child.stdin.end('\n')
    for (let waited = 0; readProcessStat(child.pid).comm !== 'sleep' && waited < 100; waited += 1) await sleep(20)
    expect(readProcessStat(child.pid).comm).toBe('sleep')
    expect(readStatm(child.pid)).not.toEqual(before)
  })

  it('is read right when many are read in turn, more than files are kept', async () => {
    const pids = await Promise.all(Array.from({ length: 70 }, (_, index) => named(`many ${index}`)))
    for (let round = 0; round < 5; round += 1) {
      for (const [index, pid] of pids.entries())
        expect(readProcessStat(pid)).toMatchObject({ pid, comm: `many ${index}` })
    }
    const kept = readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return /^\/proc\/\d+\/(task\/\d+\/)?statm?$/.test(readlinkSync(`/proc/self/fd/${fd}`))
      } catch {
        return false
      }
    })
    expect(kept.length).toBeGreaterThan(32)
    expect(kept.length).toBeLessThanOrEqual(64)
  })

  it.each([
    ['that is not there', () => readProcessStat(2 ** 32 - 1), 'ERR_SYS_NOT_FOUND'],
    ['of number 0', () => readProcessStat(0), 'ERR_SYS_NOT_FOUND'],
    ['without such a thread', () => readProcessStat(process.pid, 1), 'ERR_SYS_NOT_FOUND'],
    ['of a negative number', () => readProcessStat(-1), 'ERR_OUT_OF_RANGE'],
    ['of half a number', () => readProcessStat(1.5), 'ERR_OUT_OF_RANGE'],
    ['of a number beyond 32 bits', () => readStatm(2 ** 32), 'ERR_OUT_OF_RANGE'],
    ['of a name', () => readProcessStat('self' as never), 'ERR_INVALID_ARG_TYPE'],
    ['with a thread of a name', () => readProcessStat(1, 'x' as never), 'ERR_INVALID_ARG_TYPE'],
    ['whose memory is not there', () => readStatm(2 ** 32 - 1), 'ERR_SYS_NOT_FOUND'],
    ['of which no field is asked', () => readStatm(1, { fields: 0 }), 'ERR_OUT_OF_RANGE'],
    ['of which too many fields are asked', () => readStatm(1, { fields: 8 }), 'ERR_OUT_OF_RANGE'],
    ['with options that are none', () => readStatm(1, 5 as never), 'ERR_INVALID_ARG_TYPE'],
  ])('is refused: one %s', (_, call, code) => {
    expect(thrown(call).code).toBe(code)
  })
})

describe('threads', () => {
  it('of a living process are read one by one', async () => {
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true })
    await once(worker, 'online')
    const tids = readdirSync('/proc/self/task').map(Number)
    expect(tids.length).toBeGreaterThan(4)
    for (const tid of tids) {
      const stat = readProcessStat(process.pid, tid)
      expect(stat.pid).toBe(tid)
      expect(stat.comm).toBe(readFileSync(`/proc/self/task/${tid}/comm`, 'utf8').slice(0, -1))
      expect(stat.num_threads).toBe(readProcessStat().num_threads)
    }
    await worker.terminate()
    const gone = tids.filter((tid) => !readdirSync('/proc/self/task').includes(String(tid)))
    expect(gone.length).toBeGreaterThan(0)
    for (const tid of gone) expect(thrown(() => readProcessStat(process.pid, tid)).code).toBe('ERR_SYS_NOT_FOUND')
  })
})

describe('memory', () => {
  it('of a process is that of its file, in bytes', async () => {
    const pid = await named('memory')
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').trim().split(' ').map(Number)
    const names = ['size', 'resident', 'shared', 'text', 'lib', 'data', 'dt']
    const expected = names.map((name, at) => [name, (pages[at] as number) * pageSize()])
    expect(readStatm(pid)).toEqual(Object.fromEntries(expected))
    expect(readStatm(pid, { fields: 2 })).toEqual(Object.fromEntries(expected.slice(0, 2)))
    expect(Math.abs(readStatm().resident - process.memoryUsage.rss())).toBeLessThan(32 * 2 ** 20)
  })

  it('of the system is that of its file, in bytes', () => {
    const memory = readMeminfo()
    const text = readFileSync('/proc/meminfo', 'utf8')
    const expected = meminfoByHand(text)
    expect(memory.swapTotal).toBe(expected['swapTotal'])
    for (const name of ['free', 'cached', 'swapFree'] as const) {
      expect(Math.abs(memory[name] - (expected[name] as number))).toBeLessThan(512 * 2 ** 20)
    }
    const free = execFileSync('free', ['-b'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
    const [, total, , swapFree] = /^Swap: +(\d+) +(\d+) +(\d+)/m.exec(free) ?? []
    expect(String(memory.swapTotal)).toBe(total)
    expect(Math.abs(memory.swapFree - Number(swapFree))).toBeLessThan(512 * 2 ** 20)
  })
})
