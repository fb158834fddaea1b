// The platforms ferrule ships binaries for. `npm/<triple>`, the release workflow's matrix and the optional dependencies
// of the published package all follow from this list.

/** @typedef {{ triple: string, target: string, os: string, cpu: string, libc?: string }} Platform */

/** @type {Platform[]} */
export const platforms = [
  { triple: 'linux-x64-gnu', target: 'x86_64-unknown-linux-gnu', os: 'linux', cpu: 'x64', libc: 'glibc' },
  { triple: 'linux-arm64-gnu', target: 'aarch64-unknown-linux-gnu', os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { triple: 'linux-x64-musl', target: 'x86_64-unknown-linux-musl', os: 'linux', cpu: 'x64', libc: 'musl' },
  { triple: 'linux-arm64-musl', target: 'aarch64-unknown-linux-musl', os: 'linux', cpu: 'arm64', libc: 'musl' },
  { triple: 'darwin-x64', target: 'x86_64-apple-darwin', os: 'darwin', cpu: 'x64' },
  { triple: 'darwin-arm64', target: 'aarch64-apple-darwin', os: 'darwin', cpu: 'arm64' },
  { triple: 'win32-x64-msvc', target: 'x86_64-pc-windows-msvc', os: 'win32', cpu: 'x64' },
  { triple: 'win32-arm64-msvc', target: 'aarch64-pc-windows-msvc', os: 'win32', cpu: 'arm64' },
]

/** The platform of a Rust target, which is how the compiler names it; throws for one that is not shipped. */
export function platformOfTarget(target) {
  const platform = platforms.find((candidate) => candidate.target === target)
  if (platform) return platform
  throw new Error(
    `ferrule has no platform package for the Rust target ${target}; it has: ${platforms.map((p) => p.target).join(', ')}`,
  )
}
