/** `ferrule doctor`: the machine as the other commands find it. */
import { readFileSync } from 'node:fs'
import type { SystemContract } from '../../boundary/contract.js'
import { boundaryAbi } from '../../boundary/load.js'
import { platformTriple } from '../../boundary/platform.js'
import { contractItems } from '../ir/contract.js'
import { camel } from '../model/names.js'
import { findProject, type Project } from '../project/find.js'
import { tryPlaces, type TriedPlace } from '../project/load-places.js'
import { packageOf, specOf } from '../project/spec.js'
import { readManifest, type PackageManifest } from '../project/manifest.js'
import { ferruleRoot, ferruleVersion } from '../tools/ferrule-root.js'
import { findTool, npmTools, type NpmTool } from '../tools/npm-tools.js'
import { runProcess } from '../tools/process.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { CommandError } from './command-error.js'
import { contractTable } from './contract-table.js'
import { exitCodes } from './exit-codes.js'
import type { Io } from './io.js'

export const help: CommandHelp = {
  name: 'doctor',
  summary: 'Shows what the other commands find on this machine, where, and how to get what is missing.',
  operands: '[folder]',
  maxOperands: 1,
  flags: [],
  text:
    'Looks for Node, npm, the Rust toolchain and the npm tools, and lists every place a package’s native binary is looked ' +
    'for, in order; then what the binary promises: versions and digests of its systems, its groups of operations, and what came ' +
    'of comparing faster implementations with their references. In the folder of a wrapped package it is about that package, ' +
    'elsewhere about ferrule’s own. Exits with code 6 when something that `ferrule wrap` needs is missing.',
}

/** One thing that was looked for. */
export interface Check {
  readonly name: string
  readonly found: string | undefined
  /** Where it was found, or looked for. */
  readonly where: string
  /** How to get it, when it is missing. */
  readonly get?: string
  /** Whether `ferrule wrap` cannot do without. */
  readonly needed: boolean
}

export interface Diagnosis {
  readonly ferrule: string
  readonly boundaryAbi: number
  readonly triple: string
  readonly checks: readonly Check[]
  readonly package: string
  /** In the order they are tried; the override variable, when it is set, is the only one. */
  readonly loadPlaces: readonly TriedPlace[]
  /** What the binary promises, by system: of the first place that one could be asked in. */
  readonly contracts: readonly SystemContract[]
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const given = parseArguments(args, help)
  const diagnosis = await diagnose(io, given.operands[0])
  const isComplete = diagnosis.checks.every((check) => check.found !== undefined || !check.needed)
  if (given.on('json')) io.out(`${JSON.stringify({ ok: isComplete, ...diagnosis }, null, 2)}\n`)
  else io.out(describe(diagnosis))
  return isComplete ? exitCodes.ok : exitCodes.tool
}

export async function diagnose(io: Io, operand: string | undefined): Promise<Diagnosis> {
  const project = projectIfAny(io.cwd, operand)
  const folder = project?.folder ?? ferruleRoot()
  const manifest = readManifest(folder)
  const triple = platformTriple()
  const checks = [
    {
      name: 'node',
      found: process.version,
      where: process.execPath,
      needed: true,
      ...(isOldNode() ? { get: 'Node 20.20 or newer' } : {}),
    },
    await programCheck('npm', ['--version'], 'comes with Node', true, io),
    await programCheck('rustc', ['--version'], 'https://rustup.rs', true, io),
    await programCheck('cargo', ['--version'], 'https://rustup.rs', true, io),
    await programCheck('rustfmt', ['--version'], 'rustup component add rustfmt', true, io),
    await programCheck('rustdoc', ['--version'], 'https://rustup.rs', true, io),
    await programCheck(
      'cc',
      ['--version'],
      'your system’s C compiler package: it is the linker',
      process.platform !== 'win32',
      io,
    ),
    ...(['typescript', 'oxfmt', 'vitest'] as const).map((tool) => toolCheck(tool, folder, io)),
  ]
  const loadPlaces = await placesOf(project, manifest, folder, triple, io)
  return {
    ferrule: ferruleVersion,
    boundaryAbi,
    triple,
    checks,
    package: manifest.name,
    loadPlaces,
    contracts: loadPlaces.find(({ contracts }) => contracts.length > 0)?.contracts ?? [],
  }
}

function projectIfAny(cwd: string, operand: string | undefined): Project | undefined {
  try {
    return findProject(cwd, operand)
  } catch (error) {
    if (error instanceof CommandError && operand === undefined) return undefined
    throw error
  }
}

function isOldNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 20)
}

async function programCheck(
  name: string,
  args: readonly string[],
  get: string,
  needed: boolean,
  io: Io,
): Promise<Check> {
  try {
    const { status, stdout } = await runProcess(name, args, { cwd: io.cwd, env: io.env, signal: io.signal })
    const version = stdout.split('\n', 1)[0] ?? ''
    if (status === 0) return { name, found: version, where: 'PATH', needed }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
  }
  return { name, found: undefined, where: 'PATH', get, needed }
}

/** Not needed by themselves: `wrap` installs those that are nowhere. */
function toolCheck(tool: NpmTool, folder: string, io: Io): Check {
  const found = findTool(tool, folder, io.cwd)
  const where = found ?? `${folder}, ferrule’s own folder, ${io.cwd}`
  if (found !== undefined) return { name: tool, found: versionIn(found), where, needed: false }
  return { name: tool, found: undefined, where, get: `npm install --save-dev ${tool}@${npmTools[tool]}`, needed: false }
}

const versionIn = (folder: string): string => readManifest(folder).version

function placesOf(
  project: Project | undefined,
  manifest: PackageManifest,
  folder: string,
  triple: string,
  io: Io,
): Promise<readonly TriedPlace[]> {
  const { name, version, binaryName = name } = manifest
  const options = {
    packageName: name,
    version,
    binaryName,
    overrideVariable: overrideVariableOf(manifest),
    localFolders: ['../npm'],
    folder,
    triple,
    system: project === undefined ? null : camel(project.system),
    expected: expectedOf(project),
  }
  return tryPlaces(options, io)
}

/** A spec with faults is no reason to tell nothing else; `ferrule verify` shows them. */
function expectedOf(project: Project | undefined): readonly string[] | undefined {
  if (project === undefined) return undefined
  try {
    return contractItems(packageOf(specOf(readFileSync(project.specPath), project.specPath)))
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** As generated packages name it; ferrule's own is older. */
function overrideVariableOf({ name, binaryName = name }: PackageManifest): string {
  if (name === 'ferrule') return 'FERRULE_NATIVE_PATH'
  return `${binaryName.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PATH`
}

function describe(diagnosis: Diagnosis): string {
  const { ferrule, boundaryAbi: abi, triple } = diagnosis
  const tick = (found: boolean): string => (found ? '✔' : '✘')
  return [
    `ferrule ${ferrule}, boundary ${abi}, platform ${triple}`,
    '',
    ...diagnosis.checks.map(({ name, found, where, get }) =>
      found === undefined
        ? `✘ ${name.padEnd(12)}missing, looked in ${where}; get it: ${get ?? ''}`
        : `✔ ${name.padEnd(12)}${found}  (${where})${get === undefined ? '' : `; needed: ${get}`}`,
    ),
    '',
    `The native binary of ${diagnosis.package} is looked for, in this order:`,
    ...diagnosis.loadPlaces.map(
      ({ kind, place, loads, why }, index) => `${tick(loads)} ${String(index + 1)}. ${kind}: ${place}\n     ${why}`,
    ),
    '',
    ...(diagnosis.contracts.length === 0 ? [] : contractTable(diagnosis.contracts)),
  ].join('\n')
}
