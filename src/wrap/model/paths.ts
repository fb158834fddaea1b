/** Rust paths as text: `semver::Version`. */

/** The last name of a path: `Version` of `semver::Version`. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf(':') + 1)
