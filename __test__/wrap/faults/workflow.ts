// A workflow of GitHub's as far as a made package needs it: its steps, their conditions and expressions, run by bash.
import { spawn } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import { parse } from 'yaml'

export interface Step {
  readonly name?: string
  readonly if?: string
  readonly run?: string
  readonly uses?: string
  readonly shell?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly 'runs-on': string
  readonly needs?: string
  readonly strategy?: { readonly matrix: { readonly include: readonly MatrixEntry[] } }
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

export type MatrixEntry = Readonly<Record<string, string | boolean>>

export interface Workflow {
  readonly name: string
  readonly on: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

/** A duplicate key, a tab or a bad indent is an error. */
export const parseWorkflow = (text: string): Workflow => parse(text, { strict: true, uniqueKeys: true }) as Workflow

/** What GitHub puts in the place of `${{ … }}`; operators and literals mean what they mean in JavaScript, as far as used here. */
export const filled = (text: string, matrix: MatrixEntry): string =>
  text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(valueOf(expression, matrix)))

export const isWanted = (step: Step, matrix: MatrixEntry): boolean =>
  step.if === undefined || Boolean(valueOf(step.if, matrix))

const valueOf = (expression: string, matrix: MatrixEntry): unknown => runInNewContext(expression, { matrix })

/** As GitHub runs a step: in a file of its own, ended by the first command that fails. */
export function runStep(
  script: string,
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly status: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 10 * 60_000,
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (status) => {
      resolve({ status, output })
    })
  })
}
