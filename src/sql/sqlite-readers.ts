/** The connections of a file that read beside the one that writes. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { isFerruleError } from '../boundary/index.js'
import { native } from './native.js'
import { SqliteConnection, type Plan } from './sqlite-connection.js'
import type { SqliteSettings } from './sqlite-options.js'
import type { OpenedStream } from './sqlite-stream.js'
import { STREAM } from './turn.js'

/** A connection for reading, and how many calls use it now. */
interface Reader {
  readonly connection: SqliteConnection
  calls: number
}

export class SqliteReaders {
  readonly #settings: SqliteSettings
  readonly #all: Reader[] = []
  #most: number
  #opening: Promise<void> | undefined

  constructor(settings: SqliteSettings) {
    this.#settings = settings
    this.#most = settings.readers
  }

  /** Whether there may be any. */
  get areThere(): boolean {
    return this.#most > 0
  }

  get connections(): readonly SqliteConnection[] {
    return this.#all.map(({ connection }) => connection)
  }

  /** Settles when none is being opened. */
  async settled(): Promise<void> {
    await this.#opening?.catch(() => undefined)
  }

  /** What follows is for the connection that writes: what was attached or set there is unknown to the others. */
  retire(): void {
    this.#most = 0
  }

  /** Runs on a reader, if there is one for the statement: what it gives then, in a list. `check` refuses what comes too late. */
  async run<T>(
    operation: string,
    sql: string,
    options: CallOptions | undefined,
    check: () => void,
    go: (connection: SqliteConnection, plan: Plan) => Promise<T>,
  ): Promise<[T] | undefined> {
    const reader = await this.#take(operation, check)
    if (reader === undefined) return undefined
    try {
      const { connection } = reader
      const plan = await this.#plan(operation, connection, sql, options)
      // A stream may have taken it meanwhile.
      if (plan === undefined || connection.turn.holder !== undefined) return undefined
      return [await go(connection, plan)]
    } finally {
      reader.calls -= 1
    }
  }

  /** A reader for a stream alone; undefined when there is none, or the statement is none for it. */
  async stream(
    operation: string,
    sql: string,
    options: CallOptions | undefined,
    check: () => void,
  ): Promise<OpenedStream | undefined> {
    const reader = await this.#take(operation, check)
    if (reader === undefined) return undefined
    try {
      const { connection } = reader
      const plan = await this.#plan(operation, connection, sql, options)
      if (plan === undefined) return undefined
      const release = connection.turn.tryHold(STREAM)
      return release && { connection, plan, release }
    } finally {
      reader.calls -= 1
    }
  }

  /** The statement on a reader; undefined when it is one for the connection that writes. */
  async #plan(
    operation: string,
    connection: SqliteConnection,
    sql: string,
    options: CallOptions | undefined,
  ): Promise<Plan | undefined> {
    try {
      const plan = await connection.plan(operation, sql, options)
      return plan.isReadOnly ? plan : undefined
    } catch (error) {
      // It may name what only the other connection has; that one tells.
      if (isFerruleError(error, 'ERR_SQL_SYNTAX')) return undefined
      throw error
    }
  }

  /**
   * The reader with the least to do, with one call more; a new one while all have something to do and there may be more. Who
   * takes it gives it back.
   */
  async #take(operation: string, check: () => void): Promise<Reader | undefined> {
    while (this.#most > 0) {
      const best = this.#leastBusy()
      if ((best !== undefined && best.calls === 0) || this.#all.length >= this.#most) {
        if (best !== undefined) best.calls += 1
        return best
      }
      this.#opening ??= this.#open(operation).finally(() => {
        this.#opening = undefined
      })
      await this.#opening
      check()
    }
    return undefined
  }

  #leastBusy(): Reader | undefined {
    let best: Reader | undefined
    for (const reader of this.#all) {
      if (reader.connection.turn.holder !== undefined) continue
      if (best === undefined || reader.calls < best.calls) best = reader
    }
    return best
  }

  async #open(operation: string): Promise<void> {
    const { path, busyTimeoutMs, foreignKeys, synchronous } = this.#settings
    const handle = await boundary.call<number>(operation, undefined, (call) => {
      native.sqliteOpen(call, path, true, false, false, busyTimeoutMs, foreignKeys, synchronous)
    })
    this.#all.push({ connection: new SqliteConnection(handle), calls: 0 })
  }
}
