import { Writable } from 'node:stream'
import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { chunksOf, Gathered, isByteSource, Limits, type ByteSource } from '../streams/index.js'
import { checkOptions, FsError, refusal, stateError, timeoutOf } from './error.js'
import { native } from './native.js'
import { crossing, type PathLike } from './path.js'
import { settingsOf, type WriteOptions } from './write.js'

/** Pieces of a source are gathered up to this size: a crossing costs more than a copy of a few kilobytes. */
const GATHER = 64 * 1024

/**
 * A file that is written in pieces. An atomic one (the default) appears when it is closed; until then the old file is what it
 * was. A piece is on its way to the disk when its promise resolves: waiting for it is the back-pressure.
 *
 * It is ended by {@link close}, which makes the file appear, or by {@link abort}, which leaves nothing; an error, `dispose()`,
 * `await using` without a close and the end of the process are an abort, too.
 *
 * @example
 * await using file = writeStream('report.csv')
 * for (const row of rows) await file.write(`${row.join(',')}\n`)
 * await file.close()
 */
export class FileWriter extends NativeObject {
  readonly #operation: string
  readonly #stop = new AbortController()
  #state: 'open' | 'closing' | 'closed' | 'aborted' | 'failed' = 'open'
  #bytesWritten = 0

  /** @internal */
  constructor(path: string, options: WriteOptions, operation: string) {
    boundary.asks(operation)
    super(boundary, native.writerNew(path, ...settingsOf(options)))
    this.#operation = operation
  }

  /** How many bytes were written. */
  get bytesWritten(): number {
    return this.#bytesWritten
  }

  /**
   * Writes a piece; several at a time are written in their order. When one fails, or is stopped, the file is aborted.
   *
   * @throws FsError those of `write`; `ERR_STATE` when the file was closed or aborted.
   */
  async write(piece: string | Uint8Array, options: CallOptions = {}): Promise<void> {
    const operation = this.#named('write')
    this.#check(operation)
    if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) {
      throw refusal(operation, 'piece', 'text or bytes', piece)
    }
    const bytes = typeof piece === 'string' ? encoded(operation, piece) : piece
    const { length } = bytes
    await this.#guarded(operation, options, (call) => {
      native.writerWrite(call, this.handle, bytes)
    })
    this.#bytesWritten += length
  }

  /**
   * Writes all of a source. `signal` and `timeoutMs` are for all of it, waiting for its pieces included. When it fails, the
   * file is aborted, and the source is cancelled.
   *
   * @returns how many bytes there were.
   */
  async writeFrom(source: ByteSource, options: CallOptions = {}): Promise<number> {
    const operation = this.#named('writeFrom')
    this.#check(operation)
    checkOptions(operation, options)
    if (!isByteSource(source)) throw refusal(operation, 'source', 'text, bytes, or a source of them', source)
    const before = this.#bytesWritten
    const limits = new Limits(options, (timeoutMs) => timeoutOf(operation, timeoutMs))
    const refuse = (found: unknown): Error => refusal(operation, 'source', 'pieces of bytes or text', found)
    try {
      for await (const piece of limits.each(new Gathered(chunksOf(source, refuse), GATHER))) {
        this.#check(operation)
        await this.#guarded(operation, limits.options, (call) => {
          native.writerWrite(call, this.handle, piece)
        })
        this.#bytesWritten += piece.length
      }
    } catch (error) {
      this.#end('failed')
      throw error
    }
    return this.#bytesWritten - before
  }

  /**
   * Ends the file: now it is there. One that was never written to is empty.
   *
   * @throws FsError those of `write`; then nothing of it is there.
   */
  async close(options: CallOptions = {}): Promise<void> {
    if (this.#state === 'closed') return
    const operation = this.#named('close')
    this.#check(operation)
    this.#state = 'closing'
    await this.#guarded(operation, options, (call) => {
      native.writerFinish(call, this.handle)
    })
    this.#end('closed')
  }

  /** Leaves the file: of an atomic one nothing is left. Twice is fine, and after a close nothing happens. */
  abort(): void {
    if (this.#state === 'open' || this.#state === 'closing') this.#end('aborted')
  }

  /** The same as {@link abort}. */
  override dispose(): void {
    this.abort()
    super.dispose()
  }

  /** The same as {@link abort}: what was not closed is not there. */
  [Symbol.asyncDispose](): Promise<void> {
    this.dispose()
    return Promise.resolve()
  }

  /** As a stream of the Web: closing it closes the file, aborting it aborts the file. */
  toWeb(): WritableStream<Uint8Array | string> {
    return new WritableStream<Uint8Array | string>(
      { write: (piece) => this.write(piece), close: () => this.close(), abort: () => this.abort() },
      { highWaterMark: 1 },
    )
  }

  /** As a stream of Node: ending it closes the file, destroying it before aborts the file. */
  toNode(): Writable {
    return new Writable({
      decodeStrings: true,
      write: (piece: Buffer, _encoding, done) => void this.write(piece).then(() => done(), done),
      writev: (pieces, done) => {
        const all = Buffer.concat(pieces.map(({ chunk }) => chunk as Buffer))
        void this.write(all).then(() => done(), done)
      },
      final: (done) => void this.close().then(() => done(), done),
      destroy: (error, done) => {
        this.abort()
        done(error)
      },
    })
  }

  #named(method: string): string {
    return this.#operation === 'fs.writeStream' ? `fs.FileWriter.${method}` : this.#operation
  }

  #check(operation: string): void {
    if (this.#state === 'open') return
    throw stateError(operation, this.#state, `the file was ${this.#state === 'closing' ? 'closed' : this.#state}`)
  }

  async #guarded(operation: string, options: CallOptions, begin: (call: number) => void): Promise<void> {
    checkOptions(operation, options)
    const stop = this.#stop.signal
    const signal = options.signal === undefined ? stop : AbortSignal.any([options.signal, stop])
    try {
      await boundary.call(operation, { ...options, signal }, begin)
    } catch (error) {
      if (this.#state !== 'aborted') this.#end('failed')
      if (error === ABORTED) throw stateError(operation, 'aborted', 'the file was aborted meanwhile')
      throw error
    }
  }

  #end(state: 'closed' | 'aborted' | 'failed'): void {
    this.#state = state
    super.dispose()
    if (state !== 'closed') this.#stop.abort(ABORTED)
  }
}

const ABORTED = Symbol('aborted')
const encoder = new TextEncoder()

/** With `u` a pair is one character and only half of one is a surrogate. */
const LONE_SURROGATE = /\p{Surrogate}/u

function encoded(operation: string, text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return encoder.encode(text)
  const { message, details } = refusal(operation, 'piece', 'text without lone surrogates', text)
  throw new FsError(message, { code: 'ERR_INVALID_STRING', operation, details })
}

/**
 * Opens a file for writing in pieces. Nothing is touched before the first piece, or the close.
 *
 * @throws FsError `ERR_FS_INVALID_PATH`, `ERR_INVALID_ARG_TYPE`; what the system refuses arrives at the first piece.
 */
export function writeStream(path: PathLike, options: WriteOptions = {}): FileWriter {
  const operation = 'fs.writeStream'
  checkOptions(operation, options)
  return new FileWriter(crossing(operation, 'path', path), options, operation)
}
