// Loaded before a command: kills the process in front of the file-system call that FERRULE_TEST_KILL_AT counts, or lets it fail
// in the way that FERRULE_TEST_FAIL_WITH names. Counted are those that change what stands in FERRULE_TEST_FOLDER.
'use strict'
const fs = require('node:fs')

const { FERRULE_TEST_KILL_AT, FERRULE_TEST_FAIL_WITH, FERRULE_TEST_FOLDER = '' } = process.env
let left = Number(FERRULE_TEST_KILL_AT)

for (const name of ['renameSync', 'rmSync', 'mkdirSync', 'linkSync']) {
  const original = fs[name]
  fs[name] = (...args) => {
    const isCounted = args.some((arg) => typeof arg === 'string' && arg.startsWith(FERRULE_TEST_FOLDER))
    if (isCounted && left-- === 0) {
      if (FERRULE_TEST_FAIL_WITH === undefined) process.kill(process.pid, 'SIGKILL')
      fs.writeSync(1, 'failed')
      throw Object.assign(new Error(`${FERRULE_TEST_FAIL_WITH}: told to fail, ${name}`), {
        code: FERRULE_TEST_FAIL_WITH,
        syscall: name,
      })
    }
    return original.apply(fs, args)
  }
}
