#!/usr/bin/env node
/** The command `ferrule`. */
import { runCli } from './commands/dispatch.js'
import { processIo } from './commands/io.js'
import { Interrupted } from './tools/process.js'

const controller = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Once: a second Ctrl-C ends the process at once.
  process.once(name, () => {
    controller.abort(new Interrupted())
  })
}

void runCli(process.argv.slice(2), processIo(controller.signal)).then((exitCode) => {
  process.exitCode = exitCode
})
