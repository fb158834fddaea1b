/** The platforms a package can have binaries for. */
export interface Platform {
  readonly triple: string
  /** As the Rust compiler names it. */
  readonly target: string
  readonly os: string
  readonly cpu: string
  readonly libc?: string
  /** The machine of GitHub's that builds it. */
  readonly runner: string
  /** Needs a C toolchain for another system than the runner's. */
  readonly cross?: true
}

export const platforms: readonly Platform[] = [
  {
    triple: 'linux-x64-gnu',
    target: 'x86_64-unknown-linux-gnu',
    os: 'linux',
    cpu: 'x64',
    libc: 'glibc',
    runner: 'ubuntu-22.04',
  },
  {
    triple: 'linux-arm64-gnu',
    target: 'aarch64-unknown-linux-gnu',
    os: 'linux',
    cpu: 'arm64',
    libc: 'glibc',
    runner: 'ubuntu-22.04-arm',
  },
  {
    triple: 'linux-x64-musl',
    target: 'x86_64-unknown-linux-musl',
    os: 'linux',
    cpu: 'x64',
    libc: 'musl',
    runner: 'ubuntu-latest',
    cross: true,
  },
  {
    triple: 'linux-arm64-musl',
    target: 'aarch64-unknown-linux-musl',
    os: 'linux',
    cpu: 'arm64',
    libc: 'musl',
    runner: 'ubuntu-latest',
    cross: true,
  },
  { triple: 'darwin-x64', target: 'x86_64-apple-darwin', os: 'darwin', cpu: 'x64', runner: 'macos-latest' },
  { triple: 'darwin-arm64', target: 'aarch64-apple-darwin', os: 'darwin', cpu: 'arm64', runner: 'macos-latest' },
  { triple: 'win32-x64-msvc', target: 'x86_64-pc-windows-msvc', os: 'win32', cpu: 'x64', runner: 'windows-latest' },
  {
    triple: 'win32-arm64-msvc',
    target: 'aarch64-pc-windows-msvc',
    os: 'win32',
    cpu: 'arm64',
    runner: 'windows-latest',
  },
]
