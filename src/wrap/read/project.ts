/**
 * A scratch package that depends on the crate, so that cargo resolves it, and what cargo then knows of it. The crate's own folder
 * is never written to.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { runCargo, rustcVersion } from './cargo.js'
import { noLibrary, ReadError } from './read-error.js'

export interface CrateRequest {
  /** As on the registry; `-` and `_` are the same. With `path` the name of the package in that folder. */
  readonly crate: string
  /** `1.13`, `1.13.2`; none for the newest. */
  readonly version?: string
  /** A folder with the crate's `Cargo.toml`, in place of the registry. */
  readonly path?: string
  readonly features?: readonly string[]
  readonly defaultFeatures?: boolean
  /** Enabled, too, where the crate has it and it costs little: `serde`. */
  readonly wish?: string
  /** Where everything is kept: scratch packages, what they compile to, models. May be removed at any time. */
  readonly cacheFolder: string
  readonly signal?: AbortSignal
}

/** A package as `cargo metadata` tells it. */
export interface CargoPackage {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly license: string | null
  readonly repository: string | null
  readonly description: string | null
  readonly rust_version: string | null
  readonly manifest_path: string
  readonly source: string | null
  readonly features: Readonly<Record<string, readonly string[]>>
  readonly targets: readonly { readonly kind: readonly string[]; readonly name: string }[]
}

export interface Metadata {
  readonly packages: readonly CargoPackage[]
  readonly resolve: {
    readonly nodes: readonly {
      readonly id: string
      readonly features: readonly string[]
      readonly deps: readonly { readonly name: string; readonly pkg: string }[]
    }[]
  }
}

export interface Project {
  readonly folder: string
  readonly metadata: Metadata
  readonly package: CargoPackage
  readonly enabledFeatures: readonly string[]
  /** The compiler's version; see `rustcVersion`. */
  readonly rustc: string
}

/** A version chosen without being named is looked up again after a day. */
const FRESH_MS = 24 * 60 * 60 * 1000

/** Throws `ReadError` when there is no such crate, version or feature, or no network to look it up. */
export async function openProject(request: CrateRequest): Promise<Project> {
  const folder = join(resolve(request.cacheFolder), 'read', projectName(request))
  if (!(await isReady(folder, request))) {
    await makeProject(folder, request)
  }
  const run = { folder, crate: request.crate, ...signalOf(request) }
  const rustc = rustcVersion(folder)
  // Awaited after cargo, whose failure says more.
  rustc.catch(() => undefined)
  const text = await runCargo(['metadata', '--format-version', '1', '--locked'], run)
  const metadata = JSON.parse(text) as Metadata
  const wanted = plain(request.crate)
  const root = metadata.resolve.nodes.find((node) => node.id.includes('ferrule-scratch'))
  const direct = new Set(root?.deps.map((dep) => dep.pkg))
  const named = metadata.packages.filter((one) => plain(one.name) === wanted)
  const found = named.find((one) => direct.has(one.id)) ?? named[0]
  if (found === undefined) {
    // Cargo resolved it, and then left it out: what has no library is no dependency.
    throw noLibrary(request.crate)
  }
  const enabled = metadata.resolve.nodes.find((node) => node.id === found.id)?.features ?? []
  return { folder, metadata, package: found, enabledFeatures: [...enabled].sort(), rustc: await rustc }
}

/** The dependencies that a wish may bring: serde, its derive macro and `serde_json` are a dozen. */
const MOST_WISHED = 16

/** The project with the wished feature, where there is one that it lacks and that brings few dependencies. */
export async function withWish(project: Project, request: CrateRequest): Promise<Project> {
  const { wish } = request
  if (wish === undefined || project.enabledFeatures.includes(wish) || !(wish in project.package.features))
    return project
  const wished = await openProject({ ...request, features: [...(request.features ?? []), wish] })
  const more = wished.metadata.packages.length - project.metadata.packages.length
  return more > MOST_WISHED ? project : wished
}

/** `-` and `_` are the same to cargo. */
export function plain(name: string): string {
  return name.replaceAll('-', '_')
}

export function signalOf(request: CrateRequest): { signal?: AbortSignal } {
  return request.signal === undefined ? {} : { signal: request.signal }
}

function projectName(request: CrateRequest): string {
  const facts = [
    request.version ?? '',
    request.path === undefined ? '' : resolve(request.path),
    [...(request.features ?? [])].sort(),
    request.defaultFeatures ?? true,
  ]
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12)
  return `${plain(request.crate)}-${hash}`
}

async function isReady(folder: string, request: CrateRequest): Promise<boolean> {
  try {
    const lock = await stat(join(folder, 'Cargo.lock'))
    const fixed = request.version !== undefined && request.path === undefined
    return fixed || (request.path === undefined && Date.now() - lock.mtimeMs < FRESH_MS)
  } catch {
    return false
  }
}

/** Made aside and moved into place, so that an interrupted run leaves nothing half done. */
async function makeProject(folder: string, request: CrateRequest): Promise<void> {
  const aside = `${folder}.${process.pid}`
  await rm(aside, { recursive: true, force: true })
  await mkdir(join(aside, 'src'), { recursive: true })
  try {
    await writeFile(join(aside, 'src', 'lib.rs'), '')
    await writeFile(
      join(aside, 'Cargo.toml'),
      '[package]\nname = "ferrule-scratch"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n',
    )
    await addDependency(aside, request)
    await moveInto(folder, aside)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function addDependency(aside: string, request: CrateRequest): Promise<void> {
  const run = { folder: aside, crate: request.crate, ...signalOf(request) }
  const what = request.path === undefined ? versioned(request) : await fromFolder(request, request.path)
  const features = request.features ?? []
  const options = [
    ...what,
    ...(features.length > 0 ? ['--features', features.join(',')] : []),
    ...(request.defaultFeatures === false ? ['--no-default-features'] : []),
  ]
  try {
    await runCargo(['add', '--quiet', ...options], run)
    await runCargo(['metadata', '--format-version', '1'], run)
  } catch (error) {
    if (!(error instanceof ReadError)) {
      throw error
    }
    if (error.code === 'ERR_WRAP_CRATE_NOT_FOUND' && isOffline()) {
      throw notOnThisMachine(request.crate, error)
    }
    if (error.code === 'ERR_WRAP_CRATE_NOT_FOUND' && request.version !== undefined) {
      throw await withoutVersion(request, error)
    }
    if (error.code !== 'ERR_WRAP_NO_NETWORK') {
      throw error
    }
    try {
      await runCargo(['add', '--quiet', '--offline', ...options], run)
      await runCargo(['metadata', '--offline', '--format-version', '1'], run)
    } catch {
      throw error
    }
  }
}

/** Told so, cargo does not say of a crate it lacks that it did not look further. */
const isOffline = (): boolean => ['true', '1'].includes(process.env['CARGO_NET_OFFLINE'] ?? '')

const notOnThisMachine = (crate: string, { output }: ReadError): ReadError =>
  new ReadError(
    'ERR_WRAP_NO_NETWORK',
    `the registry cannot be reached, because CARGO_NET_OFFLINE is set, and ${crate} is not on this machine`,
    'Unset it, connect to the network and run the command again, or wrap a crate from a folder.',
    output,
  )

/** Cargo says of a version that there is none what it says of a crate. */
async function withoutVersion(request: CrateRequest, error: ReadError): Promise<ReadError> {
  const { version = '', cacheFolder } = request
  const folder = join(resolve(cacheFolder), 'read')
  try {
    await runCargo(['info', '--quiet', request.crate], { folder, crate: request.crate, ...signalOf(request) })
  } catch {
    return error
  }
  return new ReadError(
    'ERR_WRAP_VERSION_NOT_FOUND',
    `${request.crate} has no version ${version}`,
    'Name a version that the registry has, or none for the newest.',
    error.output,
  )
}

/** A full version means that version and no newer one. */
function versioned(request: CrateRequest): string[] {
  const { version } = request
  if (version === undefined) {
    return [request.crate]
  }
  const full = version.split('.').length >= 3 && version.charAt(0) >= '0' && version.charAt(0) <= '9'
  return [`${request.crate}@${full ? '=' : ''}${version}`]
}

async function fromFolder(request: CrateRequest, path: string): Promise<string[]> {
  const folder = resolve(path)
  const manifest = join(folder, 'Cargo.toml')
  try {
    await readFile(manifest)
  } catch {
    throw new ReadError('ERR_WRAP_CRATE_NOT_FOUND', `${folder} has no Cargo.toml`, 'Name the folder of the crate.')
  }
  const run = { folder, crate: request.crate, ...signalOf(request) }
  const args = ['metadata', '--no-deps', '--offline', '--format-version', '1', '--manifest-path', manifest]
  const { packages } = JSON.parse(await runCargo(args, run)) as Metadata
  const found = packages.find((one) => plain(one.name) === plain(request.crate))
  if (found === undefined) {
    const names = packages.map((one) => one.name).join(', ')
    throw new ReadError(
      'ERR_WRAP_CRATE_NOT_FOUND',
      `${basename(folder)} has no package ${request.crate}, but ${names}`,
      'Name one of these.',
    )
  }
  return [found.name, '--path', folder]
}

/** What is compiled already stays. */
async function moveInto(folder: string, aside: string): Promise<void> {
  await mkdir(join(folder, 'src'), { recursive: true })
  for (const file of ['src/lib.rs', 'Cargo.toml', 'Cargo.lock']) {
    await rename(join(aside, file), join(folder, file))
  }
}
