import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'

/** What is read of a package.json. */
export interface PackageManifest {
  readonly name: string
  readonly version: string
  readonly optionalDependencies: Readonly<Record<string, string>>
  /** `napi.binaryName`: the binary's name without platform. */
  readonly binaryName?: string
}

export function readManifest(folder: string): PackageManifest {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) {
    throw new CommandError(exitCodes.usage, `there is no ${path}`, {
      wayOut: '`ferrule generate` writes the package’s files from its spec',
    })
  }
  const raw = JSON.parse(readFileSync(path, 'utf8')) as {
    name?: string
    version?: string
    optionalDependencies?: Record<string, string>
    napi?: { binaryName?: string }
  }
  return {
    name: raw.name ?? '',
    version: raw.version ?? '0.0.0',
    optionalDependencies: raw.optionalDependencies ?? {},
    ...(raw.napi?.binaryName === undefined ? {} : { binaryName: raw.napi.binaryName }),
  }
}
