// Processes that use the kitchen sink, and how they end.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { packageFolder, packageIndex } from './cook.js'

const script = join(packageFolder, 'process.cjs')

/** The tests' own code as one file of JavaScript: Workers and child processes cannot load TypeScript. */
export async function bundleProcess(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'process.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile: script,
    logLevel: 'warning',
  })
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly facts: readonly string[]
  readonly stderr: string
}

/** No probe works longer, on the slowest of machines. */
const HANG = 240_000

export function runProcess(probe: string, inWorker: boolean): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const args = ['--expose-gc', script, probe, packageIndex, ...(inWorker ? ['--worker'] : [])]
    // Freed memory is overwritten (by glibc), so that a use after free shows.
    const env = { ...process.env, NODE_OPTIONS: '', MALLOC_PERTURB_: '165' }
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
    let [stdout, stderr] = ['', '']
    const limit = setTimeout(() => child.kill('SIGKILL'), HANG)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      resolve({ code, signal, facts: stdout.split('\n').slice(0, -1), stderr })
    })
  })
}
