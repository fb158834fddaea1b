// The end of `ferrule wrap` over a package that is there: killed in front of each call that changes the file system, and each such
// call failing. After the next command the package is all old or all new; after a failure it is so at once.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFull, root } from './faults/workplace.js'

const scratch = mkdtempSync(join(tmpdir(), 'ferrule-install-'))
const staging = join(scratch, 'staging.cjs')
const folder = join(scratch, 'places')

const old = { 'a.json': 'old', 'dist/index.js': 'old', 'dist/gone.js': 'old', 'src/own.ts': 'own' }
const made = { 'a.json': 'new', 'dist/index.js': 'new', 'dist/more.js': 'new', 'npm/x/y.node': 'new' }
const whole = { ...old, ...made, 'dist/gone.js': undefined }

/** Moves `made` over what is there. */
const install = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  const { dirname, join } = require('node:path')
  const staging = require(${JSON.stringify(staging)}).openStaging(process.argv[1])
  for (const [path, text] of Object.entries(${JSON.stringify(made)})) {
    mkdirSync(dirname(join(staging.folder, path)), { recursive: true })
    writeFileSync(join(staging.folder, path), text)
  }
  staging.install({ move: ['a.json', 'dist', 'npm'], remove: ['dist/gone.js'] })`

/** What every command does first. */
const goOn = `require(${JSON.stringify(staging)}).finishInterrupted(process.argv[1])`

beforeAll(() => {
  buildSync({
    stdin: {
      contents: `export { openStaging, finishInterrupted } from './staging.ts'`,
      resolveDir: join(root, 'src', 'wrap', 'project'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: staging,
    logLevel: 'error',
  })
})
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function newPlace(): string {
  mkdirSync(folder, { recursive: true })
  const destination = join(mkdtempSync(join(folder, 'case-')), 'package')
  for (const [path, text] of Object.entries(old)) {
    mkdirSync(dirname(join(destination, path)), { recursive: true })
    writeFileSync(join(destination, path), text)
  }
  return destination
}

function node(script: string, destination: string, env: Record<string, string> = {}) {
  const preload = join(root, '__test__', 'wrap', 'faults', 'killed-at.cjs')
  return spawnSync(process.execPath, ['--require', preload, '-e', script, destination], {
    env: { ...process.env, FERRULE_TEST_FOLDER: dirname(destination), ...env },
    encoding: 'utf8',
  })
}

function contentsOf(destination: string): Record<string, string> {
  const names = readdirSync(destination, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(destination, name)).isFile())
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(destination, name), 'utf8')]))
}

const isEither = (found: Record<string, string>): 'old' | 'new' | 'mixed' => {
  const same = (wanted: Record<string, string | undefined>): boolean =>
    [...new Set([...Object.keys(wanted), ...Object.keys(found)])].every((path) => wanted[path] === found[path])
  return same(old) ? 'old' : same(whole) ? 'new' : 'mixed'
}

describe('moving a package over one that is there', () => {
  it('killed in front of any call: the next command finds it old, or makes it new', () => {
    const seen: string[] = []
    for (let call = 0; ; call += 1) {
      const destination = newPlace()
      const { signal, status, stderr } = node(install, destination, { FERRULE_TEST_KILL_AT: String(call) })
      if (signal === null) {
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
        break
      }
      expect(signal).toBe('SIGKILL')
      expect(node(goOn, destination)).toMatchObject({ status: 0, stderr: '' })
      const state = isEither(contentsOf(destination))
      expect({ call, state }).not.toMatchObject({ state: 'mixed' })
      seen.push(state)
      // And a whole run goes through, whatever was left.
      expect(node(install, destination)).toMatchObject({ status: 0, stderr: '' })
      expect(isEither(contentsOf(destination))).toBe('new')
      expect(readdirSync(dirname(destination))).toEqual(['package'])
    }
    // Both sides of the moment from which on it is new were met, many times each.
    expect(seen.filter((state) => state === 'old').length).toBeGreaterThan(3)
    expect(seen.filter((state) => state === 'new').length).toBeGreaterThan(5)
  })

  it.each(isFull ? ['ENOSPC', 'EACCES'] : ['ENOSPC'])(
    'with any call failing (%s): it is old, or new, at once',
    (code) => {
      const seen: string[] = []
      for (let call = 0; ; call += 1) {
        const destination = newPlace()
        const { stdout } = node(install, destination, {
          FERRULE_TEST_KILL_AT: String(call),
          FERRULE_TEST_FAIL_WITH: code,
        })
        // There is no such call any more.
        if (stdout !== 'failed') break
        const state = isEither(contentsOf(destination))
        expect({ call, state }).not.toMatchObject({ state: 'mixed' })
        seen.push(state)
        expect(node(install, destination)).toMatchObject({ status: 0, stderr: '' })
        expect(isEither(contentsOf(destination))).toBe('new')
      }
      expect(seen.filter((state) => state === 'old').length).toBeGreaterThan(3)
      expect(seen.filter((state) => state === 'new').length).toBeGreaterThan(5)
    },
  )
})
