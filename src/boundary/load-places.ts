import { dirname, join, resolve } from 'node:path'
import type { LoadOptions } from './load.js'

/** Where a binary is looked for. */
export interface LoadPlace {
  readonly kind: 'environment variable' | 'platform package' | 'project folder'
  /** How to ask Node for it: a file's path, or a package's name. */
  readonly request: string
}

/** By the environment variable, which names one file; undefined where it is not set. */
export function chosenPlace(chosen: string | undefined): LoadPlace | undefined {
  return chosen ? { kind: 'environment variable', request: resolve(chosen) } : undefined
}

/**
 * The other places, in the order they are tried: the package made for this platform, then the folders in which a package's own
 * repository has what it built.
 */
export function searchedPlaces(options: LoadOptions, triple: string, from: string): LoadPlace[] {
  const file = join(triple, `${options.binaryName}.${triple}.node`)
  return [
    { kind: 'platform package', request: `${options.packageName}-${triple}` },
    ...options.localFolders.map((folder) => ({
      kind: 'project folder' as const,
      request: resolve(dirname(from), folder, file),
    })),
  ]
}
