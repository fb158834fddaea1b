// Crates of the registry, wrapped unattended and used as their README shows. The short form wraps one (the tutorial's test
// wraps another); the full form wraps every crate that bench/wrap reports as a package.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../docs/markdown.js'

interface Report {
  readonly crate: string
  readonly version: string
  readonly ok: boolean
  readonly items: number
  readonly tests: { readonly failed: number }
}

const REPORTS = join(root, 'bench', 'wrap', 'reports')
const scratch = mkdtempSync(join(tmpdir(), 'ferrule-crates-'))
const env = {
  ...process.env,
  FERRULE_CACHE: join(scratch, 'cache'),
  CARGO_TARGET_DIR: join(root, 'target', 'wrap-test'),
}
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function wrap(crate: string, out: string): Report {
  const cli = join(root, 'dist', 'wrap', 'cli.js')
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'wrap', crate, '--json', '--out', out], {
    cwd: scratch,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout) as Report
}

/** Where a package is found by its users. */
function install(name: string): void {
  mkdirSync(join(scratch, 'node_modules'), { recursive: true })
  symlinkSync(join(scratch, name), join(scratch, 'node_modules', name))
}

function output(code: string): string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], { cwd: scratch, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.trim().split('\n')
}

describe('a crate of the registry', () => {
  it(
    'becomes a package whose users write the crate’s README example, in Workers too',
    () => {
      const report = wrap('semver@1.0.28', 'semver-node')
      expect(report).toMatchObject({ ok: true, crate: 'semver', version: '1.0.28', rejected: [], leftOut: {} })
      expect(report.items).toBeGreaterThanOrEqual(54)
      install('semver-node')
      // The example of the crate's README, and what goes wrong.
      const example = `
        const { Version, VersionReq, SemverError } = require('semver-node')
        const req = VersionReq.parse('>=1.2.3, <1.8.0')
        const version = Version.parse('1.3.0')
        console.log(req.matches(version), req.matches(Version.parse('1.9.0')))
        try { Version.parse('1.3') } catch (error) {
          console.log(error instanceof SemverError, error.code, error.operation, error.message)
        }
        version.dispose()
        try { version.toString() } catch (error) { console.log(error.code) }
        try { Version.parse(13) } catch (error) { console.log(error.code, error.operation) }`
      const expected = [
        'true false',
        'true ERR_SEMVER semver.Version.parse semver.Version.parse: unexpected end of input while parsing minor version number',
        'ERR_HANDLE_CLOSED',
        'ERR_INVALID_ARG_TYPE semver.Version.parse',
      ]
      expect(output(example)).toEqual(expected)
      const inWorker = `new (require('node:worker_threads').Worker)(${JSON.stringify(example)}, { eval: true })`
      expect(output(inWorker)).toEqual(expected)
    },
    20 * 60_000,
  )

  const reported = existsSync(REPORTS)
    ? readdirSync(REPORTS)
        .map((file) => JSON.parse(readFileSync(join(REPORTS, file), 'utf8')) as Report)
        .filter(({ ok, crate }) => ok && crate !== 'semver')
    : []

  // Hours of compiling: the full form alone.
  it.runIf(process.env['FERRULE_TEST'] === 'full').each(reported)(
    '$crate $version is a package, as bench/wrap reports',
    ({ crate, version, items }) => {
      const report = wrap(`${crate}@${version}`, `${crate}-wrapped`)
      expect(report).toMatchObject({ ok: true, tests: { failed: 0 } })
      expect(report.items).toBeGreaterThanOrEqual(items)
      rmSync(join(scratch, `${crate}-wrapped`), { recursive: true, force: true })
    },
    30 * 60_000,
  )
})
