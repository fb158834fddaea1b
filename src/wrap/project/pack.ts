/** Packs a package as npm publishes it: the main one and the platform package of this machine. */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import type { Io } from '../commands/io.js'
import { npmCommand } from '../tools/npm.js'
import { machineFault } from '../tools/machine-fault.js'
import { lastLines, runProcess } from '../tools/process.js'
import { placeFile } from './write.js'

export interface Tarball {
  readonly name: string
  readonly path: string
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly files?: readonly string[]
  readonly main?: string
  readonly [key: string]: unknown
}

/** Names that serve the package's development and say nothing to those who install it. */
const developmentKeys = ['scripts', 'devDependencies', 'overrides', 'private', 'napi', 'workspaces']

/** Every platform package that has been built, and the main package that asks for exactly these. */
export async function packAll(folder: string, out: string, io: Io): Promise<readonly Tarball[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'ferrule-pack-'))
  try {
    const main = manifestIn(folder)
    const platforms = platformFolders(folder, main)
    if (platforms.length === 0) {
      throw new CommandError(exitCodes.usage, `nothing has been built in ${join(folder, 'npm')}`, {
        wayOut: '`ferrule build` compiles the addon for this machine',
      })
    }
    refuseUnbuilt(folder, main)
    const optionalDependencies = Object.fromEntries(platforms.map((platform) => [platform.manifest.name, main.version]))
    const stages = [
      stage(scratch, [folder], { ...published(main), optionalDependencies }),
      // The licences lie in the main package's folder and travel with every binary.
      ...platforms.map((platform) => stage(scratch, [platform.folder, folder], published(platform.manifest))),
    ]
    const packed: Tarball[] = []
    for (const { name, path } of stages) packed.push({ name, path: await pack(path, scratch, io) })
    // All or none: an interrupted run leaves no main package without what it depends on.
    return packed.map(({ name, path }) => {
      const placed = join(out, basename(path))
      placeFile(placed, readFileSync(path))
      return { name, path: placed }
    })
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function platformFolders(folder: string, main: Manifest): { folder: string; manifest: Manifest }[] {
  const npm = join(folder, 'npm')
  return (existsSync(npm) ? readdirSync(npm).sort() : [])
    .map((triple) => join(npm, triple))
    .filter((place) => existsSync(join(place, 'package.json')))
    .map((place) => ({ folder: place, manifest: manifestIn(place) }))
    .filter(({ folder: place, manifest }) => existsSync(join(place, manifest.main ?? '')))
    .map(({ folder: place, manifest }) => ({ folder: place, manifest: { ...manifest, version: main.version } }))
}

function published(manifest: Manifest): Manifest {
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !developmentKeys.includes(key))) as Manifest
}

/** npm packs a package without what its manifest lists and nobody has made, and says nothing. */
function refuseUnbuilt(folder: string, { files = [] }: Manifest): void {
  const missing = files.filter((file) => !existsSync(join(folder, file)))
  if (missing.length === 0) return
  throw new CommandError(exitCodes.usage, `${folder} lacks what its package.json lists: ${missing.join(', ')}`, {
    wayOut: '`ferrule build` makes dist/',
  })
}

/** The files that npm would pack, each from the first folder that has it, in a folder of their own with the manifest that is published. */
function stage(scratch: string, folders: readonly string[], manifest: Manifest): { name: string; path: string } {
  const path = mkdtempSync(join(scratch, 'stage-'))
  for (const file of [...(manifest.files ?? []), 'README.md']) {
    const source = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate))
    if (source !== undefined) cpSync(source, join(path, file), { recursive: true })
  }
  writeFileSync(join(path, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return { name: manifest.name, path }
}

async function pack(stagePath: string, scratch: string, io: Io): Promise<string> {
  const [command, args] = npmCommand(io.env, 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch)
  const { status, stdout, stderr } = await runProcess(command, args, {
    cwd: stagePath,
    env: io.env,
    signal: io.signal,
  })
  if (status !== 0) {
    const fault = machineFault('npm', `${stderr}\n${stdout}`)
    throw fault ?? new CommandError(exitCodes.tool, `npm pack failed:\n${lastLines(stderr, 12)}`)
  }
  const [result] = JSON.parse(stdout) as { filename: string }[]
  return join(scratch, (result?.filename ?? '').replace(/^@/, '').replaceAll('/', '-'))
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
