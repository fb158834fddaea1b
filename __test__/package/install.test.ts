import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Application, type Outcome, filesIn, npmApplication, readJson, runsHere, triple } from './installed.js'

const everythingWorks = {
  sync: true,
  async: true,
  isRegexError: true,
  isBaseError: true,
  recognised: true,
  code: 'ERR_REGEX_SYNTAX',
}

describe.runIf(runsHere)('ferrule installed by npm into an empty folder', () => {
  let application: Application

  beforeAll(async () => {
    application = await npmApplication(
      ...['esm.mjs', 'commonjs.cjs', 'both.mjs', 'worker.mjs', 'no-permission.cjs'],
      ...['systems.mjs', 'every-subpath.cjs'],
    )
  })
  afterAll(() => {
    application.remove()
  })

  /** What a script printed as JSON, once it has ended by itself without a word of complaint. */
  async function answerOf(...args: string[]): Promise<unknown> {
    const outcome: Outcome = await application.node(args)
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    return JSON.parse(outcome.stdout)
  }

  it('has no Rust in reach', async () => {
    const script = `process.exitCode = require('child_process').spawnSync('cargo').error?.code === 'ENOENT' ? 0 : 1`
    expect(await application.node(['--eval', script])).toMatchObject({ code: 0 })
  })

  it('installs three packages and runs no script', () => {
    const folders = readdirSync(join(application.folder, 'node_modules')).filter((name) => !name.startsWith('.'))
    expect(folders.sort()).toEqual(['detect-libc', 'ferrule', `ferrule-${triple}`])
    for (const name of ['ferrule', `ferrule-${triple}`]) {
      expect(readJson(join(application.folder, 'node_modules', name, 'package.json'))).not.toHaveProperty('scripts')
    }
  })

  it('ships its own licences and those of others in both packages', () => {
    for (const name of ['ferrule', `ferrule-${triple}`]) {
      const tarball = application.tarballs[name]
      expect(tarball).toBeDefined()
      expect(filesIn(tarball ?? '')).toEqual(
        expect.arrayContaining(['LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY-LICENSES.md']),
      )
    }
  })

  it('ships nothing but what runs, its types, what the generator needs and its papers', () => {
    const strangers = filesIn(application.tarballs['ferrule'] ?? '').filter(
      (path) =>
        !/^(dist\/.+\.(js|mjs|d\.ts|d\.mts)|index\.d\.ts|package\.json|README\.md|LICENSE-\w+|THIRD-PARTY-LICENSES\.md)$/.test(
          path,
        ) &&
        // The boundary as packages made by `ferrule wrap` compile it, and the schema of their specs.
        !/^(crates\/(core|node)\/(Cargo\.toml|src\/.+\.rs)|schema\/ferrule-spec\.schema\.json)$/.test(path),
    )
    expect(strangers).toEqual([])
  })

  it('has every file its exports promise', () => {
    const folder = join(application.folder, 'node_modules', 'ferrule')
    const { exports } = readJson(join(folder, 'package.json')) as { exports: Record<string, unknown> }
    const paths = (target: unknown): string[] =>
      typeof target === 'string' ? [target] : Object.values(target as object).flatMap(paths)
    const missing = Object.values(exports)
      .flatMap(paths)
      .filter((path) => !existsSync(join(folder, path)))
    expect(missing).toEqual([])
  })

  it('is used from an ES module', async () => {
    expect(await answerOf('esm.mjs')).toEqual(everythingWorks)
  })

  it('is used from CommonJS', async () => {
    expect(await answerOf('commonjs.cjs')).toEqual(everythingWorks)
  })

  it('is one and the same for both in one process', async () => {
    expect(await answerOf('both.mjs')).toEqual({
      sameClasses: true,
      sameNames: true,
      thrownByOneCaughtByTheOther: true,
    })
  })

  it('gives the same by both roads for every subpath', async () => {
    const { exports } = readJson(join(application.folder, 'node_modules', 'ferrule', 'package.json')) as {
      exports: object
    }
    expect(await answerOf('every-subpath.cjs')).toEqual({ subpaths: Object.keys(exports).length, different: [] })
  })

  it('has a database, files, a server and a client inside', async () => {
    expect(await answerOf('systems.mjs')).toEqual({ answer: { text: "it's me" }, handles: {}, callsInFlight: 0 })
  })

  it('is used in a Worker and in the main thread at once', async () => {
    const works = { sync: true, async: true }
    expect(await answerOf('worker.mjs')).toEqual({ inWorker: works, inMain: works })
  })

  describe("under Node's permission model", () => {
    const permission = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    const flags = [permission, '--allow-fs-read=*', '--no-warnings']

    it('throws a typed error that names the missing flag', async () => {
      const answer = (await answerOf(...flags, 'no-permission.cjs')) as Record<string, unknown>
      expect(answer).toMatchObject({ class: 'FerruleError', code: 'ERR_LOAD', details: { triple } })
      expect(answer['message']).toContain('--allow-addons')
    })

    it('ends an ES module that does not expect it with the same words', async () => {
      const outcome = await application.node([...flags, 'esm.mjs'])
      expect(outcome.code).toBe(1)
      expect(outcome.stderr).toContain('ERR_LOAD')
      expect(outcome.stderr).toContain('--allow-addons')
    })

    it('works with that flag', async () => {
      expect(await answerOf(...flags, '--allow-addons', 'esm.mjs')).toEqual(everythingWorks)
    })
  })

  it('installs the binary readable for every user, as services run under others', () => {
    const binary = join(application.folder, 'node_modules', `ferrule-${triple}`, `ferrule.${triple}.node`)
    expect(statSync(binary).mode & 0o444).toBe(0o444)
  })
})
