import { boundary } from '../addon.js'
import { NativeObject, type CallOptions } from '../boundary/index.js'
import { ByteStream, type Bytes } from '../streams/index.js'
import { checkOptions, refusal, stateError } from './error.js'
import { native } from './native.js'
import { crossing, type PathLike } from './path.js'

/** What of a file is read, and how. */
export interface ReadStreamOptions {
  /** The first byte. Default 0. */
  start?: number | undefined
  /** Just past the last byte. Default: the end of the file. */
  end?: number | undefined
  /** Bytes of a piece; the last may be shorter, and pipes give what they have. 1 to 64 MiB. Default 256 KiB. */
  chunkBytes?: number | undefined
}

const CHUNK = 256 * 1024
const LARGEST_CHUNK = 64 * 1024 * 1024

const LEFT = Symbol('left')

class Reader extends NativeObject {
  readonly #leaving = new AbortController()

  constructor(path: string, start: number, end: number | null) {
    super(boundary, native.readerNew(path, start, end))
  }

  async next(operation: string, options: CallOptions, chunkBytes: number): Promise<Bytes | null> {
    const leaving = this.#leaving.signal
    const signal = options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving])
    try {
      const piece = await boundary.call<Bytes>(operation, { signal, timeoutMs: options.timeoutMs }, (call) => {
        native.readerNext(call, this.handle, chunkBytes)
      })
      return piece.length === 0 ? null : piece
    } catch (error) {
      if (error === LEFT) return null
      throw error
    }
  }

  override dispose(): void {
    super.dispose()
    this.#leaving.abort(LEFT)
  }
}

/**
 * A file, or a part of it, in pieces, each read when it is asked for. The file is opened by the first.
 *
 * `signal` stops the stream, `timeoutMs` is for each piece. Errors arrive where the stream is read: `ERR_FS_NOT_FOUND`,
 * `ERR_FS_IS_FOLDER` and the other codes of {@link FsError}.
 *
 * @example
 * for await (const piece of readStream('large.log', { start: 1_000_000 })) hash.update(piece)
 */
export function readStream(path: PathLike, options: CallOptions & ReadStreamOptions = {}): ByteStream {
  const operation = 'fs.readStream'
  checkOptions(operation, options)
  const { start = 0, end, chunkBytes = CHUNK } = options
  if (!Number.isInteger(chunkBytes) || chunkBytes < 1 || chunkBytes > LARGEST_CHUNK) {
    throw refusal(operation, 'options.chunkBytes', `a whole number from 1 to ${LARGEST_CHUNK}`, chunkBytes)
  }
  if (end !== undefined && end < start) throw refusal(operation, 'options.end', `a number from start, ${start}`, end)
  const crossed = crossing(operation, 'path', path)
  boundary.asks(operation)
  const reader = new Reader(crossed, start, end ?? null)
  return new ByteStream({
    next: () => reader.next(operation, options, chunkBytes),
    close: () => {
      reader.dispose()
    },
    used: () => stateError(operation, 'used', 'the stream was read already, or cancelled'),
  })
}
