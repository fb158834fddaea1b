/** `ferrule test`: runs a package's tests. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProject } from '../project/find.js'
import { failureText, runTests } from '../project/test-run.js'
import { provideTools } from '../project/tools.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { CommandError } from './command-error.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'
import { progressOn } from './progress.js'

export const help: CommandHelp = {
  name: 'test',
  summary: 'Runs the package’s tests: those that were generated and those beside them.',
  operands: '[spec | folder]',
  maxOperands: 1,
  flags: [],
  text: 'The package has to be built. Every failure is shown. Exits with code 1 when a test fails.',
}

/** Without dist/ every test fails in words that say nothing of it. */
function refuseUnbuilt(folder: string): void {
  const entry = join(folder, 'dist', 'index.js')
  if (existsSync(entry)) return
  throw new CommandError(exitCodes.usage, `the package is not built: there is no ${entry}`, {
    wayOut: '`ferrule build` makes it',
  })
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const json = given.on('json')
  const project = findProject(io.cwd, given.operands[0])
  refuseUnbuilt(project.folder)
  await provideTools(project.folder, io)
  const tests = await progressOn(io, json).step('tested', async (say) => {
    const result = await runTests(project.folder, io)
    say(`${result.passed} pass, ${result.failures.length} fail`)
    return result
  })
  const ok = tests.failures.length === 0
  if (json) io.out(`${JSON.stringify({ ok, ...tests }, null, 2)}\n`)
  else if (!ok) io.out(`${failureText(tests)}\n`)
  return ok ? exitCodes.ok : exitCodes.findings
}
