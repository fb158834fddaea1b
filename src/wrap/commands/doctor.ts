/** `ferrule doctor`: the machine as the other commands find it. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { boundaryAbi } from '../../boundary/load.js'
import { platformTriple } from '../../boundary/platform.js'
import { readContract } from '../check/contract.js'
import { camel } from '../model/names.js'
import { findProject, type Project } from '../project/find.js'
import { readManifest, type PackageManifest } from '../project/manifest.js'
import { ferruleRoot, ferruleVersion } from '../tools/ferrule-root.js'
import { findTool, npmTools, packageFolderFrom, type NpmTool } from '../tools/npm-tools.js'
import { runProcess } from '../tools/process.js'
import { parseArguments, type CommandHelp } from './arguments.js'
import { CommandError } from './command-error.js'
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
    'for, in order. In the folder of a wrapped package that package’s places are listed, elsewhere ferrule’s own. Exits with ' +
    'code 6 when something that `ferrule wrap` needs is missing.',
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

export interface LoadPlace {
  readonly kind: 'override variable' | 'platform package' | 'local folder'
  /** What is looked at. */
  readonly place: string
  readonly found: boolean
  readonly why: string
}

export interface Diagnosis {
  readonly ferrule: string
  readonly boundaryAbi: number
  readonly triple: string
  readonly checks: readonly Check[]
  readonly package: string
  /** In the order they are tried; the override variable, when it is set, is the only one. */
  readonly loadPlaces: readonly LoadPlace[]
  /** By system: the digest of what the binary promises. */
  readonly contracts: readonly { readonly system: string; readonly digest: string; readonly items: number }[]
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
  const loadPlaces = placesOf(manifest, folder, triple, io)
  return {
    ferrule: ferruleVersion,
    boundaryAbi,
    triple,
    checks,
    package: manifest.name,
    loadPlaces,
    contracts: await contractsOf(project, loadPlaces, io),
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

/** As the loader goes through them: src/boundary/load.ts. */
function placesOf(manifest: PackageManifest, folder: string, triple: string, io: Io): readonly LoadPlace[] {
  const { name } = manifest
  const binaryName = manifest.binaryName ?? name
  const variable = overrideVariableOf(manifest)
  const chosen = io.env[variable]
  const file = `${binaryName}.${triple}.node`
  const platformPackage = `${name}-${triple}`
  const installed = packageFolderFrom(folder, platformPackage)
  const local = join(folder, 'npm', triple, file)
  return [
    {
      kind: 'override variable',
      place: chosen ? `${variable}=${chosen}` : variable,
      found: Boolean(chosen) && existsSync(resolve(io.cwd, chosen ?? '')),
      why: chosen
        ? existsSync(resolve(io.cwd, chosen))
          ? 'set: this file is loaded and nothing else is tried'
          : 'set, but there is no such file: loading fails'
        : 'not set; it would name one binary to load instead of all below',
    },
    {
      kind: 'platform package',
      place: installed ?? platformPackage,
      found: installed !== undefined,
      why: installed === undefined ? `not installed; \`npm install ${name}\` brings it` : 'installed',
    },
    {
      kind: 'local folder',
      place: local,
      found: existsSync(local),
      why: existsSync(local) ? 'built here' : 'not built here; `ferrule build` makes it',
    },
  ]
}

/** As generated packages name it; ferrule's own is older. */
function overrideVariableOf({ name, binaryName = name }: PackageManifest): string {
  if (name === 'ferrule') return 'FERRULE_NATIVE_PATH'
  return `${binaryName.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PATH`
}

async function contractsOf(
  project: Project | undefined,
  places: readonly LoadPlace[],
  io: Io,
): Promise<Diagnosis['contracts']> {
  const local = places.find((place) => place.kind === 'local folder' && place.found)
  if (local === undefined) return []
  const system = project === undefined ? 'boundary' : camel(project.system)
  const { digest, items } = await readContract(local.place, system, io)
  return [{ system, digest, items: items.length }]
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
      ({ kind, place, found, why }, index) => `${tick(found)} ${String(index + 1)}. ${kind}: ${place}\n     ${why}`,
    ),
    ...diagnosis.contracts.map(
      ({ system, digest, items }) => `\ncontract of ${system}: ${digest} (${String(items)} items)`,
    ),
    '',
  ].join('\n')
}
