import type { RowStream } from './database.js'

/** Rows one after the other, out of batches that are pulled: nothing is fetched before it is asked for. */
export abstract class PulledRows<Row> implements RowStream<Row> {
  #rows: Row[] = []
  #at = 0
  #ended = false
  /** The batch under way: those who ask for more meanwhile wait for it. */
  #pulling: Promise<unknown> = Promise.resolve()

  /** The next rows, or null at the end. Called again only when the last call has settled, and not after {@link close}. */
  protected abstract fetch(): Promise<Row[] | null>

  /** Gives back what the stream holds; called whenever it ends, so perhaps twice. */
  protected abstract close(): Promise<void> | void

  /** Somebody leaves while a fetch is under way. */
  protected interrupt(): void {
    // It is waited for, unless a kind of stream can do better.
  }

  next(): Promise<IteratorResult<Row, undefined>> {
    if (this.#at < this.#rows.length) return Promise.resolve({ done: false, value: this.#rows[this.#at++] as Row })
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return this.#afterPull(async () => {
      while (this.#at >= this.#rows.length) {
        const batch = await this.#pull()
        if (batch === null) return { done: true, value: undefined }
        this.#rows = batch
        this.#at = 0
      }
      return { done: false, value: this.#rows[this.#at++] as Row }
    })
  }

  #afterPull<T>(work: () => Promise<T>): Promise<T> {
    const pulled = this.#pulling.then(work)
    this.#pulling = pulled.catch(() => undefined)
    return pulled
  }

  async #pull(): Promise<Row[] | null> {
    if (this.#ended) return null
    try {
      const batch = await this.fetch()
      if (batch !== null) return batch
    } catch (error) {
      await this.#end()
      throw error
    }
    await this.#end()
    return null
  }

  async #end(): Promise<void> {
    this.#ended = true
    this.#rows = []
    this.#at = 0
    await this.close()
  }

  async return(): Promise<IteratorResult<Row, undefined>> {
    this.interrupt()
    await this.#pulling
    await this.#end()
    return { done: true, value: undefined }
  }

  async *batches(): AsyncGenerator<Row[], undefined, undefined> {
    try {
      if (this.#at < this.#rows.length) {
        const rest = this.#rows.slice(this.#at)
        this.#at = this.#rows.length
        yield rest
      }
      for (;;) {
        const batch = await this.#afterPull(() => this.#pull())
        if (batch === null) return undefined
        yield batch
      }
    } finally {
      await this.return()
    }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}
