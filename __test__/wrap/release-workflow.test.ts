// The release workflow of a made package: what it says is what the commands do. Its steps for this platform are run, on copies of
// the package as a checkout has it; only what needs GitHub or a registry is stood in for.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { platforms } from '../../src/wrap/generate/package/platforms.js'
import { buildTarget } from '../../src/wrap/project/target.js'
import { filled, isWanted, parseWorkflow, runStep, type Job, type Workflow } from './faults/workflow.js'
import { root, Workplace } from './faults/workplace.js'

const triple = 'linux-x64-gnu'
const runsHere = process.platform === 'linux' && process.arch === 'x64'

const place = new Workplace('release')
const shims = join(place.folder, 'shims')
const published = join(place.folder, 'published.txt')
let workflow: Workflow
let build: Job
let publish: Job

const github = {
  GITHUB_REF_NAME: 'v0.1.0',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'someone/tally-node',
}

beforeAll(async () => {
  expect(await place.run(['wrap', './tally'])).toMatchObject({ status: 0 })
  workflow = parseWorkflow(readFileSync(join(place.out, '.github', 'workflows', 'release.yml'), 'utf8'))
  const { build: first, publish: second } = workflow.jobs
  if (first === undefined || second === undefined) throw new Error('the workflow has no job build or publish')
  build = first
  publish = second
  writeShims()
})
afterAll(() => {
  place.remove()
})

/** npm, of which `install` links what is on this machine and `publish` notes what it was asked. */
function writeShims(): void {
  mkdirSync(shims)
  const npm = spawnSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).stdout.trim()
  const script = `#!/bin/sh
case $1 in
  install) exec node ${join(shims, 'install.cjs')} ;;
  publish) echo "$@" >> ${published} ;;
  *) exec ${npm} "$@" ;;
esac
`
  writeFileSync(join(shims, 'npm'), script)
  chmodSync(join(shims, 'npm'), 0o755)
  writeFileSync(
    join(shims, 'install.cjs'),
    `const { mkdirSync, readFileSync, symlinkSync, writeFileSync } = require('node:fs')
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
  const from = name === 'ferrule' ? ${JSON.stringify(root)} : ${JSON.stringify(join(root, 'node_modules'))} + '/' + name
  mkdirSync(require('node:path').dirname('node_modules/' + name), { recursive: true })
  symlinkSync(from, 'node_modules/' + name)
}
mkdirSync('node_modules/.bin')
writeFileSync('node_modules/.bin/ferrule', '#!/bin/sh\\nexec node ${join(root, 'dist', 'wrap', 'cli.js')} "$@"\\n', { mode: 0o755 })
`,
  )
}

/** The package as a checkout has it: without what its .gitignore names. */
function checkout(name: string): string {
  const folder = join(place.folder, name)
  const ignored = (path: string): boolean =>
    ['dist', 'target', 'node_modules'].some((each) => path === join(place.out, each)) || /\.(node|tgz)$/.test(path)
  cpSync(place.out, folder, { recursive: true, filter: (path) => !ignored(path) })
  expect(existsSync(join(folder, 'package-lock.json'))).toBe(false)
  return folder
}

const matrixOf = (job: Job) => job.strategy?.matrix.include ?? []

async function runJob(job: Job, cwd: string, matrix: Readonly<Record<string, string | boolean>>): Promise<string[]> {
  const env = Object.fromEntries(Object.entries(job.env ?? {}).map(([name, value]) => [name, filled(value, matrix)]))
  const done: string[] = []
  for (const step of job.steps) {
    if (!isWanted(step, matrix)) continue
    if (step.uses?.startsWith('actions/upload-artifact') === true) {
      const { name, path } = step.with as { name: string; path: string }
      const to = join(place.folder, 'artifacts', filled(name, matrix))
      mkdirSync(to, { recursive: true })
      const script = `cp ${filled(path, matrix)} ${to}`
      expect(await runStep(script, { cwd, env: place.env })).toMatchObject({ status: 0 })
    }
    if (step.uses?.startsWith('actions/download-artifact') === true) {
      cpSync(join(place.folder, 'artifacts'), join(cwd, String(step.with?.['path'])), { recursive: true })
    }
    if (step.run === undefined) continue
    const script = filled(step.run, matrix)
    const path = `${shims}${delimiter}${process.env['PATH'] ?? ''}`
    const { status, output } = await runStep(script, { cwd, env: { ...place.env, ...github, ...env, PATH: path } })
    expect({ script, status }, output).toMatchObject({ status: 0 })
    done.push(script.trim())
  }
  return done
}

describe('the release workflow of a package', () => {
  it('is a workflow: each step does one thing, and each expression has a value', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v*'] } })
    for (const job of Object.values(workflow.jobs)) {
      for (const step of job.steps) {
        expect(Number(step.run !== undefined) + Number(step.uses !== undefined)).toBe(1)
        if (step.uses !== undefined) expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
      }
      const text = JSON.stringify(job)
      for (const [, key = ''] of text.matchAll(/matrix\.(\w+)/g)) {
        if (key !== 'cross') for (const entry of matrixOf(job)) expect(entry).toHaveProperty(key)
      }
    }
    expect(publish.needs).toBe('build')
  })

  it('has a machine for every platform package', () => {
    expect(matrixOf(build).map((entry) => entry['triple'])).toEqual(
      readdirSync(join(place.out, 'npm')).sort((one, other) => order(one) - order(other)),
    )
  })

  it('calls only scripts that the package has', () => {
    const { scripts } = JSON.parse(readFileSync(join(place.out, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const lines = Object.values(workflow.jobs).flatMap((job) => job.steps.map(({ run = '' }) => run))
    const called = lines.flatMap((line) => [...line.matchAll(/npm (?:run )?(build|test|pack|generate)\b/g)])
    expect(called.length).toBeGreaterThanOrEqual(4)
    for (const [, name = ''] of called) expect(scripts).toHaveProperty(name)
  })

  it('sets variables that the commands read, to what they make of it', () => {
    expect(Object.keys(build.env ?? {})).toEqual(['FERRULE_TARGET', 'FERRULE_CROSS_COMPILE'])
    for (const entry of matrixOf(build)) {
      const env = Object.fromEntries(
        Object.entries(build.env ?? {}).map(([name, value]) => [name, filled(value, entry)]),
      )
      const target = buildTarget(undefined, env)
      expect(target.triple).toBe(entry['triple'])
      expect(target.cargo).toEqual([
        entry['cross'] === true ? 'zigbuild' : 'build',
        '--target',
        String(entry['target']),
      ])
      // Rust makes no dynamic library for musl otherwise.
      const isMusl = String(entry['triple']).endsWith('musl')
      expect(Object.values(target.env)).toEqual(isMusl ? ['-C target-feature=-crt-static'] : [])
    }
  })

  it.runIf(runsHere)(
    'builds and tests this platform, and publishes the binary’s package before the one that needs it',
    async () => {
      const entry = matrixOf(build).find((candidate) => candidate['triple'] === triple) ?? {}
      const built = await runJob(build, checkout('build'), entry)
      expect(built).toContain('npm run build')
      expect(built).toContain('npm test')
      expect(readdirSync(join(place.folder, 'artifacts', triple))).toEqual([`tally-node.${triple}.node`])

      const folder = checkout('publish')
      await runJob(publish, folder, {})
      expect(readFileSync(published, 'utf8').trim().split('\n')).toEqual([
        `publish ./packages/tally-node-${triple}-0.1.0.tgz --provenance --access public`,
        'publish ./packages/tally-node-0.1.0.tgz --provenance --access public',
      ])
      expect(outputOfInstalled(join(folder, 'packages'))).toBe('2')
    },
    15 * 60_000,
  )
})

const order = (name: string): number => platforms.findIndex((platform) => platform.triple === name)

/** Of an application with the packed packages installed. */
function outputOfInstalled(packages: string): string {
  const modules = join(place.folder, 'app', 'node_modules')
  mkdirSync(modules, { recursive: true })
  for (const name of ['tally-node', `tally-node-${triple}`]) {
    const folder = join(modules, name)
    mkdirSync(folder)
    spawnSync('tar', ['-xzf', join(packages, `${name}-0.1.0.tgz`), '--strip-components=1', '-C', folder])
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { repository?: unknown }
    expect(manifest.repository).toEqual({ type: 'git', url: 'git+https://github.com/someone/tally-node.git' })
  }
  symlinkSync(root, join(modules, 'ferrule'))
  const script = `const { Tally } = require('tally-node'); const tally = new Tally(); tally.see('a'); console.log(tally.see('a'))`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: join(place.folder, 'app'),
    encoding: 'utf8',
  })
  return `${stdout}${stderr}`.trim()
}
