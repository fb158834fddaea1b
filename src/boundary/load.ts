import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { FerruleError } from './errors.js'
import { adviceFor } from './load-advice.js'
import { chosenPlace, searchedPlaces } from './load-places.js'
import { platformTriple } from './platform.js'

/**
 * The version of the agreement between this folder and the Rust crate `ferrule-node`. It is raised only by a change that
 * an older counterpart would misunderstand, so a package built on one patch release runs on the next.
 */
export const boundaryAbi = 1

/** Which addon to load, and where it may be. */
export interface LoadOptions {
  /** The npm package that owns the addon; its platform packages are named `<packageName>-<triple>`. */
  packageName: string
  /** That package's own version, which its binary has to carry too. */
  version: string
  /** The binary's name without platform: the file is `<binaryName>.<triple>.node`. */
  binaryName: string
  /**
   * An environment variable that names one binary to load instead of searching. For those who build their own: the
   * version is then not compared, the boundary still is.
   */
  overrideVariable: string
  /**
   * Folders that hold `<triple>/<binaryName>.<triple>.node` when the package runs from its own repository; relative ones
   * are taken from the folder of `from`.
   */
  localFolders: readonly string[]
  /** A file of the package that owns the addon, to resolve platform packages from. Default: this file. */
  from?: string
}

/** A place that was tried in vain, with the loader's own words. */
export interface FailedCandidate {
  path: string
  error: string
}

/** A loaded addon. */
export interface LoadedAddon {
  /** What the binary exports. */
  exports: RawAddon
  /** The file it came from. */
  path: string
  /** The platform it was chosen for, e.g. `linux-x64-gnu`. */
  triple: string
  /** Places that were tried before it. */
  tried: FailedCandidate[]
}

/** What every addon on this boundary exports before anything is attached to it. */
export interface RawAddon {
  boundaryAbi: number
  packageVersion: string
  /** Whether the binary speaks this version of the boundary. */
  handshake: (expected: number) => boolean
  attach: (hooks: unknown) => unknown
}

/**
 * Finds and loads a native addon.
 *
 * The order is: the file named by the override variable (then nothing else), the platform package, the repository's own
 * build. A binary that cannot be opened lets the search go on; one that opens but belongs to another version ends it,
 * because running whatever comes next would hide a broken installation.
 *
 * @throws FerruleError `ERR_LOAD` when nothing could be loaded, or what was loaded is another version's binary or no
 *   addon of this boundary; `details` is `{ triple, tried: { path, error }[] }`.
 * @throws FerruleError `ERR_CONTRACT` when the binary speaks another version of the boundary.
 */
export function loadAddon(options: LoadOptions): LoadedAddon {
  const triple = platformTriple()
  const from = options.from ?? ownFile()
  const require = createRequire(from)
  const tried: FailedCandidate[] = []
  const causes: unknown[] = []

  const chosen = chosenPlace(process.env[options.overrideVariable])
  // Chosen by hand, so its version is the user's own business.
  const override = chosen !== undefined
  for (const { request } of override ? [chosen] : searchedPlaces(options, triple, from)) {
    let path = request
    let exports: unknown
    try {
      path = require.resolve(request)
      exports = require(path)
    } catch (error) {
      tried.push({ path, error: firstLine(error) })
      causes.push(error)
      continue
    }
    return { exports: checked(exports, { path, triple, override, tried, options }), path, triple, tried }
  }

  const isInstalled = (name: string): boolean => {
    try {
      require.resolve(name)
      return true
    } catch {
      return false
    }
  }
  throw new FerruleError(
    [
      `${options.packageName} found no native binary it can load on ${triple} (Node ${process.version}).`,
      ...tried.map(({ path, error }) => `  tried ${path}\n    ${error}`),
      `What to do: ${adviceFor({ ...options, triple, causes, isInstalled })}`,
    ].join('\n'),
    { code: 'ERR_LOAD', operation: 'load', details: { triple, tried }, cause: causes.at(-1) },
  )
}

function checked(
  exports: unknown,
  found: { path: string; triple: string; override: boolean; tried: FailedCandidate[]; options: LoadOptions },
): RawAddon {
  const { path, triple, tried, options } = found
  if (!isRawAddon(exports)) {
    throw new FerruleError(
      `${path} opened, but is no addon of this boundary: it does not export boundaryAbi (a number), ` +
        `packageVersion (a string), handshake and attach (functions). What to do: ` +
        (found.override
          ? `let ${options.overrideVariable} name a binary of ${options.packageName}, or unset it.`
          : `install ${options.packageName} anew.`) +
        before(tried),
      { code: 'ERR_LOAD', operation: 'load', details: { triple, path, tried } },
    )
  }
  if (!exports.handshake(boundaryAbi)) {
    throw new FerruleError(
      `${path} speaks version ${exports.boundaryAbi} of the boundary; this copy of its JavaScript half speaks version ` +
        `${boundaryAbi}. What to do: ` +
        (exports.boundaryAbi > boundaryAbi
          ? `update the package ferrule, which carries the JavaScript half.`
          : `build ${options.packageName} anew with the installed ferrule, or install a ferrule as old as the binary.`) +
        before(tried),
      {
        code: 'ERR_CONTRACT',
        operation: 'load',
        details: { triple, path, item: 'boundaryAbi', expected: boundaryAbi, found: exports.boundaryAbi, tried },
      },
    )
  }
  if (!found.override && exports.packageVersion !== options.version) {
    throw new FerruleError(
      `${path} is the binary of ${options.packageName} ${exports.packageVersion}, but the JavaScript beside it is ` +
        `${options.packageName} ${options.version}. What to do: install ${options.packageName} and its platform package ` +
        `${options.packageName}-${triple} in one version (\`npm ls ${options.packageName}-${triple}\` shows which are there); ` +
        `in the repository, build again.${before(tried)}`,
      {
        code: 'ERR_LOAD',
        operation: 'load',
        details: {
          triple,
          path,
          item: 'packageVersion',
          expected: options.version,
          found: exports.packageVersion,
          tried,
        },
      },
    )
  }
  return exports
}

/** The places in front of the one that ended the search. */
const before = (tried: readonly FailedCandidate[]): string =>
  tried.map(({ path, error }) => `\n  tried before ${path}\n    ${error}`).join('')

function isRawAddon(value: unknown): value is RawAddon {
  if (typeof value !== 'object' || value === null) return false
  const addon = value as Partial<Record<keyof RawAddon, unknown>>
  return (
    typeof addon.boundaryAbi === 'number' &&
    typeof addon.packageVersion === 'string' &&
    typeof addon.handshake === 'function' &&
    typeof addon.attach === 'function'
  )
}

/** This file, or inside an ES-module bundle, where a file has no name, the script that Node was started with. */
function ownFile(): string {
  if (typeof __filename === 'string') return __filename
  return resolve(process.argv[1] ?? 'unnamed')
}

/** An error's message without the require stack, which names our own files and helps nobody. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] ?? message
}
