/** What cargo says when it fails, as one of our errors. Cargo has no codes; its sentences are what there is to go by. */
import { diskFullAdvice, saysDiskFull, saysNoNetwork } from '../tools/machine-fault.js'
import { ReadError, type ReadErrorCode } from './read-error.js'
import { howToInstall } from './system-packages.js'

interface Cause {
  /** Any of these in what cargo wrote, or a test of it. */
  readonly signs: readonly string[] | ((output: string) => boolean)
  readonly code: ReadErrorCode
  readonly message: (crate: string, output: string) => string
  readonly wayOut: string | ((output: string) => string)
}

/** In this order: on a full disk, and after a failing build script, something "could not compile" too. */
const CAUSES: readonly Cause[] = [
  {
    signs: saysDiskFull,
    code: 'ERR_WRAP_DISK_FULL',
    message: (crate) => `the disk is full: ${crate} cannot be read`,
    wayOut: `${diskFullAdvice.charAt(0).toUpperCase()}${diskFullAdvice.slice(1)}.`,
  },
  {
    signs: saysNoNetwork,
    code: 'ERR_WRAP_NO_NETWORK',
    message: (crate) => `the registry cannot be reached, and ${crate} is not on this machine`,
    wayOut: 'Connect to the network and run the command again, or wrap a crate from a folder.',
  },
  {
    signs: ['could not be found in registry index', 'no matching package named', 'could not be found at `'],
    code: 'ERR_WRAP_CRATE_NOT_FOUND',
    message: (crate, output) => `there is no crate named ${crate}${similar(output)}`,
    wayOut: 'Look the name up in the registry of Rust crates.',
  },
  {
    signs: ['requires rustc', 'is not supported by the following package', 'newer than the version of Cargo'],
    code: 'ERR_WRAP_NEWER_RUST',
    message: (crate, output) =>
      `${crate} needs a newer Rust: ${lineWith(output, ['requires rustc', 'newer than', 'rustc'])}`,
    wayOut: 'Run `rustup update`, or name an older version of the crate.',
  },
  {
    signs: ['failed to select a version', 'the crate `', 'candidate versions found which'],
    code: 'ERR_WRAP_VERSION_NOT_FOUND',
    message: (crate, output) => `${crate} has no version that fits: ${firstError(output)}`,
    wayOut: 'Name a version that the registry has, or none for the newest.',
  },
  {
    signs: ['failed to run custom build command'],
    code: 'ERR_WRAP_SYSTEM_LIBRARY',
    message: (crate, output) => `${crate} cannot be built here: ${buildScript(output)}`,
    wayOut: (output) =>
      `${howToInstall(output) ?? 'Install what the build script asks for: a system library with its headers, or a program.'} Or turn off the feature that needs it: \`--no-default-features\`, \`--features\`.`,
  },
  {
    signs: ['could not compile', 'could not document'],
    code: 'ERR_WRAP_DOES_NOT_COMPILE',
    message: (crate, output) => `${crate} does not compile here: ${firstError(output)}`,
    wayOut: 'Try `cargo check` on the crate by itself; it may need a feature, another version or another platform.',
  },
]

export function explainCargo(crate: string, output: string): ReadError {
  if (
    output.includes('unrecognized feature') ||
    output.includes('does not have feature') ||
    output.includes('does not have these features')
  ) {
    return new ReadError(
      'ERR_WRAP_FEATURE_NOT_FOUND',
      `${crate}: ${firstError(output)}`,
      'Name features that the crate has; `cargo info` lists them.',
      output,
    )
  }
  const cause = CAUSES.find(({ signs }) =>
    typeof signs === 'function' ? signs(output) : signs.some((sign) => output.includes(sign)),
  )
  return cause === undefined
    ? new ReadError(
        'ERR_WRAP_CARGO_FAILED',
        `cargo failed for ${crate}: ${firstError(output)}`,
        'See what cargo says.',
        output,
      )
    : new ReadError(cause.code, cause.message(crate, output), wayOut(cause, output), output)
}

const wayOut = (cause: Cause, output: string): string =>
  typeof cause.wayOut === 'string' ? cause.wayOut : cause.wayOut(output)

/** The first `error: …` or `error[E0432]: …`, with the place when one follows. */
function firstError(output: string): string {
  const lines = output.split('\n')
  const at = lines.findIndex((line) => line.startsWith('error'))
  const line = lines[at]
  if (line === undefined) {
    return lines.find((one) => one.trim() !== '')?.trim() ?? 'it said nothing'
  }
  const place = lines[at + 1]?.trim() ?? ''
  const text = line.startsWith('error: ') ? line.slice('error: '.length) : line
  return place.startsWith('-->') ? `${text} (${place.slice('-->'.length).trim()})` : text
}

/** The line with the first of these signs that there is. */
function lineWith(output: string, signs: readonly string[]): string {
  const lines = output.split('\n')
  const line = signs.map((sign) => lines.find((one) => one.includes(sign))).find((one) => one !== undefined)
  return (line ?? firstError(output)).trim().replace('error: ', '')
}

/** What says best why a build script failed, the best first. */
const BUILD_SIGNS = [
  'The system library',
  'was not found',
  'could not find',
  'not found',
  'is not installed',
  'pkg-config',
]

/** The package whose build script failed, and its reason; panics quote theirs with `\\n` for line ends. */
function buildScript(output: string): string {
  const lines = output
    .replaceAll('\\n', '\n')
    .split('\n')
    .map((line) => line.trim())
  const failed = lines.find((line) => line.includes('failed to run custom build command'))?.split('`')[1]
  const at = lines.indexOf('--- stderr')
  const errors = at < 0 ? [] : lines.slice(at + 1).filter((line) => line !== '')
  const reason = BUILD_SIGNS.map((sign) => errors.find((line) => line.includes(sign))).find(
    (line) => line !== undefined,
  )
  const said = reason ?? errors[0] ?? firstError(output)
  return failed === undefined ? said : `the build script of ${failed} says: ${said}`
}

function similar(output: string): string {
  const line = output.split('\n').find((one) => one.includes('perhaps you meant') || one.includes('similar'))
  return line === undefined ? '' : ` (${line.trim()})`
}
