/** Child processes: their output collected, ended with all they started when the user interrupts. */
import { spawn } from 'node:child_process'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { guardGroup, ownGroup, stopGroup } from './process-group.js'

export interface ProcessOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Text for its standard input. */
  readonly input?: string
}

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The user interrupted. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}

/**
 * Runs a program to its end, whatever its exit code.
 *
 * @throws Interrupted when `signal` fires; the program and what it started have ended then.
 * @throws CommandError `tool` when it cannot be started; `wayOut` is how to get it.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
  wayOut?: string,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) {
      reject(new Interrupted())
      return
    }
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: definedOnly(options.env ?? process.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...ownGroup,
    })
    guardGroup(child)
    const stop = (): void => {
      stopGroup(child)
    }
    options.signal.addEventListener('abort', stop, { once: true })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => {
      options.signal.removeEventListener('abort', stop)
      const failure = `${command} could not be started: ${error.message}`
      reject(new CommandError(exitCodes.tool, failure, { cause: error, ...(wayOut === undefined ? {} : { wayOut }) }))
    })
    child.on('close', (status) => {
      options.signal.removeEventListener('abort', stop)
      if (options.signal.aborted) {
        reject(new Interrupted())
        return
      }
      resolve({
        status,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      })
    })
  })
}

/** The last lines of a program's output: what a person wants to see of a failure. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
