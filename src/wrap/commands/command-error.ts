import type { ExitCode } from './exit-codes.js'

/** Ends a command: what the user reads, and the exit code. */
export class CommandError extends Error {
  readonly exitCode: ExitCode
  /** What to do about it, when there is something. */
  readonly wayOut: string | undefined
  /** More of it for `--json`. */
  readonly details: unknown

  constructor(exitCode: ExitCode, message: string, more: { wayOut?: string; details?: unknown; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'CommandError'
    this.exitCode = exitCode
    this.wayOut = more.wayOut
    this.details = more.details
  }
}
