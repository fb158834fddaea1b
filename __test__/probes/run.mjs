// Runs one probe: `node --expose-gc run.mjs <name> [--worker]`. Each run is a process of its own, because what is asserted is how it ends.
import { writeSync } from 'node:fs'
import { argv } from 'node:process'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'

const themes = ['ending', 'termination', 'panics', 'callbacks', 'waiting', 'objects', 'borrowing', 'copies', 'aborting']

async function probeNamed(name) {
  for (const theme of themes) {
    const { probes } = await import(`./${theme}.mjs`)
    if (Object.hasOwn(probes, name)) return probes[name]
  }
  throw new Error(`there is no probe ${name}`)
}

if (isMainThread && argv.includes('--worker')) {
  // This thread never loads the addon: the Worker's environment is the only one, and its end is the addon's.
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: argv[2] })
  worker.on('error', (error) => writeSync(2, `Uncaught in the Worker: ${String(error)}\n`))
  worker.on('exit', (code) => (process.exitCode = code))
} else {
  const probe = await probeNamed(isMainThread ? argv[2] : workerData)
  await probe()
}
