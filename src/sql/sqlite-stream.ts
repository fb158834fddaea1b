/** Rows of a statement as they come. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import type { QueryOptions } from './database.js'
import { sqlError } from './error.js'
import { native } from './native.js'
import { encodeParams, type SqlParams } from './params.js'
import { PulledRows } from './row-stream.js'
import type { RowForm } from './rows.js'
import type { Plan, SqliteConnection } from './sqlite-connection.js'

/** A connection for a stream alone, until it is released. */
export interface OpenedStream {
  readonly connection: SqliteConnection
  readonly plan: Plan
  readonly release: () => void
}

/** Where a stream gets its connection. */
export interface StreamSource {
  open: (options: CallOptions | undefined) => Promise<OpenedStream>
}

interface Settings {
  readonly operation: string
  readonly params: SqlParams | undefined
  readonly big: boolean
  readonly form: RowForm
  readonly options: QueryOptions | undefined
}

export class SqliteStream<Row> extends PulledRows<Row> {
  readonly #source: StreamSource
  readonly #settings: Settings
  #opened: OpenedStream | undefined

  constructor(source: StreamSource, settings: Settings) {
    super()
    this.#source = source
    this.#settings = settings
  }

  protected override async fetch(): Promise<Row[] | null> {
    const { operation, options, form } = this.#settings
    const { connection, plan } = (this.#opened ??= await this.#open())
    const block = await boundary.call<Uint8Array | null>(operation, options, (call) => {
      native.sqliteConnectionStreamNextTask(call, connection.number)
    })
    if (block === null) return null
    const rows: unknown[] = []
    connection.unpack(plan, block, form, rows)
    return rows as Row[]
  }

  async #open(): Promise<OpenedStream> {
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

  protected override async close(): Promise<void> {
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
}
