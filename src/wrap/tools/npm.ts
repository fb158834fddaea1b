import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { machineFault } from './machine-fault.js'
import { lastLines, runProcess, type ProcessOptions } from './process.js'

/** npm as program and arguments. On Windows it is a batch file, which only a shell can start; its script is not. */
export function npmCommand(
  env: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
): readonly [command: string, args: readonly string[]] {
  const script = env['npm_execpath']
  return script?.endsWith('npm-cli.js') === true ? [process.execPath, [script, ...args]] : ['npm', args]
}

/** Installs packages into a folder without writing them into its package.json. */
export async function npmInstall(packages: readonly string[], options: ProcessOptions): Promise<void> {
  const [command, args] = npmCommand(
    options.env ?? process.env,
    'install',
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    ...packages,
  )
  const { status, stderr } = await runProcess(command, args, options)
  if (status === 0) return
  const fault = machineFault('npm', stderr)
  if (fault !== undefined) throw fault
  throw new CommandError(exitCodes.tool, `npm install ${packages.join(' ')} failed:\n${lastLines(stderr, 12)}`, {
    wayOut: 'install these packages by hand, then run the same command again',
  })
}
