// `ferrule wrap` as a user runs it, on a crate in a folder: interrupted, gone on with, run again, and its package used.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const cli = join(root, 'dist', 'wrap', 'cli.js')
const scratch = mkdtempSync(join(tmpdir(), 'ferrule-wrap-'))
const out = join(scratch, 'tally-node')
const staging = join(scratch, '.tally-node.ferrule')
const env = {
  ...process.env,
  FERRULE_CACHE: join(scratch, 'cache'),
  // Kept between test runs: the boundary's crates need not be compiled each time.
  CARGO_TARGET_DIR: join(root, 'target', 'wrap-test'),
}

function ferrule(args: readonly string[], cwd = scratch): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const read = (path: string): string => readFileSync(join(out, path), 'utf8')

beforeAll(() => {
  cpSync(join(here, 'fixtures', 'cli', 'tally'), join(scratch, 'tally'), { recursive: true })
})

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

describe('ferrule wrap', () => {
  it('leaves no package when it is interrupted, and says how to go on', async () => {
    const child = spawn(process.execPath, [cli, 'wrap', './tally'], {
      cwd: scratch,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    let hasInterrupted = false
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      // The spec is there, the compiler is at work.
      if (!hasInterrupted && stderr.includes('spec')) {
        hasInterrupted = true
        child.kill('SIGINT')
      }
    })
    const status = await new Promise((resolve) => child.once('close', resolve))
    expect(stderr).toContain('interrupted; the same command goes on from here')
    expect(status).toBe(130)
    expect(existsSync(out)).toBe(false)
    expect(existsSync(staging)).toBe(true)
  })

  it('goes on where a killed run stopped, and gives a package whose own tests pass', { timeout: 300_000 }, () => {
    // A lock whose owner is gone, as after SIGKILL.
    writeFileSync(join(staging, '.lock'), '999999999')
    const { status, stdout, stderr } = ferrule(['wrap', './tally', '--json'])
    expect(stderr).toBe('')
    const report = JSON.parse(stdout) as Record<string, unknown>
    expect(report).toMatchObject({ ok: true, crate: 'tally', version: '1.2.3', package: 'tally-node', rejected: [] })
    expect(report['examples']).toMatchObject({ translated: 2 })
    expect(status).toBe(0)
    expect(existsSync(staging)).toBe(false)
    expect(existsSync(join(out, '.lock'))).toBe(false)
  })

  it('gives what npm publishes: the package and its binary, with the crate’s licence in both', () => {
    const tarballs = readdirSync(out).filter((name) => name.endsWith('.tgz'))
    expect(tarballs).toHaveLength(2)
    for (const tarball of tarballs) {
      const { stdout } = spawnSync('tar', ['-tzf', join(out, tarball)], { encoding: 'utf8' })
      expect(stdout).toContain('package/LICENSE')
      expect(stdout).toContain('package/package.json')
      expect(stdout).not.toContain('node_modules')
    }
  })

  it('gives a package that works when it is installed', () => {
    const app = join(scratch, 'app')
    mkdirSync(join(app, 'node_modules'), { recursive: true })
    for (const tarball of readdirSync(out).filter((name) => name.endsWith('.tgz'))) {
      const name = tarball.replace(/-\d+\.\d+\.\d+\.tgz$/, '')
      const folder = join(app, 'node_modules', name)
      mkdirSync(folder, { recursive: true })
      spawnSync('tar', ['-xzf', join(out, tarball), '--strip-components=1', '-C', folder])
    }
    cpSync(join(out, 'node_modules', 'ferrule'), join(app, 'node_modules', 'ferrule'), {
      verbatimSymlinks: true,
      recursive: true,
    })
    const script = `const { Tally, longer } = require('tally-node')
      const tally = new Tally()
      tally.see('apple')
      console.log(tally.see('apple'), tally.count('pear'), longer('fig', 'plum'))`
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: app, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toBe('2 null plum\n')
  })

  it('writes nothing into the wrapped crate', () => {
    expect(readdirSync(join(scratch, 'tally')).sort()).toEqual(
      readdirSync(join(here, 'fixtures', 'cli', 'tally')).sort(),
    )
  })
})

describe('in the folder of a wrapped package', () => {
  it('generating again changes nothing', () => {
    expect(ferrule(['generate', '--check'], out)).toMatchObject({ status: 0, stdout: '' })
  })

  it('the spec agrees with the crate', () => {
    expect(ferrule(['verify'], out).status).toBe(0)
  })

  it('a file that somebody changed and that is marked as generated is a difference, and is written anew', () => {
    const path = join(out, 'src', 'tally', 'index.ts')
    const generated = read('src/tally/index.ts')
    writeFileSync(path, `${generated}// mine\n`)
    expect(ferrule(['generate', '--check'], out)).toMatchObject({ status: 1, stdout: 'differs src/tally/index.ts\n' })
    expect(ferrule(['generate'], out)).toMatchObject({ status: 0, stdout: 'written src/tally/index.ts\n' })
    expect(read('src/tally/index.ts')).toBe(generated)
  })

  it('a generated file that somebody made their own is kept', () => {
    const manifest = read('package.json').replace('Counts things by name.', 'Counts.')
    writeFileSync(join(out, 'package.json'), manifest)
    writeFileSync(join(out, 'README.md'), 'my own words\n')
    const { status, stdout } = ferrule(['generate'], out)
    expect(stdout.trim().split('\n').sort()).toEqual([
      'kept as you changed it README.md',
      'kept as you changed it package.json',
    ])
    expect(status).toBe(0)
    expect(read('README.md')).toBe('my own words\n')
    expect(read('package.json')).toBe(manifest)
  })

  it('a file that was never generated stops everything before anything is written', () => {
    const elsewhere = join(scratch, 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'package.json'), '{ "name": "mine" }')
    const { status, stderr } = ferrule(['wrap', './tally', '--out', 'elsewhere'])
    expect(stderr).toContain(`not overwritten, because ferrule did not generate it: ${join(elsewhere, 'package.json')}`)
    expect(status).toBe(2)
    expect(readdirSync(elsewhere)).toEqual(['package.json'])
  })

  it('`wrap` uses the spec that is there, edits included', () => {
    const specPath = 'src/tally/tally.wrapper_spec'
    writeFileSync(join(out, specPath), read(specPath).replace('name: longer', 'name: theLonger'))
    const { status, stdout } = ferrule(['wrap', './tally', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ ok: true })
    expect(status).toBe(0)
    expect(read('dist/tally/index.d.ts')).toContain('theLonger(')
    expect(read('README.md')).toBe('my own words\n')
  })
})
