// libferrule, and C programs over it.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../docs/markdown.js'

export interface Ended {
  status: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** Runs a program to its end; one that hangs is killed, and then has a signal. */
export function start(program: string, args: readonly string[], input = ''): Ended {
  const options = { cwd: root, encoding: 'utf8', input, timeout: 300_000, maxBuffer: 2 ** 28 } as const
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, options)
  if (error !== undefined && signal === null) throw error
  return { status, signal, stdout, stderr }
}

/** Whether there is such a program. */
export const has = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined

export interface Library {
  shared: string
  archive: string
}

/** Builds the library, where cargo finds something to do. */
export function buildLibrary(): Library {
  const { status, stdout, stderr } = start(process.execPath, ['scripts/build.mjs', '--library'])
  const [shared, archive] = stdout.trim().split('\n').slice(-2)
  if (status !== 0 || shared === undefined || archive === undefined) throw new Error(`no library: ${stderr}`)
  return { shared, archive }
}

export const headers = join(root, 'crates', 'capi', 'include')
const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, '__test__', 'capi', folder))
    .filter((name) => name.endsWith('.c'))
    .map((name) => join('__test__', 'capi', folder, name))

/** What a C compiler is asked to be strict about. */
export const STRICT = ['-Wall', '-Wextra', '-Wpedantic', '-Werror', '-I', headers]

/** Arguments that link a library: the shared one by its name, to be found where it lies. */
export const linked = {
  shared: ({ shared }: Library) => [`-L${dirname(shared)}`, '-l:libferrule.so', `-Wl,-rpath,${dirname(shared)}`],
  static: ({ archive }: Library) => [archive, '-ldl'],
}

/** Compiles the C program in a folder beside this file. */
export function compile(folder: string, output: string, link: readonly string[], ...flags: string[]): Ended {
  const sources = sourcesIn(folder)
  return start('gcc', ['-std=c11', '-g', ...STRICT, ...flags, ...sources, '-o', output, ...link, '-lm', '-lpthread'])
}
