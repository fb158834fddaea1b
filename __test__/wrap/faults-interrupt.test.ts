// `ferrule wrap` that is interrupted or killed, in each of its steps and at moments drawn by lot: no half package, nothing left
// running, and the same command goes on. The short form takes some of the moments, the full form all of them.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFull, randomFrom, steps, Workplace, type Ended, type Step } from './faults/workplace.js'

const seed = Number(process.env['FERRULE_TEST_SEED'] ?? Date.now() % 2 ** 31)
const random = randomFrom(seed)
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const
type Signal = (typeof signals)[number]

type Moment = readonly [Step, Signal]
const everyMoment: readonly Moment[] = steps.flatMap((step) => signals.map((signal) => [step, signal] as const))
/** Every step and every signal, if not every pair of them, also in the short form. */
const moments = isFull ? everyMoment : steps.map((step, index): Moment => [step, signals[index % 3] ?? 'SIGINT'])
const lateMoments = isFull ? everyMoment : moments.slice(3)

const isOnLinux = process.platform === 'linux'

/** Whether the command ended as a process does that was interrupted; false when it was done before. */
function wasInterrupted({ status, signal, stderr }: Ended, by: Signal): boolean {
  // A process that has only just begun has no listeners yet.
  if (signal !== null) return signal === by
  if (status !== 130) return false
  expect(stderr).toContain('interrupted; the same command goes on from here')
  return true
}

describe.runIf(isOnLinux)('wrap of a new package', () => {
  const place = new Workplace('interrupt-new')
  afterAll(() => {
    place.remove()
  })

  it.each(moments)('in the step "%s", %s: no package, and no process is left', async (step, signal) => {
    // Of a run that was killed its temporary folders stay: nobody is left to take them away.
    const there = place.leftovers()
    const wrap = place.start(['wrap', './tally'])
    await wrap.begins(step)
    // The step's own programs are at work a moment later.
    await wait(100 + random() * 200)
    wrap.child.kill(signal)
    const end = await wrap.ended
    expect({ interrupted: wasInterrupted(end, signal), end }).toMatchObject({ interrupted: true })
    expect(await place.survivors()).toEqual([])
    expect(existsSync(place.out)).toBe(false)
    if (signal !== 'SIGKILL') expect(place.leftovers()).toEqual(there)
  })

  it('and the same command makes the package, from what was read and compiled before', async () => {
    const models = join(place.folder, 'cache', 'models')
    const [model = ''] = readdirSync(models)
    const readBefore = statSync(join(models, model)).mtimeMs
    const { status, stderr } = await place.run(['wrap', './tally'])
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(readdirSync(models)).toEqual([model])
    expect(statSync(join(models, model)).mtimeMs).toBe(readBefore)
    expect(place.use()).toBe('2')
    expect(readdirSync(place.folder).sort()).toEqual(['cache', 'tally', 'tally-node', 'tmp'])
    expect(readdirSync(place.out)).not.toContain('.lock')
  })
})

describe.runIf(isOnLinux)('wrap over a package that is there', () => {
  const place = new Workplace('interrupt-again')
  let before = ''
  beforeAll(async () => {
    expect(await place.run(['wrap', './tally'])).toMatchObject({ status: 0 })
    // Something to change: an interrupted run must not have changed it.
    const spec = join(place.out, 'src', 'tally', 'tally.wrapper_spec')
    writeFileSync(spec, readFileSync(spec, 'utf8').replace('name: longer', 'name: theLonger'))
    before = place.snapshot()
  })
  afterAll(() => {
    place.remove()
  })

  it.each(lateMoments)('in the step "%s", %s: the package is as before', async (step, signal) => {
    const wrap = place.start(['wrap', './tally'])
    await wrap.begins(step)
    await wait(100 + random() * 200)
    wrap.child.kill(signal)
    const end = await wrap.ended
    expect({ interrupted: wasInterrupted(end, signal), end }).toMatchObject({ interrupted: true })
    expect(await place.survivors()).toEqual([])
    expect(place.snapshot()).toBe(before)
    expect(place.use()).toBe('2')
  })

  it(`at moments drawn by lot (seed ${String(seed)}): as before, or whole`, { timeout: 900_000 }, async () => {
    // About as long as it takes: some moments are too late, and the run is whole.
    const longest = 9000
    for (let round = 0; round < (isFull ? 30 : 2); round += 1) {
      const signal = signals[Math.floor(random() * 3)] ?? 'SIGKILL'
      const wrap = place.start(['wrap', './tally'])
      const afterMs = random() * longest
      await Promise.race([wait(afterMs), wrap.ended])
      wrap.child.kill(signal)
      const end = await wrap.ended
      expect(await place.survivors()).toEqual([])
      const what = { seed, round, signal, afterMs, end }
      if (wasInterrupted(end, signal))
        expect({ ...what, same: place.snapshot() === before }).toMatchObject({ same: true })
      else expect(what).toMatchObject({ end: { status: 0 } })
      if (end.status === 0) before = place.snapshot()
      expect(place.use()).toBe('2')
    }
  })

  it('and the same command makes the package that the spec asks for', async () => {
    const { status, stderr } = await place.run(['wrap', './tally'])
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(readFileSync(join(place.out, 'dist', 'tally', 'index.d.ts'), 'utf8')).toContain('theLonger(')
    expect(place.use()).toBe('2')
    expect(existsSync(place.staging)).toBe(false)
  })
})
