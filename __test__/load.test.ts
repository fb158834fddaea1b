import type { FerruleError } from 'ferrule/boundary'
import { boundaryAbi, isFerruleError, loadAddon, type LoadOptions } from 'ferrule/boundary'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// A made-up package `acme` in a folder of its own; its binary is ferrule's real one, or a JavaScript file where the test
// needs an addon that lies about itself.
const require = createRequire(import.meta.url)
const { version } = require('ferrule/package.json') as { version: string }
const override = 'ACME_NATIVE_PATH'

let folder: string
let options: LoadOptions

/** This platform's triple from what Node reports about itself, by another way than the loader's. */
function expectedTriple(): string {
  const base = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') return `${base}-msvc`
  if (process.platform !== 'linux') return base
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return `${base}-${header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}`
}
const triple = expectedTriple()
const realBinary = join(dirname(require.resolve('ferrule/package.json')), 'npm', triple, `ferrule.${triple}.node`)

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ferrule-load-')))
  options = {
    packageName: 'acme',
    version,
    binaryName: 'acme',
    overrideVariable: override,
    localFolders: ['npm'],
    from: join(folder, 'index.js'),
  }
})

afterEach(() => {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- assigning undefined would set the string "undefined"
  delete process.env[override]
  rmSync(folder, { recursive: true, force: true })
})

/** Installs a platform package whose binary is `source`: a path to copy, or the text of a module. */
function installPlatformPackage(source: { copy: string } | { module: string }, name = `acme-${triple}`): string {
  const target = join(folder, 'node_modules', name)
  mkdirSync(target, { recursive: true })
  const file = 'copy' in source ? 'acme.node' : 'acme.cjs'
  writeFileSync(join(target, 'package.json'), JSON.stringify({ name, version, main: file }))
  if ('copy' in source) copyFileSync(source.copy, join(target, file))
  else writeFileSync(join(target, file), source.module)
  return join(target, file)
}

function placeLocalBinary(): string {
  const path = join(folder, 'npm', triple, `acme.${triple}.node`)
  mkdirSync(dirname(path), { recursive: true })
  copyFileSync(realBinary, path)
  return path
}

function addonModule(claims: { boundaryAbi?: unknown; packageVersion?: unknown }): { module: string } {
  const exports = { boundaryAbi, packageVersion: version, ...claims }
  const handshake = 'handshake(expected) { return expected === this.boundaryAbi }'
  return {
    module: `module.exports = { ...${JSON.stringify(exports)}, ${handshake}, attach() {} }`,
  }
}

function failure(): FerruleError {
  try {
    loadAddon(options)
  } catch (error) {
    if (isFerruleError(error)) return error
    throw error
  }
  throw new Error('the addon loaded')
}

describe('finding the binary', () => {
  it('takes the platform package before the local build', () => {
    placeLocalBinary()
    const path = installPlatformPackage({ copy: realBinary })
    const loaded = loadAddon(options)
    expect(loaded).toMatchObject({ path, triple, tried: [] })
    expect(loaded.exports.packageVersion).toBe(version)
    expect(loaded.exports.boundaryAbi).toBe(boundaryAbi)
  })

  it('falls back to the local build and tells what it tried before', () => {
    const path = placeLocalBinary()
    expect(loadAddon(options)).toMatchObject({
      path,
      tried: [{ path: `acme-${triple}`, error: expect.stringContaining('Cannot find module') as string }],
    })
  })

  it('takes nothing but the override when it is set', () => {
    installPlatformPackage({ copy: realBinary })
    const local = placeLocalBinary()
    process.env[override] = local
    expect(loadAddon(options).path).toBe(local)

    process.env[override] = join(folder, 'nowhere.node')
    const error = failure()
    expect(error.details).toMatchObject({ tried: [{ path: join(folder, 'nowhere.node') }] })
    expect(error.message).toContain(`${override} is set`)
  })
})

describe('what cannot be opened', () => {
  it('names the triple, every path, the reason of each and what to do when nothing is installed', () => {
    const error = failure()
    const local = join(folder, 'npm', triple, `acme.${triple}.node`)
    expect(error).toMatchObject({ code: 'ERR_LOAD', operation: 'load', details: { triple } })
    expect((error.details as { tried: { path: string }[] }).tried.map(({ path }) => path)).toEqual([
      `acme-${triple}`,
      local,
    ])
    for (const part of [triple, process.version, local, 'Cannot find module', `install acme-${triple}`, override]) {
      expect(error.message).toContain(part)
    }
  })

  it('passes on what the dynamic loader says about a damaged binary', () => {
    const path = installPlatformPackage({ copy: realBinary })
    writeFileSync(path, 'not a library')
    const error = failure()
    expect(error.code).toBe('ERR_LOAD')
    expect(error.message).toContain(path)
    expect(error.message).toMatch(
      /file too short|invalid ELF header|not a mach-o|slice is not valid|not a valid Win32/i,
    )
    expect(error.message).toContain('Delete node_modules')
  })

  it.runIf(process.platform === 'linux')('refuses a binary of another processor', () => {
    const path = installPlatformPackage({ copy: realBinary })
    const binary = readFileSync(path)
    // e_machine of the ELF header (System V gABI, chapter 4): 62 is x86-64, 183 is AArch64.
    binary.writeUInt16LE(binary.readUInt16LE(18) === 62 ? 183 : 62, 18)
    writeFileSync(path, binary)
    const error = failure()
    expect(error.code).toBe('ERR_LOAD')
    expect(error.message).toContain('made for another processor')
  })

  it('recognises an installation made for another system', () => {
    const other = triple === 'linux-x64-musl' ? 'linux-x64-gnu' : 'linux-x64-musl'
    installPlatformPackage({ copy: realBinary }, `acme-${other}`)
    expect(failure().message).toContain(`this installation was made for ${other}, and this Node is ${triple}`)
  })

  it('goes on to the next place after one that cannot be opened', () => {
    writeFileSync(installPlatformPackage({ copy: realBinary }), 'not a library')
    const path = placeLocalBinary()
    const loaded = loadAddon(options)
    expect(loaded.path).toBe(path)
    expect(loaded.tried).toHaveLength(1)
  })
})

describe('what opens but does not belong', () => {
  it('refuses the binary of another version and names both', () => {
    const path = installPlatformPackage({ copy: realBinary })
    options.version = '9.8.7'
    const error = failure()
    expect(error).toMatchObject({
      code: 'ERR_LOAD',
      details: { path, item: 'packageVersion', expected: '9.8.7', found: version },
    })
    expect(error.message).toContain(`acme ${version}`)
    expect(error.message).toContain('acme 9.8.7')
  })

  it('does not look further behind a binary of another version', () => {
    installPlatformPackage(addonModule({ packageVersion: '0.0.1' }))
    placeLocalBinary()
    expect(failure().details).toMatchObject({ item: 'packageVersion', found: '0.0.1' })
  })

  it('leaves the version of an override to whoever set it, but not the boundary', () => {
    process.env[override] = installPlatformPackage(addonModule({ packageVersion: '0.0.1' }))
    expect(loadAddon(options).exports.packageVersion).toBe('0.0.1')

    process.env[override] = installPlatformPackage(addonModule({ boundaryAbi: boundaryAbi + 1 }), 'acme-newer')
    expect(failure().code).toBe('ERR_CONTRACT')
  })

  it.each([
    { side: 'newer', found: boundaryAbi + 1, advice: 'update the package ferrule' },
    { side: 'older', found: boundaryAbi - 1, advice: 'build acme anew' },
  ])('refuses a $side boundary, names both versions and which side to move', ({ found, advice }) => {
    installPlatformPackage(addonModule({ boundaryAbi: found }))
    const error = failure()
    expect(error).toMatchObject({
      code: 'ERR_CONTRACT',
      details: { item: 'boundaryAbi', expected: boundaryAbi, found },
    })
    expect(error.message).toContain(advice)
  })

  it.each([
    ['no boundaryAbi', { boundaryAbi: undefined }],
    ['a boundaryAbi of another type', { boundaryAbi: '1' }],
    ['no packageVersion', { packageVersion: undefined }],
  ])('refuses an addon with %s as none of this boundary', (_, claims) => {
    installPlatformPackage(addonModule(claims))
    const error = failure()
    expect(error.code).toBe('ERR_LOAD')
    expect(error.message).toContain('no addon of this boundary')
  })
})
