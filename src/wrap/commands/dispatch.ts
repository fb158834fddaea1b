/** From a command line to a command, and from what it throws to an exit code. */
import { nearest } from '../spec/nearest.js'
import { ferruleVersion } from '../tools/ferrule-root.js'
import { helpText, type CommandHelp } from './arguments.js'
import { CommandError } from './command-error.js'
import { exitCodes, exitCodeTable } from './exit-codes.js'
import { asFailure } from './failure.js'
import type { Io } from './io.js'

export interface Command {
  readonly help: CommandHelp
  readonly run: (args: readonly string[], io: Io) => Promise<number>
}

/** Each is loaded when it is called: `ferrule doctor` has to run where nothing else does. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  wrap: { summary: 'from a crate to an npm package, in one go', load: () => import('./wrap.js') },
  scan: { summary: 'crate → proposed spec, and what was left out', load: () => import('./scan.js') },
  verify: { summary: 'spec against the crate, before anything compiles', load: () => import('./verify.js') },
  generate: { summary: 'spec → glue, TypeScript, tests, docs', load: () => import('./generate.js') },
  build: { summary: 'compiles the addon and the TypeScript', load: () => import('./build.js') },
  test: { summary: 'runs the package’s tests', load: () => import('./test.js') },
  pack: { summary: 'packs the main and the platform package', load: () => import('./pack.js') },
  watch: { summary: 'generates and builds again on every change', load: () => import('./watch.js') },
  doctor: { summary: 'what is found, where, and how to get the rest', load: () => import('./doctor.js') },
}

export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const json = args.includes('--json')
  try {
    return await dispatch(args, io)
  } catch (error) {
    const failure = asFailure(error, io.signal)
    if (json) io.out(`${JSON.stringify({ ok: false, ...failure }, null, 2)}\n`)
    else if (failure.exitCode === exitCodes.interrupted) io.err('interrupted; the same command goes on from here\n')
    else io.err(`${failure.message}\n${failure.wayOut === undefined ? '' : `What to do: ${failure.wayOut}\n`}`)
    return failure.exitCode
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(generalHelp())
    return name === undefined ? exitCodes.usage : exitCodes.ok
  }
  if (name === '--version' || name === '-v') {
    io.out(`${ferruleVersion}\n`)
    return exitCodes.ok
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (entry === undefined) {
    const close = nearest(name, Object.keys(commands))
    throw new CommandError(
      exitCodes.usage,
      `ferrule has no command "${name}"${close === undefined ? '' : `; did you mean ${close}?`}`,
      { wayOut: '`ferrule --help` lists them' },
    )
  }
  const command = await entry.load()
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(helpText(command.help))
    return exitCodes.ok
  }
  return command.run(rest, io)
}

function generalHelp(): string {
  const row = (left: string, right: string): string => `  ${left.padEnd(10)}${right}`
  return [
    'ferrule <command> …',
    '',
    'Wraps Rust crates as typed, tested npm packages.',
    '',
    ...Object.entries(commands).map(([name, { summary }]) => row(name, summary)),
    '',
    '`ferrule <command> --help` tells more; `--json` makes any of them print one JSON document.',
    '',
    'Exit codes:',
    ...exitCodeTable.map(({ code, meaning }) => row(String(code), meaning)),
    '',
  ].join('\n')
}
