/** Runs cargo and rustc, and says in plain words what kept them from doing their work. */
import { CommandError } from '../commands/command-error.js'
import { runProcess } from '../tools/process.js'
import { explainCargo } from './cargo-errors.js'
import { ReadError } from './read-error.js'

export interface CargoRun {
  readonly folder: string
  /** The crate the run is for, as messages name it. */
  readonly crate: string
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** What cargo wrote to its output. Throws `ReadError` when it failed. */
export async function runCargo(args: readonly string[], run: CargoRun): Promise<string> {
  const ended = await runTool('cargo', args, run)
  if (ended.status !== 0) {
    throw explainCargo(run.crate, ended.stderr)
  }
  return ended.stdout
}

/** `1.95.0 (59807616e 2026-04-14)`: another compiler may write another model. */
export async function rustcVersion(folder: string): Promise<string> {
  const ended = await runTool('rustc', ['--version'], { folder, crate: '' })
  if (ended.status !== 0) {
    throw new ReadError('ERR_WRAP_CARGO_MISSING', 'rustc does not run', MISSING, ended.stderr)
  }
  return ended.stdout.trim().replace('rustc ', '')
}

const MISSING = 'Install Rust from https://rustup.rs; only the author of a package needs it.'

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

async function runTool(tool: string, args: readonly string[], run: CargoRun): Promise<Ended> {
  try {
    return await runProcess(tool, args, {
      cwd: run.folder,
      env: { ...process.env, CARGO_TERM_COLOR: 'never', ...run.environment },
      signal: run.signal ?? new AbortController().signal,
    })
  } catch (error) {
    const isMissing = error instanceof CommandError && (error.cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw isMissing ? new ReadError('ERR_WRAP_CARGO_MISSING', `${tool} is not on the path`, MISSING) : error
  }
}
