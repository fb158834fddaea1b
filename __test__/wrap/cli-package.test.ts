// The commands in the folder of a made package, as processes: what they print and write, and how they end, in JSON too.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Workplace, type Ended, type StartOptions } from './faults/workplace.js'

const place = new Workplace('package')
const specPath = join(place.out, 'src', 'tally', 'tally.wrapper_spec')
const ownTest = join(place.out, '__test__', 'own.test.ts')

beforeAll(async () => {
  expect(await place.run(['wrap', './tally'])).toMatchObject({ status: 0 })
})
afterAll(() => {
  place.remove()
})

const inPackage = (args: readonly string[], options: StartOptions = {}): Promise<Ended> =>
  place.run(args, { cwd: place.out, ...options })
const json = ({ stdout }: Ended): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>
const spec = (): string => readFileSync(specPath, 'utf8')
const declarations = (): string => readFileSync(join(place.out, 'dist', 'tally', 'index.d.ts'), 'utf8')
function changeSpec(from: string, to: string): void {
  expect(spec()).toContain(from)
  writeFileSync(specPath, spec().replace(from, to))
}

describe('ferrule build', () => {
  it('makes the addon and dist/ anew', async () => {
    rmSync(join(place.out, 'dist'), { recursive: true })
    const end = await inPackage(['build', '--json'])
    expect(end).toMatchObject({ status: 0, stderr: '' })
    const { ok, binary } = json(end)
    expect(ok).toBe(true)
    expect(existsSync(String(binary))).toBe(true)
    expect(place.use()).toBe('2')
  })

  it('makes dist/ alone, when the binaries come from elsewhere', async () => {
    rmSync(join(place.out, 'dist'), { recursive: true })
    const end = await inPackage(['build', '--no-addon', '--json'], { env: { PATH: '/nowhere' } })
    expect(end).toMatchObject({ status: 0, stderr: '' })
    expect(json(end)).toEqual({ ok: true })
    expect(place.use()).toBe('2')
  })

  it('refuses a target that no platform package is for, and names those there are', async () => {
    const end = await inPackage(['build', '--target', 'sparc64-unknown-linux-gnu'])
    expect(end.status).toBe(2)
    expect(end.stderr).toContain('no platform package is for the Rust target sparc64-unknown-linux-gnu')
    expect(end.stderr).toContain('x86_64-unknown-linux-gnu')
    expect(await inPackage(['build'], { env: { FERRULE_TARGET: 'wasm' } })).toMatchObject({ status: 2 })
  })

  it('shows a mistake in a file of the user’s with its place, and ends with code 5', async () => {
    const own = join(place.out, 'src', 'own.ts')
    writeFileSync(own, 'export const one: number = "one"\n')
    const end = await inPackage(['build', '--no-addon'])
    rmSync(own)
    expect(end.status).toBe(5)
    expect(end.stderr).toContain('src/own.ts(1,14): error TS2322')
    expect(await inPackage(['build', '--no-addon'])).toMatchObject({ status: 0 })
  })
})

describe('ferrule test', () => {
  it('runs the tests that were generated', async () => {
    const end = await inPackage(['test', '--json'])
    expect(json(end)).toMatchObject({ ok: true, failed: 0, failures: [], byFile: { examples: 1 } })
    expect(end).toMatchObject({ status: 0, stderr: '' })
  })

  it('shows every failure of a user’s own, and ends with code 1', async () => {
    const text = `import { expect, it } from 'vitest'\nit('holds', () => { expect(1).toBe(2) })\nit('too', () => { expect(3).toBe(4) })\n`
    writeFileSync(ownTest, text)
    const [asText, asJson] = [await inPackage(['test']), await inPackage(['test', '--json'])]
    rmSync(ownTest)
    expect(asText.stdout).toContain('✘ own: holds')
    expect(asText.stdout).toContain('✘ own: too')
    expect(json(asJson)).toMatchObject({ ok: false, failed: 2 })
    expect([asText.status, asJson.status]).toEqual([1, 1])
  })

  it('fails in a package that has not been built, and says what builds it', async () => {
    const aside = join(place.folder, 'dist-aside')
    renameSync(join(place.out, 'dist'), aside)
    const end = await inPackage(['test'])
    renameSync(aside, join(place.out, 'dist'))
    expect(end.status).toBe(2)
    expect(end.stderr).toContain('ferrule build')
  })
})

describe('ferrule pack', () => {
  it('packs the main package and the platform’s into the folder that is asked for', async () => {
    const end = await inPackage(['pack', '--out', 'packed', '--json'])
    const { packages } = json(end) as { packages: { name: string; path: string }[] }
    const packed = join(place.out, 'packed')
    expect(packages.map(({ path }) => path).sort()).toEqual(
      readdirSync(packed)
        .map((name) => join(packed, name))
        .sort(),
    )
    expect(packages[0]?.name).toBe('tally-node')
    expect(end).toMatchObject({ status: 0, stderr: '' })
    rmSync(packed, { recursive: true })
  })

  it.each([
    { what: 'dist', message: 'lacks what its package.json lists: dist' },
    { what: 'npm', message: 'nothing has been built in' },
  ])('refuses a package without $what', async ({ what, message }) => {
    const aside = join(place.folder, 'pack-aside')
    renameSync(join(place.out, what), aside)
    const end = await inPackage(['pack', '--out', join(place.folder, 'never')])
    renameSync(aside, join(place.out, what))
    expect(end.status).toBe(2)
    expect(end.stderr).toContain(message)
    expect(end.stderr).toContain('`ferrule build`')
    expect(readdirSync(join(place.folder, 'never'))).toEqual([])
  })
})

describe('ferrule verify --fix', () => {
  it('writes what leaves no choice into the spec, comments stay, and then there is nothing to find', async () => {
    changeSpec('  - name: longer\n', '  # Mine: the longer one wins.\n  - name: longer\n')
    const before = spec()
    changeSpec('rust_method: see\n', 'rust_method: sea # twice is two\n')
    changeSpec('return: "u32?"', 'return: u32')
    const found = await inPackage(['verify', '--json'])
    expect(found.status).toBe(1)
    expect(json(found)).toMatchObject({ ok: false, fixed: 0 })
    expect(json(found)['findings']).toHaveLength(2)

    const fixed = await inPackage(['verify', '--fix', '--json'])
    expect(json(fixed)).toMatchObject({ ok: true, fixed: 2, findings: [] })
    expect(fixed.status).toBe(0)
    expect(spec()).toContain('# Mine: the longer one wins.')
    expect(spec()).toBe(before.replace('rust_method: see\n', 'rust_method: see # twice is two\n'))

    const after = spec()
    expect(await inPackage(['verify', '--fix'])).toMatchObject({ status: 0, stdout: '' })
    expect(spec()).toBe(after)
    writeFileSync(specPath, before)
  })
})

describe('ferrule generate --check', () => {
  it('writes nothing and lists what would be written, with code 1', async () => {
    expect(await inPackage(['generate', '--check', '--json'])).toMatchObject({ status: 0, stderr: '' })
    const before = place.snapshot()
    changeSpec('name: longer', 'name: theLonger')
    const changed = place.snapshot()
    const end = await inPackage(['generate', '--check', '--json'])
    expect(end).toMatchObject({ status: 1, stderr: '' })
    expect(json(end)).toMatchObject({ ok: false, foreign: [], remove: [] })
    expect(json(end)['write']).toContain('src/tally/glue.rs')
    expect(place.snapshot()).toBe(changed)
    changeSpec('name: theLonger', 'name: longer')
    expect(place.snapshot()).toBe(before)
  })
})

describe('ferrule watch', () => {
  it(
    'goes on after every change and every fault, and ends with Ctrl-C',
    async () => {
      const watch = place.start(['watch', '--json'], { cwd: place.out })
      let seen = 0
      const nextRound = async (): Promise<Record<string, unknown>> => {
        seen += 1
        return JSON.parse(await watch.line(seen)) as Record<string, unknown>
      }
      expect(await nextRound()).toEqual({ ok: true, folder: place.out })

      changeSpec('name: longer', 'name: theLonger')
      expect(await nextRound()).toMatchObject({ ok: true })
      expect(declarations()).toContain('theLonger(')

      // A spec that is none: told with its place, and nothing is written.
      const good = spec()
      writeFileSync(specPath, `${good}\nhandel_types: []\n`)
      expect(await nextRound()).toMatchObject({ ok: false, exitCode: 4 })
      expect(declarations()).toContain('theLonger(')

      // As some editors do it: the file is away for a moment.
      rmSync(specPath)
      const away = await nextRound()
      expect(away).toMatchObject({ ok: false })
      writeFileSync(specPath, good.replace('name: theLonger', 'name: longest'))
      expect(await nextRound()).toMatchObject({ ok: true })
      expect(declarations()).toContain('longest(')

      // The crate's own source: what it does is another, what it offers the same.
      const source = join(place.folder, 'tally', 'src', 'lib.rs')
      writeFileSync(source, readFileSync(source, 'utf8').replace('*count += 1', '*count += 10'))
      expect(await nextRound()).toMatchObject({ ok: true })
      expect(place.use()).toBe('20')

      // Changed while a round is under way: that counts as well.
      writeFileSync(source, readFileSync(source, 'utf8').replace('*count += 10', '*count += 3'))
      await wait(600)
      writeFileSync(source, readFileSync(source, 'utf8').replace('*count += 3', '*count += 4'))
      expect(await nextRound()).toMatchObject({ ok: true })
      if (place.use() !== '8') expect(await nextRound()).toMatchObject({ ok: true })
      expect(place.use()).toBe('8')

      watch.child.kill('SIGINT')
      expect(await watch.ended).toMatchObject({ status: 130 })
      if (process.platform === 'linux') expect(await place.survivors()).toEqual([])
    },
    10 * 60_000,
  )
})

describe('every command', () => {
  const commands = ['wrap', 'scan', 'verify', 'generate', 'build', 'test', 'pack', 'watch', 'doctor']

  it.each(commands)('%s ends with its help and code 0', async (command) => {
    const { status, stdout, stderr } = await place.run([command, '--help'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(`ferrule ${command}`)
  })

  it.each(commands)('%s --json tells a mistake as one document, with the code it ends with', async (command) => {
    const end = await place.run([command, './no-such-folder', '--json'])
    expect(end.stderr).toBe('')
    expect(json(end)).toMatchObject({ ok: false, exitCode: command === 'wrap' || command === 'scan' ? 3 : 2 })
    expect(end.status).toBe(json(end)['exitCode'])
  })
})

describe('a name that is a folder’s too', () => {
  const offline = { CARGO_NET_OFFLINE: 'true', CARGO_HOME: join(place.folder, 'empty-home') }
  mkdirSync(offline.CARGO_HOME)

  it.each(['wrap', 'scan'])('is one of the registry for %s, which says how to name the folder', async (command) => {
    const end = await place.run([command, 'tally'], { env: offline })
    expect(end.status).toBe(3)
    expect(end.stderr).toContain('tally is taken from the registry; ./tally names the crate in the folder beside')
    expect(end.stderr).toContain('the registry cannot be reached')
  })

  it.each(['./tally', 'nested/tally'])('is the folder when it is written as a path: %s', async (path) => {
    cpSync(join(place.folder, 'tally'), join(place.folder, 'nested', 'tally'), { recursive: true })
    const end = await place.run(['scan', path], { env: offline })
    expect(end).toMatchObject({ status: 0, stderr: '' })
    expect(end.stdout).toContain('rust_crate: tally')
  })
})
