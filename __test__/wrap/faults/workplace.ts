// A folder with a small crate in it and a `ferrule` that is watched from outside: how far it is, what it starts, what it leaves.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const cli = join(root, 'dist', 'wrap', 'cli.js')
/** What is done in a process of its own has all to end within this time. */
const deadlineMs = 240_000

export const isFull = process.env['FERRULE_TEST'] === 'full'
/** The steps of `wrap`, as it prints them. */
export const steps = ['crate', 'spec', 'checked', 'built', 'tested', 'package'] as const
export type Step = (typeof steps)[number]

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when a step begins; rejects when the command ends before. */
  readonly begins: (step: Step) => Promise<void>
  /** Resolves once the command has printed this. */
  readonly prints: (text: string) => Promise<void>
  /** The nth line of its output, counted from one, once it is there. */
  readonly line: (count: number) => Promise<string>
}

export interface StartOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** A program with its arguments that runs the command: `unshare -n`. */
  readonly under?: readonly string[]
}

export class Workplace {
  readonly folder: string
  /** Of the package of the crate in the folder. */
  readonly out: string
  readonly staging: string
  readonly env: NodeJS.ProcessEnv
  readonly #mark = randomUUID()

  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `ferrule-${name}-`))
    this.out = join(this.folder, 'tally-node')
    this.staging = join(this.folder, '.tally-node.ferrule')
    cpSync(join(root, '__test__', 'wrap', 'fixtures', 'cli', 'tally'), join(this.folder, 'tally'), { recursive: true })
    mkdirSync(join(this.folder, 'tmp'))
    this.env = {
      ...process.env,
      TMPDIR: join(this.folder, 'tmp'),
      FERRULE_CACHE: join(this.folder, 'cache'),
      // Kept between test runs, and quick: what is compiled is no matter here.
      CARGO_TARGET_DIR: join(root, 'target', 'wrap-faults'),
      CARGO_PROFILE_RELEASE_LTO: 'off',
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
      CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
      // By this the processes are known that a command started, and those these started.
      FERRULE_TEST_MARK: this.#mark,
    }
  }

  start(args: readonly string[], { cwd = this.folder, env = {}, under = [] }: StartOptions = {}): Running {
    const [program = process.execPath, ...rest] = [...under, process.execPath, cli, ...args]
    const child = spawn(program, rest, {
      cwd,
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
    })
    let [stdout, stderr] = ['', '']
    const listeners = new Set<() => void>()
    const heard = (): void => {
      for (const listener of listeners) listener()
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      heard()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      heard()
    })
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status, signal) => {
        resolve({ status, signal, stdout, stderr })
      })
    })
    const until = <T>(find: () => T | undefined, what: string): Promise<T> =>
      new Promise((resolve, reject) => {
        const listener = (): void => {
          const found = find()
          if (found === undefined) return
          listeners.delete(listener)
          resolve(found)
        }
        listeners.add(listener)
        listener()
        void ended.then((end) => {
          reject(new Error(`ended before it printed ${what}: ${JSON.stringify(end)}`))
        })
      })
    const prints = async (text: string): Promise<void> => {
      await until(() => (`${stdout}${stderr}`.includes(text) ? true : undefined), text)
    }
    // Without what stands behind the last line end: that line is still being written.
    const line = (count: number): Promise<string> =>
      until(() => stdout.split('\n').slice(0, -1)[count - 1], `line ${String(count)}`)
    const begins = (step: Step): Promise<void> => {
      const before = steps[steps.indexOf(step) - 1]
      return before === undefined ? this.#startsProgram(child) : prints(`✔ ${before}`)
    }
    return { child, ended, begins, prints, line }
  }

  /** Resolves when the command is up and has started a program of its own. */
  async #startsProgram(child: ChildProcess): Promise<void> {
    while (child.exitCode === null && this.#running().length < 2) await wait(5)
  }

  run(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
    return this.start(args, options).ended
  }

  /** The command lines of what is still running of all that was started here. Waits a little: ending takes a moment. */
  async survivors(): Promise<readonly string[]> {
    for (let attempt = 0; ; attempt += 1) {
      const found = this.#running()
      if (found.length === 0 || attempt === 30) return found
      await wait(100)
    }
  }

  #running(): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => readOrNothing(`/proc/${pid}/environ`).includes(`FERRULE_TEST_MARK=${this.#mark}`))
      .map((pid) => `${pid} ${readOrNothing(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`)
  }

  /** Every file of the package with its content: what "as before" is compared by. */
  snapshot(folder = this.out): string {
    return hashesBelow(folder).join('\n')
  }

  /** What the system's folder for temporary files still holds. */
  leftovers(): readonly string[] {
    return readdirSync(join(this.folder, 'tmp')).filter((name) => name.startsWith('ferrule-'))
  }

  /** What a program that uses the package gets: proof that it is whole. */
  use(): string {
    const script = `const { Tally } = require(${JSON.stringify(this.out)})
      const tally = new Tally()
      tally.see('apple')
      console.log(tally.see('apple'))`
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    return `${stdout}${stderr}`.trim()
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Links are compared by where they lead; what cargo and npm put there is theirs. */
function hashesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/node_modules/') && !path.includes('/target/'))
    .sort()
    .map((path) => `${path} ${digest(path)}`)
}

function digest(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended, or belongs to somebody else.
    return ''
  }
}

/** Numbers in [0, 1) that are the same for the same seed: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
