// The command line: what is refused, with which exit code, and what every command says of itself.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCli } from '../../src/wrap/commands/dispatch.js'
import { exitCodeTable } from '../../src/wrap/commands/exit-codes.js'
import type { Diagnosis } from '../../src/wrap/commands/doctor.js'

const scratch = mkdtempSync(join(tmpdir(), 'ferrule-cli-'))

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

async function ferrule(
  args: readonly string[],
  { cwd = scratch, env = process.env, signal = new AbortController().signal } = {},
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runCli(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isTerminal: false,
    cwd,
    env,
    signal,
    now: () => 0,
  })
  return { code, out, err }
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(scratch, 'folder-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const commands = ['wrap', 'scan', 'verify', 'generate', 'build', 'test', 'pack', 'watch', 'doctor']
const lib =
  'wrapper_lib: { name: sample, version: "0.1.0", lang: rust, rust_crate: sample, rust_crate_version: "1.0.0" }\n'

describe('the help', () => {
  it('lists every command and every exit code', async () => {
    const { code, out } = await ferrule(['--help'])
    expect(code).toBe(0)
    for (const name of commands) expect(out).toContain(`\n  ${name} `)
    for (const { meaning } of exitCodeTable) expect(out).toContain(meaning)
  })

  it.each(commands)('of %s names its flags, --json among them', async (name) => {
    const { code, out } = await ferrule([name, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`ferrule ${name}`)
    expect(out).toContain('--json')
  })

  it('is what a call without a command shows, as a mistake', async () => {
    expect((await ferrule([])).code).toBe(2)
  })
})

describe('a command line with a mistake ends with code 2 and says which', () => {
  it.each([
    [['wrp'], 'ferrule has no command "wrp"; did you mean wrap?'],
    [['wrap', '--ot', 'x', 'semver'], 'ferrule wrap has no flag --ot; did you mean --out?'],
    [['generate', '--chek'], 'ferrule generate has no flag --chek; did you mean --check?'],
    [['wrap', 'semver', '--out'], '--out needs a value: --out <folder>'],
    [['wrap', 'semver', '--out', '--json'], '--out needs a value: --out <folder>'],
    [['wrap', 'semver', '--out=a', '--out=b'], '--out is given twice'],
    [['generate', '--check=yes'], '--check takes no value, got "yes"'],
    [['verify', 'one', 'two'], '"two" is one argument more than verify takes'],
    [['wrap'], 'which crate?'],
    [['toString'], 'ferrule has no command "toString"'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await ferrule(args)
    expect(code).toBe(2)
    expect(`${out}${err}`).toContain(message.replaceAll('"', args.includes('--json') ? '\\"' : '"'))
  })

  it('in JSON, when that was asked for', async () => {
    const { code, out, err } = await ferrule(['verify', 'nowhere', '--json'])
    expect(err).toBe('')
    expect(JSON.parse(out)).toEqual({ ok: false, exitCode: 2, message: `there is no ${join(scratch, 'nowhere')}` })
    expect(code).toBe(2)
  })
})

describe('a folder without exactly one spec', () => {
  it('is refused with the command that makes one', async () => {
    const { code, err } = await ferrule(['generate'], { cwd: folderWith({}) })
    expect(code).toBe(2)
    expect(err).toContain('`ferrule wrap <crate>` makes a package')
  })

  it('is refused with their names, when there are two', async () => {
    const cwd = folderWith({ 'src/a/a.wrapper_spec': lib, 'src/b/b.wrapper_spec': lib })
    const { code, err } = await ferrule(['verify'], { cwd })
    expect(code).toBe(2)
    expect(err).toContain('src/a/a.wrapper_spec, src/b/b.wrapper_spec')
  })
})

describe('a spec with faults', () => {
  it('ends with code 4, every fault with its place, and nothing is written', async () => {
    const text = `${lib}handel_types: []\nfunctions:\n  - { name: f, rust_fn: "sample::f", params: [{ name: a, type: txt }], return: void }\n`
    const cwd = folderWith({ 'src/sample/sample.wrapper_spec': text })
    const { code, err } = await ferrule(['generate'], { cwd })
    expect(code).toBe(4)
    expect(err).toContain('sample.wrapper_spec:2:1: ')
    expect(err).toContain('handle_types')
    expect(err).toContain('sample.wrapper_spec:4:')
    expect(existsSync(join(cwd, 'package.json'))).toBe(false)
    expect(existsSync(join(cwd, '.ferrule'))).toBe(false)
  })

  it('that is not UTF-8 is told so', async () => {
    const cwd = folderWith({ 'sample.wrapper_spec': '' })
    writeFileSync(join(cwd, 'sample.wrapper_spec'), Buffer.from([0x77, 0xff, 0xfe]))
    const { code, err } = await ferrule(['verify'], { cwd })
    expect(code).toBe(4)
    expect(err).toContain('UTF-8')
  })
})

describe('scan', () => {
  it('never overwrites a file', async () => {
    const cwd = folderWith({ 'semver.wrapper_spec': 'mine' })
    const { code } = await ferrule(['scan', 'semver', '--out', 'semver.wrapper_spec'], { cwd })
    expect(code).toBe(2)
    expect(readFileSync(join(cwd, 'semver.wrapper_spec'), 'utf8')).toBe('mine')
  })
})

describe('an interruption', () => {
  it('ends with code 130', async () => {
    const { code, err } = await ferrule(['doctor'], { signal: AbortSignal.abort() })
    expect(code).toBe(130)
    expect(err).toContain('interrupted')
  })
})

describe('a missing tool', () => {
  it('ends with code 6 and the way to get it', async () => {
    const { code, out } = await ferrule(['doctor'], { env: { ...process.env, PATH: scratch } })
    expect(code).toBe(6)
    expect(out).toContain('✘ cargo')
    expect(out).toContain('https://rustup.rs')
  })
})

describe('doctor', () => {
  it('lists the places a binary is loaded from, in the loader’s order, and how to fill each', async () => {
    const cwd = folderWith({
      'src/sample/sample.wrapper_spec': lib,
      'package.json': '{ "name": "sample-node", "version": "0.1.0", "napi": { "binaryName": "sample-node" } }',
    })
    const env = { ...process.env, SAMPLE_NODE_PATH: join(cwd, 'nothing.node') }
    const { out } = await ferrule(['doctor', '--json'], { cwd, env })
    const diagnosis = JSON.parse(out) as Diagnosis
    expect(diagnosis.package).toBe('sample-node')
    expect(diagnosis.loadPlaces.map(({ kind }) => kind)).toEqual([
      'environment variable',
      'platform package',
      'project folder',
    ])
    expect(diagnosis.loadPlaces.map(({ found }) => found)).toEqual([false, false, false])
    expect(diagnosis.loadPlaces[0]?.why).toContain('Cannot find module')
    expect(diagnosis.loadPlaces[1]?.why).toContain('npm install sample-node')
    expect(diagnosis.loadPlaces[2]?.place).toBe(
      join(cwd, 'npm', diagnosis.triple, `sample-node.${diagnosis.triple}.node`),
    )
  })

  it('finds ferrule’s own binary in its repository, with what it promises', async () => {
    const { code, out } = await ferrule(['doctor', '--json'])
    const diagnosis = JSON.parse(out) as Diagnosis
    expect(diagnosis.package).toBe('ferrule')
    expect(diagnosis.loadPlaces[0]?.place).toBe('FERRULE_NATIVE_PATH')
    expect(diagnosis.loadPlaces[2]?.found).toBe(true)
    expect(code).toBe(0)
    const systems = diagnosis.contracts.map(({ system }) => system)
    expect(systems).toEqual(expect.arrayContaining(['concurrency', 'fs', 'hash', 'http', 'regex', 'sql']))
    for (const { system, apiVersion, digest, items, groups, reports } of diagnosis.contracts) {
      expect({ system, apiVersion, digest }).toEqual({
        system,
        apiVersion: expect.any(Number) as number,
        digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      })
      expect(items.length).toBeGreaterThan(0)
      for (const group of groups) expect(group).toMatchObject({ implemented: group.contract })
      for (const report of reports) expect(report.difference).toBeNull()
    }
  })

  it('prints what the binary promises as tables', async () => {
    const { out } = await ferrule(['doctor'])
    const row = (pattern: RegExp): string => out.split('\n').find((line) => pattern.test(line)) ?? ''
    expect(row(/^ {2}hash /)).toMatch(/^ {2}hash +1 +[0-9a-f]{16} +\d+$/)
    expect(row(/^ {2}concurrency\.queue /)).toMatch(
      /0x3f +0x3f +✔ push, ✔ pop, ✔ isEmpty, ✔ pushWaiting, ✔ popWaiting, ✔ popNow$/,
    )
    expect(row(/^ {2}concurrency\.jobs /)).toMatch(/0x7f +0x7f +✔ create, .*✔ notify$/)
    expect(row(/^ {2}hash\.crc32c /)).toMatch(/ \d{3,} inputs +✔$/)
  })
})
