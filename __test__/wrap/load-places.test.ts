// Each place a binary is looked for in, with each fault it can have there: the loader's error and `ferrule doctor` name the place
// and why it failed.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { platformTriple } from '../../src/boundary/platform.js'
import type { Diagnosis } from '../../src/wrap/commands/doctor.js'
import { root } from './faults/workplace.js'

const require = createRequire(import.meta.url)
const { version } = require('ferrule/package.json') as { version: string }
const triple = platformTriple()
const real = join(root, 'npm', triple, `ferrule.${triple}.node`)
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'ferrule-places-')))
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

const places = ['environment variable', 'platform package', 'project folder'] as const
type Place = (typeof places)[number]

interface Fault {
  readonly what: string
  readonly put: (path: string) => void
  /** In the loader's error, and in doctor's list. */
  readonly says: RegExp
}

/** A module that claims to be an addon. */
const claims = (path: string, exports: Record<string, unknown>): void => {
  const handshake = 'handshake: (expected) => expected === module.exports.boundaryAbi'
  const text = `module.exports = { ...${JSON.stringify(exports)}, ${handshake}, attach: () => ({ open: () => null }) }`
  writeFileSync(path, text)
}

const faults: readonly Fault[] = [
  { what: 'nothing', put: () => undefined, says: /Cannot find module/ },
  {
    what: 'a file that is no library',
    put: (path) => {
      writeFileSync(path, 'not a library')
    },
    says: /file too short|invalid ELF header|not a mach-o|not a valid Win32/i,
  },
  {
    what: 'a library for another processor',
    put: (path) => {
      const binary = readFileSync(real)
      // e_machine of the ELF header (System V gABI, chapter 4): 62 is x86-64, 183 is AArch64.
      binary.writeUInt16LE(binary.readUInt16LE(18) === 62 ? 183 : 62, 18)
      writeFileSync(path, binary)
    },
    says: /cannot open shared object file|wrong ELF class|incompatible/i,
  },
  {
    what: 'a file that may not be read',
    put: (path) => {
      copyFileSync(real, path)
      chmodSync(path, 0)
    },
    says: /Permission denied|EACCES/i,
  },
]

const wrongContracts = [
  {
    what: 'no addon of this boundary',
    exports: {},
    says: /no addon of this boundary/,
    code: 'ERR_LOAD',
  },
  {
    what: 'another version of the boundary',
    exports: { boundaryAbi: 999, packageVersion: version },
    says: /speaks version 999 of the boundary/,
    code: 'ERR_CONTRACT',
  },
  {
    what: 'another version of the package',
    exports: { boundaryAbi: 1, packageVersion: '9.9.9' },
    says: /is the binary of acme 9\.9\.9/,
    code: 'ERR_LOAD',
  },
] as const

const spec = `wrapper_lib: { name: acme, version: "${version}", lang: rust, rust_crate: acme, rust_crate_version: "1.0.0" }\n`

/** A package `acme`, and the file of it that a place looks for. */
function packageWith(place: Place, extension = 'node'): { folder: string; path: string; env: NodeJS.ProcessEnv } {
  const folder = mkdtempSync(join(scratch, 'package-'))
  chmodSync(scratch, 0o755)
  chmodSync(folder, 0o755)
  const manifest = { name: 'acme', version, napi: { binaryName: 'acme' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  mkdirSync(join(folder, 'src', 'acme'), { recursive: true })
  writeFileSync(join(folder, 'src', 'acme', 'acme.wrapper_spec'), spec)
  const installed = join(folder, 'node_modules', `acme-${triple}`)
  const path = {
    'environment variable': join(folder, `own.${extension}`),
    'platform package': join(installed, `acme.${extension}`),
    'project folder': join(folder, 'npm', triple, `acme.${triple}.node`),
  }[place]
  mkdirSync(dirname(path), { recursive: true })
  if (place === 'platform package') {
    const main = { name: `acme-${triple}`, version, main: `acme.${extension}` }
    writeFileSync(join(installed, 'package.json'), JSON.stringify(main))
  }
  return { folder, path, env: { ...process.env, ...(place === 'environment variable' ? { ACME_PATH: path } : {}) } }
}

/** What the loader throws, in a process that may not read everything. */
function load(folder: string, env: NodeJS.ProcessEnv): { code: string; message: string } {
  const options = {
    packageName: 'acme',
    version,
    binaryName: 'acme',
    overrideVariable: 'ACME_PATH',
    localFolders: ['../npm'],
    from: join(folder, 'dist', 'addon.js'),
  }
  const script = `
    const { attachAddon } = require(${JSON.stringify(join(root, 'dist', 'boundary', 'index.js'))})
    if (process.getuid?.() === 0) process.setuid(65534)
    try { attachAddon(${JSON.stringify(options)}); console.log('{}') }
    catch (error) { console.log(JSON.stringify({ code: error.code, message: error.message })) }`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as { code: string; message: string }
}

function doctor(folder: string, env: NodeJS.ProcessEnv, args: readonly string[] = ['--json']): string {
  const cli = join(root, 'dist', 'wrap', 'cli.js')
  const { stdout } = spawnSync(process.execPath, [cli, 'doctor', folder, ...args], {
    cwd: scratch,
    env,
    encoding: 'utf8',
  })
  return stdout
}

const entryOf = (folder: string, env: NodeJS.ProcessEnv, place: Place) =>
  (JSON.parse(doctor(folder, env)) as Diagnosis).loadPlaces.find(({ kind }) => kind === place)

const isLinux = process.platform === 'linux'
const cases = places.flatMap((place) => faults.map((fault) => ({ place, fault, what: fault.what })))
/** Doctor runs as who calls it: root may read everything. */
const isSeenByDoctor = ({ what }: Fault): boolean => what !== 'a file that may not be read' || process.getuid?.() !== 0

describe.runIf(isLinux)('a place that holds', () => {
  it.each(cases)('$what: $place', ({ place, fault }) => {
    const { folder, path, env } = packageWith(place)
    fault.put(path)
    const error = load(folder, env)
    expect(error.code).toBe('ERR_LOAD')
    expect(error.message).toMatch(fault.says)
    const entry = entryOf(folder, env, place)
    if (isSeenByDoctor(fault)) {
      expect(entry).toMatchObject({ loads: false })
      expect(entry?.why).toMatch(fault.says)
    }
    expect(entry?.place).toMatch(/acme/i)

    // The place by its file, or, where no package is installed, by the package's name.
    const isPackage = place === 'platform package' && fault.what === 'nothing'
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
    const named = isPackage ? load(folder, env).message : error.message
    expect(named).toContain(`tried ${isPackage ? `acme-${triple}` : path}`)
  })

  // The project folder's file always ends in .node, which only a library can be.
  it.each(
    (['environment variable', 'platform package'] as const).flatMap((place) =>
      wrongContracts
        .filter(({ what }) => place !== 'environment variable' || what !== 'another version of the package')
        .map((fault) => ({ place, fault, what: fault.what })),
    ),
  )('$what: $place', ({ place, fault }) => {
    const { folder, path, env } = packageWith(place, 'cjs')
    claims(path, fault.exports)
    const error = load(folder, env)
    expect(error).toMatchObject({ code: fault.code })
    expect(error.message).toMatch(fault.says)
    expect(error.message).toContain(path)
    const entry = entryOf(folder, env, place)
    expect(entry).toMatchObject({ found: true, loads: false })
    expect(entry?.why).toMatch(fault.says)
    expect(entry?.why).toContain(fault.code)
  })

  it('a binary of another system: doctor says that it does not fit the spec', () => {
    const { folder, path, env } = packageWith('project folder')
    copyFileSync(real, path)
    const entry = entryOf(folder, env, 'project folder')
    expect(entry).toMatchObject({ found: true, loads: false })
    expect(entry?.why).toContain('has no system acme: loading ends with ERR_CONTRACT')
  })

  it('nothing in all of them: each is named, in order, by the loader and by doctor alike', () => {
    const { folder, env } = packageWith('project folder')
    const { message } = load(folder, env)
    const inOrder = [`acme-${triple}`, join(folder, 'npm', triple, `acme.${triple}.node`)]
    expect(inOrder.map((place) => message.indexOf(`tried ${place}`))).not.toContain(-1)
    const printed = doctor(folder, env, [])
    const listed = ['1. environment variable: ACME_PATH', `2. platform package: acme-${triple}`, '3. project folder: ']
    expect(listed.map((line) => printed.indexOf(line))).not.toContain(-1)
    expect(printed).toContain('`npm install acme` brings it')
    expect(printed).toContain('`ferrule build` makes it')
  })
})
