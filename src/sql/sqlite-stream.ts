/** Rows of a statement as they come. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import type { QueryOptions, RowStream } from './database.js'
import { sqlError } from './error.js'
import { native } from './native.js'
import { encodeParams, type SqlParams } from './params.js'
import type { RowForm } from './rows.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'

/** A connection for a stream alone, until it is released. */
export interface StreamSource {
  open: (options: CallOptions | undefined) => Promise<{ connection: SqliteConnection; plan: Plan; release: () => void }>
}

interface Settings {
  readonly operation: string
  readonly params: SqlParams | undefined
  readonly big: boolean
  readonly form: RowForm
  readonly options: QueryOptions | undefined
}

interface Opened {
  readonly connection: SqliteConnection
  readonly plan: Plan
  readonly release: () => void
}

export class SqliteStream<Row> implements RowStream<Row> {
  readonly #source: StreamSource
  readonly #settings: Settings
  #opened: Opened | undefined
  #rows: Row[] = []
  #at = 0
  #ended = false
  /** The batch under way: those who ask for more meanwhile wait for it. */
  #pulling: Promise<unknown> = Promise.resolve()

  constructor(source: StreamSource, settings: Settings) {
    this.#source = source
    this.#settings = settings
  }

  next(): Promise<IteratorResult<Row, undefined>> {
    if (this.#at < this.#rows.length) return Promise.resolve({ done: false, value: this.#rows[this.#at++] as Row })
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    const pulled = this.#pulling.then(() => this.#nextAfterPull())
    this.#pulling = pulled.catch(() => undefined)
    return pulled
  }

  async #nextAfterPull(): Promise<IteratorResult<Row, undefined>> {
    while (this.#at >= this.#rows.length) {
      const batch = await this.#pull()
      if (batch === null) return { done: true, value: undefined }
      this.#rows = batch
      this.#at = 0
    }
    return { done: false, value: this.#rows[this.#at++] as Row }
  }

  async #pull(): Promise<Row[] | null> {
    if (this.#ended) return null
    const { operation, options, form } = this.#settings
    try {
      const { connection, plan } = (this.#opened ??= await this.#open())
      const block = await boundary.call<Uint8Array | null>(operation, options, (call) => {
        native.sqliteConnectionStreamNextTask(call, connection.number)
      })
      if (block !== null) {
        const rows: unknown[] = []
        connection.unpack(plan, block, form, rows)
        return rows as Row[]
      }
    } catch (error) {
      await this.#end()
      throw error
    }
    await this.#end()
    return null
  }

  async #open(): Promise<Opened> {
    const { operation, params, big, options } = this.#settings
    const opened = await this.#source.open(options)
    const { connection, plan, release } = opened
    try {
      if (connection.functions.isCalledBy(plan.sql)) {
        const message = 'a stream reads on a thread of its own, where no function of JavaScript can run; use query'
        throw sqlError('ERR_SQL_FUNCTION', operation, message)
      }
      const values = boundary.scalars.pack(encodeParams(operation, plan.names, params))
      await boundary.call(operation, options, (call) => {
        native.sqliteConnectionStreamBeginTask(call, connection.number, plan.number, values, big)
      })
    } catch (error) {
      release()
      throw error
    }
    return opened
  }

  async #end(): Promise<void> {
    this.#ended = true
    this.#rows = []
    this.#at = 0
    const opened = this.#opened
    this.#opened = undefined
    if (opened === undefined) return
    const { connection, release } = opened
    try {
      if (!connection.isDisposed) {
        await boundary.call(this.#settings.operation, undefined, (call) => {
          native.sqliteConnectionStreamEndTask(call, connection.number)
        })
      }
    } finally {
      release()
    }
  }

  async return(): Promise<IteratorResult<Row, undefined>> {
    // A batch under way ends first: it is some milliseconds of work.
    await this.#pulling
    await this.#end()
    return { done: true, value: undefined }
  }

  async *batches(): AsyncGenerator<Row[], undefined, undefined> {
    try {
      if (this.#at < this.#rows.length) yield this.#rows.slice(this.#at)
      for (;;) {
        const batch = await this.#pull()
        if (batch === null) return undefined
        yield batch
      }
    } finally {
      await this.#end()
    }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}
