/** The lines a long command shows: one per step, with a summary and how long it took. */
import type { Io } from './io.js'

export interface Step {
  readonly name: string
  readonly summary: string
  readonly seconds: number
}

export interface Progress {
  /** Runs a step and shows its line; the work gives the summary besides its result. A step that throws shows no line. */
  step: <T>(name: string, work: (say: (summary: string) => void) => Promise<T> | T) => Promise<T>
  /** A line between steps. */
  note: (text: string) => void
  readonly steps: readonly Step[]
}

const nameColumn = 12
const timeColumn = 68

/** `quiet` collects the steps and shows nothing: for `--json`. */
export function progressOn(io: Io, quiet: boolean): Progress {
  const steps: Step[] = []
  const redraws = io.isTerminal && !quiet
  return {
    steps,
    async step(name, work) {
      const started = io.now()
      let summary = ''
      if (redraws) io.err(`\u001b[2m… ${name}\u001b[22m`)
      try {
        const result = await work((text) => {
          summary = text
        })
        const seconds = (io.now() - started) / 1000
        steps.push({ name, summary, seconds })
        if (!quiet) io.err(`${redraws ? '\r\u001b[2K' : ''}${stepLine({ name, summary, seconds }, redraws)}\n`)
        return result
      } catch (error) {
        if (redraws) io.err(`\r\u001b[2K\u001b[31m✘\u001b[39m ${name}\n`)
        else if (!quiet) io.err(`✘ ${name}\n`)
        throw error
      }
    },
    note(text) {
      if (!quiet) io.err(`${text}\n`)
    },
  }
}

function stepLine({ name, summary, seconds }: Step, colours: boolean): string {
  const tick = colours ? '\u001b[32m✔\u001b[39m' : '✔'
  const head = `${name.padEnd(nameColumn)}${summary}`
  return `${tick} ${head.padEnd(timeColumn)} ${seconds.toFixed(1).padStart(5)} s`
}
