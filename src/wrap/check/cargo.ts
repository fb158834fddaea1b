/** Runs cargo on a generated package. */
import { join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { isNoNetwork, machineFault } from '../tools/machine-fault.js'
import { lastLines, runProcess } from '../tools/process.js'
import { readCargoOutput, type CargoOutput } from './cargo-messages.js'

export interface CargoContext {
  /** The package's folder. */
  readonly folder: string
  /** Where cargo keeps what it built, unless CARGO_TARGET_DIR says otherwise. */
  readonly targetFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

export const cargoAdvice = 'install Rust from https://rustup.rs; `ferrule doctor` shows what is there'

/** Type-checks the glue. Errors of the glue are in the result; what is wrong with anything else is thrown. */
export async function cargoCheck(context: CargoContext): Promise<CargoOutput> {
  return runCargo(['check', '--lib'], context)
}

/**
 * Compiles the addon; the result is the path of the dynamic library.
 *
 * @param command What cargo is to do: `build`, with a target if it is for another machine.
 */
export async function cargoBuild(
  context: CargoContext,
  options: { readonly command: readonly string[]; readonly release: boolean },
): Promise<string> {
  const output = await runCargo([...options.command, '--lib', ...(options.release ? ['--release'] : [])], context)
  const [error] = output.errors
  if (error !== undefined) {
    throw new CommandError(exitCodes.generator, `the addon does not compile:\n${error.rendered.trimEnd()}`, {
      wayOut: '`ferrule generate` writes the glue anew from the spec; what then fails is a fault of the generator',
    })
  }
  const library = output.artifacts.filter(({ kinds }) => kinds.includes('cdylib')).at(-1)?.files[0]
  if (library === undefined) throw new CommandError(exitCodes.tool, 'cargo built no dynamic library')
  return library
}

/** Where the registry cannot be reached, what was downloaded before may be enough. */
async function runCargo(args: readonly string[], context: CargoContext): Promise<CargoOutput> {
  try {
    return await runCargoOnce(args, context)
  } catch (error) {
    if (!isNoNetwork(error)) throw error
    try {
      return await runCargoOnce([...args, '--offline'], context)
    } catch (again) {
      throw isNoNetwork(again) ? error : again
    }
  }
}

async function runCargoOnce(args: readonly string[], context: CargoContext): Promise<CargoOutput> {
  const { status, stdout, stderr } = await runProcess(
    'cargo',
    [...args, '--message-format=json', '--manifest-path', join(context.folder, 'Cargo.toml')],
    {
      cwd: context.folder,
      env: { ...context.env, CARGO_TARGET_DIR: context.env['CARGO_TARGET_DIR'] ?? context.targetFolder },
      signal: context.signal,
    },
    cargoAdvice,
  )
  const output = readCargoOutput(stdout)
  if (status === 0) return output
  // First of all: on a full disk the compiler blames the code it was at.
  const fault = machineFault('cargo', `${stderr}\n${output.errors.map(({ rendered }) => rendered).join('\n')}`)
  if (fault !== undefined) throw fault
  if (output.errors.length === 0) {
    throw new CommandError(exitCodes.tool, `cargo ${args[0] ?? ''} failed:\n${lastLines(stderr, 20)}`)
  }
  const foreign = output.errors.find(({ packageId }) => !isOwn(packageId, context.folder))
  if (foreign !== undefined) {
    throw new CommandError(
      exitCodes.crate,
      `a dependency does not compile (${packageName(foreign.packageId)}):\n${foreign.rendered.trimEnd()}`,
      { wayOut: 'it may need other features, a newer Rust or a library of the system: see the crate’s own page' },
    )
  }
  return output
}

/** `path+file:///home/me/semver-node#0.1.0`. */
function isOwn(packageId: string, folder: string): boolean {
  const [source = ''] = packageId.split('#')
  return source.startsWith('path+file://') && decodeURI(source).endsWith(folder.replaceAll('\\', '/'))
}

const packageName = (packageId: string): string => packageId.split('/').at(-1) ?? packageId
