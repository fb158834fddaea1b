/** From what a command throws to how it ends: the exit code, and what is read. */
import { diskFullAdvice, diskFullCode, saysDiskFull } from '../tools/machine-fault.js'
import { Interrupted } from '../tools/process.js'
import { CommandError } from './command-error.js'
import { exitCodes } from './exit-codes.js'

export interface Failure {
  readonly exitCode: number
  readonly message: string
  readonly wayOut?: string
  readonly details?: unknown
}

export function asFailure(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof Interrupted || signal.aborted) {
    return { exitCode: exitCodes.interrupted, message: 'interrupted' }
  }
  if (error instanceof CommandError) {
    const { exitCode, message, wayOut, details } = error
    return {
      exitCode,
      message,
      ...(wayOut === undefined ? {} : { wayOut }),
      ...(details === undefined ? {} : { details }),
    }
  }
  if (isSystemError(error)) {
    const { code, message } = error
    if (!saysDiskFull(message)) return { exitCode: exitCodes.tool, message, details: { code } }
    return {
      exitCode: exitCodes.tool,
      message: `the disk is full: ${message}`,
      wayOut: diskFullAdvice,
      details: { code: diskFullCode },
    }
  }
  return {
    exitCode: exitCodes.generator,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    wayOut: 'this is a fault of ferrule; please report it',
  }
}

/** A failed call of the operating system: no room, no permission. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error
