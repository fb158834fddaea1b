// A folder for a test file, and what several of them ask.
import { diagnostics } from 'ferrule'
import { FsError } from 'ferrule/fs'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'

/** A folder of its own, removed when the file's tests are done. */
export function scratch(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'ferrule-fs-test-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** What a promise, or a function, fails with: an error of fs. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<FsError> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    expect(error).toBeInstanceOf(FsError)
    return error as FsError
  }
  throw new Error('nothing failed')
}

/** What temporary files are called while they have a name. */
export function strays(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.ferrule-'))
}

/** Open files of this process, the one that lists them not counted. */
export function openFiles(): number {
  return readdirSync('/proc/self/fd').length - 1
}

/** A service at rest shows nothing of fs. */
export async function expectRest(): Promise<void> {
  const isAtRest = (): boolean => {
    const { callsInFlight, abandoned, handles, callbacks } = diagnostics()
    const left = ['Reader', 'Writer', 'Walk', 'Watch'].some((name) => (handles[name] ?? 0) > 0)
    return callsInFlight + abandoned + callbacks.held + callbacks.waiting === 0 && !left
  }
  for (let round = 0; round < 500 && !isAtRest(); round += 1) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(diagnostics()).toMatchObject({ callsInFlight: 0, abandoned: 0, callbacks: { held: 0, waiting: 0 } })
  const { handles } = diagnostics()
  expect(Object.keys(handles).filter((name) => ['Reader', 'Writer', 'Walk', 'Watch'].includes(name))).toEqual([])
}

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/**
 * Runs a module in a process of its own, below a shell command (`ulimit -n 40; `); `whenSaid` is called with each line of its
 * output. One that hangs is killed, and ends by that signal.
 */
export function inChild(source: string, shell = '', whenSaid?: (line: string, pid: number) => void): Promise<Ended> {
  const head = `import * as fs from 'ferrule/fs'\nimport { diagnostics } from 'ferrule'\n`
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `${shell}exec "$NODE" --input-type=module --eval "$SOURCE"`], {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { ...process.env, NODE: process.execPath, SOURCE: head + source, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = { stdout: '', stderr: '' }
    let heard = 0
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000)
    child.stdout.on('data', (text: Buffer) => {
      ended.stdout += text.toString()
      const lines = ended.stdout.split('\n').slice(0, -1)
      for (const line of lines.slice(heard)) whenSaid?.(line, child.pid ?? 0)
      heard = lines.length
    })
    child.stderr.on('data', (text: Buffer) => (ended.stderr += text.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ ...ended, code, signal })
    })
  })
}

/** Numbers that follow from a seed: a run that fails can be had again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
