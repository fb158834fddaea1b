/** From what the user names to the crate's model. */
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import type { Io } from '../commands/io.js'
import type { CrateModel } from '../model/model.js'
import { readCrate, type CrateRequest as ReadRequest } from '../read/index.js'
import { ReadError } from '../read/read-error.js'
import type { Spec } from '../spec/spec.js'
import { lastLines, runProcess } from '../tools/process.js'
import { cacheFolder } from './cache.js'

/** What is to be read. An empty name is that of the package in the folder, whatever it is called. */
export type CrateRequest = Omit<ReadRequest, 'cacheFolder' | 'signal'>

/** Names are the registry's, whatever lies in the current folder; a folder is a path: `./csv`, `crates/csv`, an absolute one. */
const isPath = (operand: string): boolean =>
  operand === '.' || operand === '..' || operand.includes('/') || operand.includes('\\') || isAbsolute(operand)

/** Tells what was taken where a folder has the name of the crate. */
export function noteOnFolder(operand: string, cwd: string): string | undefined {
  const [name = ''] = operand.split('@', 1)
  if (isPath(operand) || !existsSync(resolve(cwd, name, 'Cargo.toml'))) return undefined
  return `${name} is taken from the registry; ./${name} names the crate in the folder beside`
}

/** `semver`, `semver@1.0.20`, `./my-crate`. */
export function crateRequest(
  operand: string,
  flags: { readonly features?: readonly string[] | undefined; readonly defaultFeatures: boolean },
  cwd: string,
): CrateRequest {
  const common = {
    defaultFeatures: flags.defaultFeatures,
    ...(flags.features === undefined ? {} : { features: flags.features }),
  }
  if (isPath(operand)) return { crate: '', path: resolve(cwd, operand), ...common }
  const [crate = '', version] = operand.split('@', 2)
  return { crate, ...(version === undefined || version === '' ? {} : { version }), ...common }
}

/** The crate that a spec names, as the spec wants it. */
export function requestOfSpec(spec: Spec, specPath: string): CrateRequest {
  const { rustCrate, rustCrateVersion, cratePath } = spec.lib
  return {
    crate: rustCrate,
    ...(cratePath === undefined ? { version: rustCrateVersion } : { path: resolve(dirname(specPath), cratePath) }),
    features: spec.crate.features,
    defaultFeatures: spec.crate.defaultFeatures,
  }
}

export async function readModel(request: CrateRequest, io: Io): Promise<CrateModel> {
  try {
    return await readCrate({
      crate: request.crate === '' ? await nameInFolder(request.path ?? '', io) : request.crate,
      ...(request.version === undefined ? {} : { version: request.version }),
      ...(request.path === undefined ? {} : { path: request.path }),
      // Whoever names features has chosen; a spec does.
      ...(request.features === undefined ? { wish: 'serde' } : { features: [...request.features] }),
      ...(request.defaultFeatures === undefined ? {} : { defaultFeatures: request.defaultFeatures }),
      cacheFolder: cacheFolder(io.env),
      signal: io.signal,
    })
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    const isMachine = error.code === 'ERR_WRAP_DISK_FULL'
    throw new CommandError(isMachine ? exitCodes.tool : exitCodes.crate, error.message, {
      wayOut: error.wayOut,
      details: { code: error.code },
      cause: error,
    })
  }
}

async function nameInFolder(folder: string, io: Io): Promise<string> {
  const manifest = join(folder, 'Cargo.toml')
  if (!existsSync(manifest)) {
    throw new CommandError(exitCodes.crate, `${folder} is no crate: there is no ${manifest}`)
  }
  const args = ['read-manifest', '--offline', '--manifest-path', manifest]
  const { status, stdout, stderr } = await runProcess('cargo', args, { cwd: folder, env: io.env, signal: io.signal })
  if (status !== 0) throw new CommandError(exitCodes.crate, `${manifest} cannot be read:\n${lastLines(stderr, 12)}`)
  return (JSON.parse(stdout) as { name: string }).name
}
