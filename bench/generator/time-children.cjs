/**
 * Preloaded into the command (`node --require`): how long each program took that it started, as JSON lines in the file that
 * `FERRULE_BENCH_CHILDREN` names. So rustdoc is timed in the very run that waits for it.
 */
const childProcess = require('node:child_process')
const { appendFileSync } = require('node:fs')

const { spawn } = childProcess

childProcess.spawn = (command, args, options) => {
  const started = performance.now()
  const child = spawn(command, args, options)
  child.on('close', () => {
    const line = { command, args, ms: performance.now() - started }
    appendFileSync(process.env.FERRULE_BENCH_CHILDREN, `${JSON.stringify(line)}\n`)
  })
  return child
}
