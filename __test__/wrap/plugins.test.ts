// Several made packages in one process: two versions of one crate, both in several Workers, more libraries than Node lets listen for
// one event. Each program is a process of its own, whose end and whose every word are compared.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root, Workplace } from './faults/workplace.js'

const place = new Workplace('plugins')
const one = join(place.folder, 'one', 'gauge-node')
const two = join(place.folder, 'two', 'gauge-node')

beforeAll(async () => {
  for (const [version, out] of [
    ['1', one],
    ['2', two],
  ] as const) {
    const crate = `gauge-${version}`
    cpSync(join(root, '__test__', 'wrap', 'fixtures', 'cli', crate), join(place.folder, crate), { recursive: true })
    mkdirSync(dirname(out), { recursive: true })
    const { status, stderr } = await place.run(['wrap', `./${crate}`, '--out', out])
    expect({ status, stderr }).toMatchObject({ status: 0 })
  }
})
afterAll(() => {
  place.remove()
})

/** Runs a program with both packages at hand: everything it prints, and its end. */
function lines(code: string, args: readonly string[] = []): string[] {
  const head = `
    const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')
    const { once } = require('node:events')
    const One = require(${JSON.stringify(one)})
    const Two = require(${JSON.stringify(two)})
    const diagnostics = (folder) => require(folder + '/dist/addon.js').boundary.diagnostics()
    const inWorker = (code) => new Worker(head + ';' + code, { eval: true })`
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['-e', `const head = ${JSON.stringify(head)}; eval(head + ';' + process.argv[1])`, '--', code, ...args],
    { cwd: place.folder, encoding: 'utf8', timeout: 60_000 },
  )
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' })
  return stdout.trim().split('\n')
}

describe('two versions of one crate in one thread', () => {
  it('have classes, statics, objects and diagnostics of their own', () => {
    const code = `
      const [first, second] = [new One.Gauge(3), new Two.Gauge(1.5, 'bar')]
      console.log(first.read(), second.read())
      console.log(One.Gauge === Two.Gauge, first instanceof Two.Gauge, One.GaugeError === Two.GaugeError)
      new One.Gauge(1)
      console.log(One.made(), Two.made())
      console.log(JSON.stringify([diagnostics(${JSON.stringify(one)}).handles, diagnostics(${JSON.stringify(two)}).handles]))
      first.dispose()
      console.log(second.read(), diagnostics(${JSON.stringify(two)}).handles.Gauge)`
    expect(lines(code)).toEqual(['3 1.5 bar', 'false false false', '2 1', '[{"Gauge":2},{"Gauge":1}]', '1.5 bar 1'])
  })

  it('refuse each other’s objects, and know each other’s errors for errors of ferrule', () => {
    const code = `
      const { isFerruleError } = require(${JSON.stringify(root)})
      const second = new Two.Gauge(1, 'bar')
      try { One.Gauge.prototype.read.call(second) } catch (error) { console.log(error.code ?? error.name) }
      try { new One.Gauge('much') } catch (error) {
        console.log(error.code, error.operation, error instanceof One.GaugeError, isFerruleError(error), isFerruleError(new Error()))
      }`
    const [refusal, error] = lines(code)
    expect(refusal).toMatch(/^(ERR_|TypeError)/)
    expect(error).toBe('ERR_INVALID_ARG_TYPE gauge.Gauge true true false')
  })

  it('a panic in one is an error there, and nothing to the other', () => {
    const code = `
      const [first, second] = [new One.Gauge(1), new Two.Gauge(2, 'bar')]
      for (let turn = 0; turn < 100; turn += 1) {
        try { first.lower(2) } catch (error) { if (turn === 0) console.log(error.code, second.read()) }
      }
      console.log(new One.Gauge(7).read(), second.read(), new Two.Gauge(3, 'psi').read())`
    expect(lines(code)).toEqual(['ERR_PANIC 2 bar', '7 2 bar 3 psi'])
  })

  it('a contract that does not fit stops the one package, and not the other', () => {
    // The binary of the second version in a copy of the first.
    const mixed = join(place.folder, 'mixed', 'gauge-node')
    cpSync(one, mixed, { recursive: true, verbatimSymlinks: true })
    const [platform = ''] = readdirSync(join(one, 'npm')).filter((triple) =>
      readdirSync(join(one, 'npm', triple)).some((name) => name.endsWith('.node')),
    )
    rmSync(join(mixed, 'npm', platform), { recursive: true })
    cpSync(join(two, 'npm', platform), join(mixed, 'npm', platform), { recursive: true })
    const code = `
      const second = new Two.Gauge(2, 'bar')
      try { require(${JSON.stringify(mixed)}) } catch (error) { console.log(error.code, error.message.includes('the binary has "gaugeNew(value: f64, unit: text)')) }
      console.log(second.read(), new One.Gauge(4).read(), new Two.Gauge(5, 'bar').read())`
    expect(lines(code)).toEqual(['ERR_CONTRACT true', '2 bar 4 5 bar'])
  })
})

describe('both in several Workers', () => {
  it('each thread has its objects and diagnostics for itself, the statics are the library’s', () => {
    const worker = `
      const [first, second] = [new One.Gauge(workerData ?? 9), new Two.Gauge(9, 'bar')]
      parentPort.postMessage([first.read(), second.read(), diagnostics(${JSON.stringify(one)}).handles.Gauge].join(' '))`
    const code = `
      const kept = new One.Gauge(1)
      const workers = [1, 2, 3, 4].map(() => inWorker(${JSON.stringify(worker)}))
      Promise.all(workers.map(async (worker) => {
        const [[said]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')])
        return said
      })).then((all) => {
        console.log(all.join(', '))
        console.log(kept.read(), diagnostics(${JSON.stringify(one)}).handles.Gauge, One.made(), Two.made())
      })`
    expect(lines(code)).toEqual(['9 9 bar 1, 9 9 bar 1, 9 9 bar 1, 9 9 bar 1', '1 1 5 4'])
  })

  it('one that is terminated in the middle of a call takes nothing from the others', () => {
    // The native call ends first; JavaScript stops at the first loop or function that it enters after that.
    const busy = `parentPort.postMessage('busy'); One.spin(400); for (;;); parentPort.postMessage('never')`
    const code = `
      const [first, second] = [new One.Gauge(3), new Two.Gauge(2, 'bar')]
      const worker = inWorker(${JSON.stringify(busy)})
      const other = inWorker("const gauge = new Two.Gauge(8, 'bar'); parentPort.once('message', () => { parentPort.postMessage(gauge.read()) })")
      const said = []
      worker.on('message', (message) => said.push(message))
      once(worker, 'message').then(async () => {
        const code = await worker.terminate()
        console.log(said.join(), code, first.read(), second.read())
        other.postMessage('go')
        const [answer] = await once(other, 'message')
        console.log(answer, new One.Gauge(5).read())
      })`
    expect(lines(code)).toEqual(['busy 1 3 2 bar', '8 bar 5'])
  })

  it('threads that come and go leave nothing behind', () => {
    const worker = `
      for (let turn = 0; turn < 50; turn += 1) {
        new One.Gauge(turn)
        try { new One.Gauge(0).lower(1) } catch {}
        new Two.Gauge(turn, 'bar')
      }`
    const code = `
      ;(async () => {
        for (let round = 0; round < 8; round += 1) {
          const workers = [inWorker(${JSON.stringify(worker)}), inWorker(${JSON.stringify(worker)})]
          await Promise.all(workers.map((worker) => once(worker, 'exit')))
        }
        console.log(JSON.stringify(diagnostics(${JSON.stringify(one)}).handles), One.made(), Two.made())
      })()`
    expect(lines(code)).toEqual(['{} 1600 800'])
  })
})

describe('more libraries than Node lets listen for one event', () => {
  it('are loaded without a warning, and all of them are closed when the process ends', () => {
    const many = Array.from({ length: 14 }, (_, index) => join(place.folder, 'many', String(index), 'gauge-node'))
    // Each a file of its own, and so a library of its own.
    for (const folder of many)
      cpSync(index(folder) % 2 === 0 ? one : two, folder, { recursive: true, verbatimSymlinks: true })
    const code = `
      const folders = ${JSON.stringify(many)}
      const all = folders.map((folder) => require(folder))
      console.log(new Set(all.map(({ Gauge }) => Gauge)).size, process.listenerCount('exit'))
      all.forEach(({ Gauge }) => new Gauge(1, 'bar'))
      const states = () => [...new Set(folders.map((folder) => diagnostics(folder).lane.state))].join()
      console.log(all.map(({ made }) => made()).join(''), states())
      process.on('exit', () => { console.log(states()) })
      process.exit(0)`
    expect(lines(code)).toEqual(['14 1', '1'.repeat(14) + ' idle', 'stopped'])
  })
})

const index = (folder: string): number => Number(folder.split('/').at(-2))
