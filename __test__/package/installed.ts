// An application of its own outside the repository, with ferrule installed from the packed tarballs by a package manager
// and nothing else in reach: no registry, no Rust, no node_modules of ours.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** The root of this repository. */
export const repository = dirname(require.resolve('ferrule/package.json'))

/** The platform these tests pack for. They run where its binary does. */
export const triple = 'linux-x64-gnu'
export const runsHere =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header.glibcVersionRuntime !== undefined

/** Tarballs by package name. */
export type Tarballs = Readonly<Record<string, string>>

export interface Application {
  folder: string
  tarballs: Tarballs
  /** Runs Node in the application with an environment that reaches no compiler. */
  node: (args: string[], options?: NodeOptions) => Promise<Outcome>
  /** Deletes the application. */
  remove: () => void
}

export interface NodeOptions {
  /** Another Node than the one that runs the tests. */
  binary?: string
  env?: Record<string, string>
  /** After this long the process is killed, which is a failure: nothing of ours may keep it alive. Default: 60,000. */
  timeoutMs?: number
}

export interface Outcome {
  /** `null` when the process was killed because it did not end by itself. */
  code: number | null
  stdout: string
  stderr: string
}

/**
 * An empty application with the packed tarballs beside it and the named consumers from `consumers/` copied in.
 * Installing is left to the caller.
 */
export function emptyApplication(...consumers: string[]): Application {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ferrule-application-')))
  const tarballs = pack(join(folder, 'tarballs'))
  // Without a `type` of its own an application is CommonJS, and its ES modules end in .mjs.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'application', version: '1.0.0', private: true }))
  for (const consumer of consumers) {
    cpSync(join(import.meta.dirname, 'consumers', consumer), join(folder, consumer), { recursive: true })
  }
  const path = pathWithNothingButNode(join(folder, 'bin'))
  return {
    folder,
    tarballs,
    node: (args, { binary = process.execPath, env = {}, timeoutMs = 60_000 } = {}) =>
      runToEnd(binary, args, { cwd: folder, env: { PATH: path, HOME: folder, ...env }, timeoutMs }),
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same with ferrule installed by npm, as its users do it. */
export async function npmApplication(...consumers: string[]): Promise<Application> {
  const application = emptyApplication(...consumers)
  const install = [
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--cache',
    join(application.folder, 'cache'),
  ]
  const outcome = await application.node([npmScript(), ...install, ...Object.values(application.tarballs)])
  if (outcome.code !== 0) throw new Error(`npm install failed:\n${outcome.stdout}${outcome.stderr}`)
  return application
}

/** Files inside a tarball, relative to the package's root. */
export function filesIn(tarball: string): string[] {
  const listing = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
  return listing.stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
    .sort()
}

/** The main JavaScript file of a tool in our own node_modules, to run it on an application that does not have it. */
export function tool(packageName: string, file: string): string {
  return join(repository, 'node_modules', packageName, file)
}

/**
 * Packs ferrule, its platform package and the one package it depends on. With all three at hand an installation needs no
 * registry, so it tests our packages and not the network.
 */
function pack(out: string): Tarballs {
  const ours = spawnSync(
    process.execPath,
    [join(repository, 'scripts', 'pack.mjs'), '--out', out, '--triple', triple],
    { encoding: 'utf8' },
  )
  if (ours.status !== 0) throw new Error(`packing failed:\n${ours.stderr}`)
  const detector = spawnSync(
    process.execPath,
    [
      npmScript(),
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      out,
      join(repository, 'node_modules', 'detect-libc'),
    ],
    { encoding: 'utf8' },
  )
  if (detector.status !== 0) throw new Error(`packing detect-libc failed:\n${detector.stderr}`)
  const [{ filename }] = JSON.parse(detector.stdout) as [{ filename: string }]
  return { ...(JSON.parse(ours.stdout) as Tarballs), 'detect-libc': join(out, filename) }
}

/** npm's own script: beside Node, wherever that puts it, found through the `npm` on the path. */
function npmScript(): string {
  const fromNpm = process.env['npm_execpath']
  if (fromNpm?.endsWith('npm-cli.js')) return fromNpm
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    try {
      return realpathSync(join(folder, 'npm'))
    } catch {
      // Not in this folder.
    }
  }
  throw new Error('npm is not on the PATH')
}

function pathWithNothingButNode(folder: string): string {
  mkdirSync(folder)
  symlinkSync(process.execPath, join(folder, 'node'))
  // npm and the other package managers start commands through a shell.
  symlinkSync(realpathSync('/bin/sh'), join(folder, 'sh'))
  return folder
}

function runToEnd(
  command: string,
  args: string[],
  { cwd, env, timeoutMs }: { cwd: string; env: Record<string, string>; timeoutMs: number },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, ...output })
    })
  })
}

/** A file of an installed package as JSON. */
export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
