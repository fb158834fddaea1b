import { chunksOf, type ByteSource } from '../streams/index.js'
import { badResponse } from './server-error.js'
import { cancelled } from './server-events.js'

/** A body that is sent piece by piece. */
export interface Pieces {
  readonly next: () => Promise<IteratorResult<Uint8Array, void>>
  /** It is not wanted any more. */
  readonly cancel: (reason: unknown) => void
}

/** Whether a body is one whole: then it needs no stream. */
export const isWhole = (body: ByteSource | null | undefined): body is string | Uint8Array | null | undefined =>
  body === null || body === undefined || typeof body === 'string' || body instanceof Uint8Array

/** The pieces of a source, and how the source is told that nobody wants them, even while it is waited for. */
export function piecesOf(source: ByteSource): Pieces {
  const refuse = (found: unknown): Error =>
    badResponse(`a body gave a ${found === null ? 'null' : typeof found} in place of bytes or text`)
  if (source instanceof ReadableStream) {
    const reader = (source as ReadableStream<Uint8Array>).getReader()
    const pieces = chunksOf({ [Symbol.asyncIterator]: () => ({ next: () => reader.read() as never }) }, refuse)
    return {
      next: () => pieces.next(),
      cancel: (reason) => void reader.cancel(reason).catch(() => undefined),
    }
  }
  const pieces = chunksOf(source, refuse)
  return {
    next: () => pieces.next(),
    cancel: () => {
      const told = source as Partial<Record<typeof cancelled, () => void>> & { destroy?: (error?: unknown) => void }
      if (typeof told[cancelled] === 'function') told[cancelled]()
      // A stream of Node: it may wait for something that never comes. Without a reason, which would be an `error` event of its.
      else if (typeof told.destroy === 'function') told.destroy()
      pieces.return().catch(() => undefined)
    },
  }
}
