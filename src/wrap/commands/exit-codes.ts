/** How `ferrule` ends. Scripts may rely on these numbers; one is never given another meaning. */
export const exitCodes = {
  /** Everything asked for was done. */
  ok: 0,
  /** The work was done and found something: a mismatch, a difference, a failing test. */
  findings: 1,
  /** The command line, or the folder it was called in, is not one this command works with. */
  usage: 2,
  /** The crate could not be found, read or compiled by itself. */
  crate: 3,
  /** The spec has faults. */
  spec: 4,
  /** What was generated does not compile, or generator and binary disagree: a fault of the generator. */
  generator: 5,
  /** A tool is missing or failed (cargo, rustfmt, npm, typescript, oxfmt, vitest), or the file system refused to write. */
  tool: 6,
  /** Stopped by Ctrl-C or a request to end. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The table that `ferrule --help` and the documentation show. */
export const exitCodeTable: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  { code: exitCodes.ok, meaning: 'done' },
  { code: exitCodes.findings, meaning: 'done, and something was found: a mismatch, a difference, a failing test' },
  { code: exitCodes.usage, meaning: 'the command line or the folder is not one the command works with' },
  { code: exitCodes.crate, meaning: 'the crate cannot be found, read or compiled' },
  { code: exitCodes.spec, meaning: 'the spec has faults' },
  { code: exitCodes.generator, meaning: 'what was generated does not compile: a fault of the generator' },
  { code: exitCodes.tool, meaning: 'a tool is missing or failed, or the disk is full or not to be written to' },
  { code: exitCodes.interrupted, meaning: 'interrupted' },
]
