import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** How a probe must end, and what it must have said before. */
export interface Ending {
  /** What the probe shows, as the name of its test. */
  behaviour: string
  /** The lines of stdout. */
  facts: readonly string[]
  /** The exit code; a signal is never right. Default: 0. */
  code?: number
  /** What stderr must hold. Default: stderr must be empty. */
  complains?: RegExp
  /** Milliseconds from the last fact to the end. Default: the limit for a hang. */
  endsWithin?: number
  /** Further options for Node. */
  nodeOptions?: readonly string[]
}

/** The probes of a theme by name, with how each must end. */
export type Endings = Readonly<Record<string, Ending>>

export interface Outcome {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  lingered: number
  hung: boolean
}

const full = process.env['FERRULE_TEST'] === 'full'
/** Most faults of this kind show only now and then. */
const rounds = full ? 20 : 3
/** No probe works longer than a few seconds, on the slowest of machines. */
const hang = 60_000

/** Runs a probe once, on this Node or another. */
export function runProbe(
  probe: string,
  inWorker: boolean,
  nodeOptions: readonly string[] = [],
  node = process.execPath,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'run.mjs')
    const flags = ['--expose-gc', ...nodeOptions]
    const child = spawn(node, [...flags, script, probe, ...(inWorker ? ['--worker'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Freed memory is overwritten (by glibc), so that a use after free shows.
      env: { ...process.env, NODE_OPTIONS: '', MALLOC_PERTURB_: '165' },
    })
    const outcome = { stdout: '', stderr: '', lingered: 0, hung: false }
    let lastFact = performance.now()
    const limit = setTimeout(() => {
      outcome.hung = true
      child.kill('SIGKILL')
    }, hang)
    child.stdout.on('data', (text: Buffer) => {
      outcome.stdout += text.toString()
      lastFact = performance.now()
    })
    child.stderr.on('data', (text: Buffer) => (outcome.stderr += text.toString()))
    child.on('exit', () => (outcome.lingered = performance.now() - lastFact))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ ...outcome, code, signal })
    })
  })
}

/** Runs a probe once and holds it to its ending, on this Node or another. */
export async function checkProbe(probe: string, ending: Ending, inWorker: boolean, node?: string): Promise<void> {
  check(await runProbe(probe, inWorker, ending.nodeOptions, node), ending)
}

function check(outcome: Outcome, ending: Ending): void {
  const { code, signal, stdout, stderr, lingered, hung } = outcome
  const { facts, complains, endsWithin = hang } = ending
  const shown = `stdout:\n${stdout}\nstderr:\n${stderr}`
  expect(hung, `hung for ${String(hang)} ms; ${shown}`).toBe(false)
  expect({ code, signal }, shown).toEqual({ code: ending.code ?? 0, signal: null })
  expect(stdout.split('\n').slice(0, -1)).toEqual(facts)
  if (complains === undefined) expect(stderr).toBe('')
  else expect(stderr).toMatch(complains)
  expect(lingered, 'milliseconds between the last fact and the end').toBeLessThan(endsWithin)
}

/** One test per probe and kind of thread; each runs the probe several times, in a process of its own. */
export function describeProbes(theme: string, probes: Endings): void {
  describe(theme, () => {
    for (const [probe, ending] of Object.entries(probes)) {
      for (const place of ['on the main thread', 'in a Worker']) {
        it(`${ending.behaviour}, ${place}`, { timeout: (rounds + 1) * hang }, async () => {
          for (let round = 0; round < rounds; round += 1) {
            await checkProbe(probe, ending, place === 'in a Worker')
          }
        })
      }
    }
  })
}
