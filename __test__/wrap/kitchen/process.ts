// What runs in a process of its own, because how it ends is what is asserted: `node process.cjs <probe> <package> [--worker]`.
import { writeSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { PANICS } from './panics.js'
import { FORMS, runRow, type Sink } from './row.js'
import { ROWS } from './rows/index.js'
import { sweep } from './sweep.js'

interface Task {
  readonly probe: string
  readonly index: string
  readonly row?: string
}

/** The package, as this thread loads it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- bundled as CommonJS, and the package is made when the tests run
const load = (index: string): Sink => require(index) as Sink

const fact = (text: string): void => {
  writeSync(1, `${text}\n`)
}

/** Each row through each of its doors: a line of JSON for each, with what failed. */
async function rows(sink: Sink): Promise<void> {
  for (const [rule, row] of Object.entries(ROWS)) {
    for (const form of FORMS) {
      const failure = await runRow(row, sink, form).then(
        () => null,
        (error: unknown) => String(error),
      )
      fact(JSON.stringify({ rule, form, failure }))
    }
  }
}

/** Begins a row's tasks and futures many times over, says so, and then blocks its thread or waits, until it is terminated. */
function begin(sink: Sink, rule: string): void {
  const row = ROWS[rule] ?? {}
  const ignore = (): void => undefined
  for (let round = 0; round < 20; round += 1) {
    for (const form of ['task', 'stopped'] as const) void runRow(row, sink, form).catch(ignore)
    for (const [name, args] of row.gives ?? [])
      void (sink[`${name}Task`]?.(...args) as Promise<unknown> | undefined)?.catch(ignore)
    for (const [name, args] of row.later ?? []) void (sink[name]?.(...args) as Promise<unknown>).catch(ignore)
  }
  parentPort?.postMessage('begun')
  // Half of them cannot fetch what comes meanwhile.
  if (Object.keys(ROWS).indexOf(rule) % 2 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  else setInterval(ignore, 1000)
}

/** Terminates a Worker for each row, with its calls in flight; the process and its other threads go on. */
async function terminate(index: string): Promise<void> {
  const sink = load(index)
  for (const row of Object.keys(ROWS)) {
    const worker = new Worker(__filename, { workerData: { probe: 'begin', index, row } satisfies Task })
    await new Promise((resolve, reject) => {
      worker.once('message', resolve).once('error', reject)
    })
    fact(`${row}: ended with ${String(await worker.terminate())}`)
  }
  let alive = 0
  for (const row of Object.values(ROWS)) alive += await runRow(row, sink, 'task').then(() => 1)
  fact(`alive: ${String(alive)} rows`)
}

async function run({ probe, index, row }: Task): Promise<void> {
  if (probe === 'rows') return rows(load(index))
  if (probe === 'begin') {
    begin(load(index), row ?? '')
    return
  }
  if (probe === 'terminate') return terminate(index)
  if (probe === 'sweep') return sweep(load(index), fact)
  const panic = PANICS[probe]
  if (panic === undefined) throw new Error(`there is no probe ${probe}`)
  await panic.run(load(index), fact)
  // Without it a promise that never settles would look like an end.
  fact('done')
}

const [, , probe = '', index = '', place] = process.argv
if (!isMainThread) void run(workerData as Task)
else if (place === '--worker') {
  const worker = new Worker(__filename, { workerData: { probe, index } satisfies Task })
  worker.on('error', (error) => writeSync(2, `uncaught in the Worker: ${String(error)}\n`))
  worker.on('exit', (code) => (process.exitCode = code))
} else void run({ probe, index })
