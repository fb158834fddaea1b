/** Compiles a package: the addon into npm/<triple>/, the TypeScript into dist/. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cargoBuild } from '../check/cargo.js'
import { contractDifferences, readContract } from '../check/contract.js'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import type { Io } from '../commands/io.js'
import { toolCommand } from '../tools/npm-tools.js'
import { machineFault } from '../tools/machine-fault.js'
import { runProcess } from '../tools/process.js'
import { readManifest } from './manifest.js'
import type { BuildTarget } from './target.js'
import { placeFile } from './write.js'

export interface BuildPlace {
  readonly folder: string
  /** Where cargo keeps what it compiled. */
  readonly targetFolder: string
}

export interface BuiltAddon {
  readonly path: string
  readonly megabytes: number
}

/** Compiles the addon. */
export async function buildAddon(
  place: BuildPlace,
  target: BuildTarget,
  release: boolean,
  io: Io,
): Promise<BuiltAddon> {
  const library = await cargoBuild(
    {
      folder: place.folder,
      targetFolder: place.targetFolder,
      env: { ...io.env, ...target.env },
      signal: io.signal,
    },
    { command: target.cargo, release },
  )
  const path = binaryPath(place.folder, target.triple)
  // By a rename, because a running Node may have the old one mapped.
  placeFile(path, readFileSync(library))
  return { path, megabytes: statSync(path).size / 1e6 }
}

/** `npm/<triple>/<binaryName>.<triple>.node`: where the loader looks in the package's own repository. */
export function binaryPath(folder: string, triple: string): string {
  const { name, binaryName = name } = readManifest(folder)
  return join(folder, 'npm', triple, `${binaryName}.${triple}.node`)
}

/** @throws CommandError `generator` when the binary promises something else than the TypeScript half was made for. */
export async function holdToContract(
  binary: string,
  system: string,
  expected: readonly string[],
  io: Io,
): Promise<void> {
  const { items } = await readContract(binary, system, io)
  const differences = contractDifferences(expected, items)
  if (differences.length === 0) return
  throw new CommandError(
    exitCodes.generator,
    `the binary's contract is not the one of native.ts:\n${differences.map((line) => `  ${line}`).join('\n')}`,
    { wayOut: 'this is a fault of the generator; please report it with the spec', details: { differences } },
  )
}

/** Type-checks the package and writes dist/. */
export async function buildTypeScript(folder: string, io: Io): Promise<void> {
  const tsc = toolCommand('typescript', 'tsc', folder, io.cwd)
  const config = join(folder, 'tsconfig.json')
  if (!existsSync(config)) throw new CommandError(exitCodes.usage, `there is no ${config}`)
  const { status, stdout, stderr } = await runProcess(
    process.execPath,
    [tsc, '--project', config, '--pretty', 'false'],
    {
      cwd: folder,
      env: io.env,
      signal: io.signal,
    },
  )
  if (status !== 0) {
    const fault = machineFault('the TypeScript compiler', `${stdout}${stderr}`)
    if (fault !== undefined) throw fault
    const errors = `${stdout}${stderr}`.trim().split('\n')
    const shown = [...errors.slice(0, 20), ...(errors.length > 20 ? [`… ${errors.length - 20} more`] : [])]
    throw new CommandError(exitCodes.generator, `the TypeScript does not compile:\n${shown.join('\n')}`, {
      wayOut: 'what ferrule generated is its own fault, please report it; what you wrote is yours to mend',
      details: { errors },
    })
  }
}
