/** A tool that failed because of the machine, told by the words it left: its exit code says no more than that it failed. */
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'

/** By the C library, Node, Windows and the linker. */
const fullDiskSigns = [
  'No space left on device',
  'no space left on device',
  'ENOSPC',
  'Disk quota exceeded',
  'EDQUOT',
  'There is not enough space on the disk',
  // A linker writes into a file it has mapped: where the disk has no page for it, the system ends the linker.
  'ld terminated with signal 7 [Bus error]',
]

const noNetworkSigns = [
  'Could not resolve host',
  'failed to download',
  'network failure',
  'spurious network error',
  "Couldn't connect",
  'Failed to connect',
  'Timeout was reached',
  'attempting to make an HTTP request, but --offline',
  // Cargo with --offline, of what it has not on this machine.
  "you're using offline mode",
]

export const diskFullCode = 'ERR_WRAP_DISK_FULL'
export const noNetworkCode = 'ERR_WRAP_NO_NETWORK'
export const diskFullAdvice = 'make room on the disk and run the same command again; it goes on from where it was'

export const saysDiskFull = (output: string): boolean => fullDiskSigns.some((sign) => output.includes(sign))
export const saysNoNetwork = (output: string): boolean => noNetworkSigns.some((sign) => output.includes(sign))

/** The error for a tool's output that speaks of a full disk or a missing network; undefined for any other. */
export function machineFault(tool: string, output: string): CommandError | undefined {
  if (saysDiskFull(output)) {
    const said = lineWith(output, saysDiskFull)
    return new CommandError(exitCodes.tool, `the disk is full; ${tool} says: ${said}`, {
      wayOut: diskFullAdvice,
      details: { code: diskFullCode },
    })
  }
  if (saysNoNetwork(output)) {
    const said = lineWith(output, saysNoNetwork)
    return new CommandError(exitCodes.crate, `the registry cannot be reached; ${tool} says: ${said}`, {
      wayOut: 'connect to the network and run the same command again; what has been downloaded is kept',
      details: { code: noNetworkCode },
    })
  }
  return undefined
}

/** Whether an error says that the registry could not be reached. */
export const isNoNetwork = (error: unknown): boolean =>
  error instanceof CommandError && (error.details as { code?: unknown } | undefined)?.code === noNetworkCode

const lineWith = (output: string, says: (line: string) => boolean): string =>
  (output.split('\n').find(says) ?? '').trim().slice(0, 300)
