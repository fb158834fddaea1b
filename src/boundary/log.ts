import { channel } from 'node:diagnostics_channel'
import { invalidArgument } from './errors.js'

/** How much native code tells; each level includes those before it. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace'

/** One event of native code. */
export interface LogEvent {
  readonly level: LogLevel
  /** The Rust module it came from. */
  readonly target: string
  readonly message: string
  /** Named values, printed. */
  readonly fields: Readonly<Record<string, string>>
  /** How many events this environment has lost so far because JavaScript did not keep up. */
  readonly dropped: number
}

/** The name of the channel of `node:diagnostics_channel` on which events are published as {@link LogEvent}s. */
export const LOG_CHANNEL = 'ferrule:log'

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace']

interface Listener {
  level: number
  listener: (event: LogEvent) => void
}

/** The log listeners of one copy. */
export class Log {
  readonly #setLevel: (level: number) => void
  readonly #inContext: () => (listener: (event: LogEvent) => void) => (event: LogEvent) => void
  readonly #listeners = new Set<Listener>()
  readonly #channel = channel(LOG_CHANNEL)

  constructor(
    setLevel: (level: number) => void,
    inContext: () => (listener: (event: LogEvent) => void) => (event: LogEvent) => void,
  ) {
    this.#setLevel = setLevel
    this.#inContext = inContext
  }

  /** Adds a listener; the returned function removes it. */
  listen(listener: (event: LogEvent) => void, level: LogLevel): () => void {
    const number = LEVELS.indexOf(level) + 1
    if (typeof listener !== 'function') throw invalidArgument('onLog', 'listener', 'a function', listener)
    if (number === 0) throw invalidArgument('onLog', 'level', `one of ${LEVELS.join(', ')}`, level)
    const entry = { level: number, listener: this.#inContext()(listener) }
    this.#listeners.add(entry)
    this.#update()
    return () => {
      if (this.#listeners.delete(entry)) this.#update()
    }
  }

  #update(): void {
    this.#setLevel(Math.max(0, ...[...this.#listeners].map(({ level }) => level)))
  }

  /** Level, target, message, dropped, then fields as name and value in turn. */
  receive(values: unknown[]): void {
    const [level, target, message, dropped, ...fields] = values as [LogLevel, string, string, number, ...string[]]
    const event: LogEvent = { level, target, message, dropped, fields: pairs(fields) }
    const number = LEVELS.indexOf(level) + 1
    if (this.#channel.hasSubscribers) this.#channel.publish(event)
    for (const entry of this.#listeners) {
      if (number <= entry.level) entry.listener(event)
    }
  }
}

/** Name and value in turn. */
export function pairs<T>(values: readonly T[]): Record<string, T> {
  const object: Record<string, T> = {}
  for (let at = 0; at + 1 < values.length; at += 2) object[String(values[at])] = values[at + 1] as T
  return object
}
