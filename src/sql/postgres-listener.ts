import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { native, type Handle } from './native.js'

/** What `NOTIFY` told. */
export interface Notification {
  /** Where it was sent. */
  readonly channel: string
  /** What was sent; empty when nothing was. */
  readonly payload: string
  /** The number of the server process that sent it. */
  readonly processId: number
}

/** How many notifications are fetched together. */
const BATCH = 256

/**
 * Notifications in the order of the commits that sent them, on a connection of its own. Leaving a `for await` ends it. When the
 * connection is lost the iteration fails with `ERR_SQL_CONNECTION`: what was sent from then on is lost, so listen anew and look at
 * the tables for what was missed.
 */
export class PostgresListener extends NativeObject implements AsyncIterable<Notification> {
  readonly #options: CallOptions | undefined

  /** @internal */
  constructor(handle: Handle, options: CallOptions | undefined) {
    super(boundary, handle)
    this.#options = options
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Notification, void> {
    try {
      while (!this.isDisposed) {
        const heard = await boundary.call<[string, string, number][]>(
          'sql.PostgresListener.next',
          this.#options,
          (call) => {
            native.postgresListenerNext(call, this.handle, BATCH)
          },
        )
        for (const [channel, payload, processId] of heard) yield { channel, payload, processId }
      }
    } finally {
      this.dispose()
    }
  }
}
