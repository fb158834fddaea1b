import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { explainCargo } from '../../src/wrap/read/cargo-errors.js'
import { parseRustdoc } from '../../src/wrap/read/format57.js'
import { readCrate, ReadError, type CrateRequest } from '../../src/wrap/read/index.js'

const fixtures = join(import.meta.dirname, 'fixtures', 'reader')
let cacheFolder: string

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'ferrule-reader-'))
})

afterEach(() => {
  vi.unstubAllEnvs()
})

afterAll(async () => {
  await rm(cacheFolder, { recursive: true, force: true })
})

describe('a crate that cannot be read', () => {
  it.each([
    ['program', 'ERR_WRAP_NO_LIBRARY', 'only programs'],
    ['macros', 'ERR_WRAP_NO_LIBRARY', 'procedural macro'],
    ['broken', 'ERR_WRAP_DOES_NOT_COMPILE', 'cannot find type `Missing`'],
    ['newer', 'ERR_WRAP_NEWER_RUST', '1.999'],
    ['system', 'ERR_WRAP_SYSTEM_LIBRARY', 'The system library `alsa`'],
    ['nowhere', 'ERR_WRAP_CRATE_NOT_FOUND', 'has no Cargo.toml'],
  ])('says why %s is one', async (name, code, words) => {
    const error = await refusal({ crate: `reader-${name}`, path: join(fixtures, name), cacheFolder })
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect(error.wayOut).not.toBe('')
  })

  it('names the place of the first compiler error', async () => {
    const error = await refusal({ crate: 'reader-broken', path: join(fixtures, 'broken'), cacheFolder })
    expect(error.message).toContain('src/lib.rs:1:')
  })

  it('says which features there are not', async () => {
    const path = join(fixtures, 'shapes')
    const error = await refusal({ crate: 'reader-shapes', path, features: ['nothing'], cacheFolder })
    expect(error.code).toBe('ERR_WRAP_FEATURE_NOT_FOUND')
    expect(error.message).toContain('nothing')
  })

  it('says which package a folder has when it is another', async () => {
    const error = await refusal({ crate: 'reader-circles', path: join(fixtures, 'shapes'), cacheFolder })
    expect(error.code).toBe('ERR_WRAP_CRATE_NOT_FOUND')
    expect(error.message).toContain('reader-shapes')
  })

  it('says that cargo is missing', async () => {
    vi.stubEnv('PATH', cacheFolder)
    const error = await refusal({ crate: 'reader-shapes', path: join(fixtures, 'shapes'), cacheFolder })
    expect(error.code).toBe('ERR_WRAP_CARGO_MISSING')
  })

  it('leaves no half-made scratch package behind', async () => {
    const folder = join(cacheFolder, 'fresh')
    await mkdir(folder)
    await refusal({ crate: 'reader-nowhere', path: join(fixtures, 'nowhere'), cacheFolder: folder })
    expect(await readdir(join(folder, 'read'))).toEqual([])
  })
})

describe('what cargo says', () => {
  it.each([
    ['error: the crate `nothing` could not be found in registry index.', 'ERR_WRAP_CRATE_NOT_FOUND'],
    [
      'error: failed to get `a` as a dependency\n\nCaused by:\n  [6] Could not resolve hostname (Could not resolve host: index.example)',
      'ERR_WRAP_NO_NETWORK',
    ],
    [
      'error: failed to select a version for the requirement `semver = "^9"`\ncandidate versions found which didn\'t match: 1.0.28',
      'ERR_WRAP_VERSION_NOT_FOUND',
    ],
    ['error: something new', 'ERR_WRAP_CARGO_FAILED'],
  ])('is understood: %j', (output, code) => {
    const error = explainCargo('semver', output)
    expect(error.code).toBe(code)
    expect(error.output).toBe(output)
  })
})

describe('a build script that failed', () => {
  it('is named with its reason, also when a panic quotes it', () => {
    const output = [
      'error: failed to run custom build command for `libudev-sys v0.1.4`',
      '  --- stderr',
      '  called `Result::unwrap()` on an `Err` value: "\\npkg-config exited with status code 1\\n  Package libudev was not found in the search path.\\n"',
    ].join('\n')
    const { message } = explainCargo('gilrs', output)
    expect(message).toBe(
      'gilrs cannot be built here: the build script of libudev-sys v0.1.4 says: Package libudev was not found in the search path.',
    )
  })

  const failed = (...said: readonly string[]): string =>
    ['error: failed to run custom build command for `some-sys v1.0.0`', '  --- stderr', ...said].join('\n')

  it.each([
    ['a library', ['Package alsa was not found in the pkg-config search path.'], '`apt-get install libasound2-dev`'],
    [
      'two libraries',
      ['Package x11 was not found in the pkg-config search path.', 'The system library `xi` required by crate `a`'],
      '`apt-get install libx11-dev libxi-dev`',
    ],
    ['a program', ['is `cmake` not installed?'], '`apt-get install cmake`'],
    ['what no package is known for', ['The system library `rare` required by crate `a`'], 'has rare.pc'],
  ])('names the Debian package of %s', (_what, said, words) => {
    expect(explainCargo('some', failed(...said)).wayOut).toContain(words)
  })

  it('asks for what the build script asks for when it speaks of nothing known', () => {
    const { wayOut } = explainCargo('some', failed('no such thing'))
    expect(wayOut).toContain('Install what the build script asks for')
    expect(wayOut).toContain('`--no-default-features`')
  })
})

describe('another version of the format', () => {
  it('is refused with both versions and the way out', () => {
    const text = JSON.stringify({ format_version: 99, index: {}, paths: {} })
    expect(() => parseRustdoc(text)).toThrow(expect.objectContaining({ code: 'ERR_WRAP_RUSTDOC_FORMAT' }))
    expect(() => parseRustdoc(text)).toThrow(/99.*57/)
  })
})

async function refusal(request: CrateRequest): Promise<ReadError> {
  try {
    await readCrate(request)
  } catch (error) {
    if (error instanceof ReadError) {
      return error
    }
    throw error
  }
  throw new Error(`${request.crate} was read`)
}
