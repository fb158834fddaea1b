/** What a command may touch of the process it runs in; tests give it one of their own. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether `err` is a terminal that lines can be redrawn on. */
  readonly isTerminal: boolean
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal
  /** A clock in milliseconds. */
  readonly now: () => number
}

/** The running process. */
export function processIo(signal: AbortSignal): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    cwd: process.cwd(),
    env: process.env,
    signal,
    now: () => performance.now(),
  }
}
