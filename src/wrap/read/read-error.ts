/** What can keep a crate from being read. Every code is stable. */
export type ReadErrorCode =
  /** `cargo` or `rustc` is not on the path. */
  | 'ERR_WRAP_CARGO_MISSING'
  /** The registry has no crate of that name, or the folder is none. */
  | 'ERR_WRAP_CRATE_NOT_FOUND'
  /** The crate has no version that fits. */
  | 'ERR_WRAP_VERSION_NOT_FOUND'
  /** The crate has no feature of that name. */
  | 'ERR_WRAP_FEATURE_NOT_FOUND'
  /** A program, or a procedural macro: nothing that could be called. */
  | 'ERR_WRAP_NO_LIBRARY'
  /** The crate, by itself, does not compile here. */
  | 'ERR_WRAP_DOES_NOT_COMPILE'
  /** The crate needs a newer Rust than the one installed. */
  | 'ERR_WRAP_NEWER_RUST'
  /** A build script failed; most often a system library is missing. */
  | 'ERR_WRAP_SYSTEM_LIBRARY'
  /** The registry cannot be reached. */
  | 'ERR_WRAP_NO_NETWORK'
  /** No room for what cargo writes. */
  | 'ERR_WRAP_DISK_FULL'
  /** The installed rustdoc writes a format this package does not read. */
  | 'ERR_WRAP_RUSTDOC_FORMAT'
  /** Cargo failed in a way none of the above describes; the message has its words. */
  | 'ERR_WRAP_CARGO_FAILED'

/** A crate could not be read: what happened, and the way out. */
export class ReadError extends Error {
  readonly code: ReadErrorCode
  /** What to do about it, one sentence. */
  readonly wayOut: string
  /** What the tool said, for those who want all of it. */
  readonly output: string

  constructor(code: ReadErrorCode, message: string, wayOut: string, output = '') {
    super(message)
    this.name = 'ReadError'
    this.code = code
    this.wayOut = wayOut
    this.output = output
  }
}

export function noLibrary(crate: string): ReadError {
  return new ReadError(
    'ERR_WRAP_NO_LIBRARY',
    `${crate} has no library, only programs`,
    'Look for the crate that holds its library.',
  )
}
