/** Reads a crate's public API into a model: cargo resolves it, rustdoc tells it, the model is kept for the next time. */
import type { CrateModel } from '../model/model.js'
import { buildModel, type Built, type PackageFacts } from './build-model.js'
import { modelFile, readModel, writeModel } from './cache.js'
import { openProject, plain, withWish, type CargoPackage, type CrateRequest, type Project } from './project.js'
import { ReadError } from './read-error.js'
import { folderOf, libraryName, runRustdoc } from './rustdoc.js'
import { makeSource, type Source, type World } from './world.js'

export type { CrateRequest } from './project.js'
export { ReadError, type ReadErrorCode } from './read-error.js'

/** A re-export of a re-export of a re-export: enough rounds for every crate met, and an end for those not met. */
const MOST_ROUNDS = 5

/**
 * The model of a crate from the registry or a folder. Throws `ReadError` with a stable code and the way out; see `ReadErrorCode`.
 * A crate read before with the same features and compiler is not compiled again.
 *
 * @example
 *   const model = await readCrate({ crate: 'semver', cacheFolder: '.ferrule' })
 *   model.types.map((type) => type.path) // ['semver::BuildMetadata', …]
 */
export async function readCrate(request: CrateRequest): Promise<CrateModel> {
  const project = await openProject(request)
  libraryName(project.package)
  const wished = await withWish(project, request)
  if (wished === project) return readProject(project, request)
  try {
    return await readProject(wished, request)
  } catch (error) {
    // A feature that does not compile is no reason to refuse the crate.
    if (!(error instanceof ReadError) || error.code !== 'ERR_WRAP_DOES_NOT_COMPILE') throw error
    return readProject(project, request)
  }
}

async function readProject(project: Project, request: CrateRequest): Promise<CrateModel> {
  const file = await modelFile(project, request.cacheFolder)
  const kept = await readModel(file)
  if (kept !== undefined) {
    return kept
  }
  const model = await readWithDependencies(project, request.signal)
  await writeModel(file, model)
  return model
}

/** Reads the crate, then the dependencies its API re-exports from, until none is missing. */
async function readWithDependencies(project: Project, signal: AbortSignal | undefined): Promise<CrateModel> {
  const name = libraryName(project.package)
  const main = await readSource(project, project.package, signal)
  const sources = new Map<string, Source>([[name, main]])
  const missing = new Set<string>()
  let built = build(project, main, sources)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const wanted = [...built.wanted].filter((crate) => !missing.has(crate))
    if (wanted.length === 0) {
      break
    }
    for (const crate of wanted) {
      const found = dependency(project, crate)
      const source = found === undefined ? undefined : await tryReadSource(project, found, signal)
      if (source === undefined) {
        missing.add(crate)
      } else {
        sources.set(crate, source)
      }
    }
    built = build(project, main, sources)
  }
  return built.model
}

function build(project: Project, main: Source, sources: ReadonlyMap<string, Source>): Built {
  const world: World = { main, sources, publicPaths: new Map() }
  return buildModel(world, factsOf(project))
}

function factsOf(project: Project): PackageFacts {
  const found = project.package
  return {
    name: libraryName(found),
    packageName: found.name,
    version: found.version,
    license: found.license ?? '',
    repository: found.repository ?? '',
    description: (found.description ?? '').trim(),
    ...(found.rust_version === null ? {} : { rustVersion: found.rust_version }),
    features: Object.keys(found.features).sort(),
    enabledFeatures: project.enabledFeatures,
    folder: folderOf(found),
  }
}

async function readSource(project: Project, found: CargoPackage, signal: AbortSignal | undefined): Promise<Source> {
  const doc = await runRustdoc(project, found, signal)
  const family = found.repository !== null && found.repository === project.package.repository
  return makeSource(libraryName(found), doc, folderOf(found), family)
}

/**
 * A dependency that rustdoc cannot read leaves a gap in the model; it is no reason to refuse the crate. A full disk is: the model
 * with the gap would be kept.
 */
async function tryReadSource(
  project: Project,
  found: CargoPackage,
  signal: AbortSignal | undefined,
): Promise<Source | undefined> {
  try {
    return await readSource(project, found, signal)
  } catch (error) {
    if (error instanceof ReadError && error.code !== 'ERR_WRAP_DISK_FULL') {
      return undefined
    }
    throw error
  }
}

/** The package that `crate` is in paths; the crate's own direct dependency when there are several versions. */
function dependency(project: Project, crate: string): CargoPackage | undefined {
  const node = project.metadata.resolve.nodes.find((one) => one.id === project.package.id)
  const direct = new Set(node?.deps.map((dep) => dep.pkg))
  const named = project.metadata.packages.filter(
    (one) =>
      plain(one.name) === crate ||
      one.targets.some((target) => plain(target.name) === crate && target.kind.includes('lib')),
  )
  return named.find((one) => direct.has(one.id)) ?? named[0]
}
