/** What is sent or written: at once, or in pieces. Texts are sent as UTF-8. */
export type ByteSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>

/** A piece that can cross the boundary. */
type Piece = Uint8Array

/** Largest piece that is handed on: a longer one goes in several, so that what follows it is not held up by one copy. */
const LONGEST_PIECE = 1024 * 1024

const encoder = new TextEncoder()

/** Whether a value is a {@link ByteSource}, by its shape: streams of other realms and of other libraries are as good. */
export function isByteSource(value: unknown): value is ByteSource {
  if (typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  return (
    value instanceof Uint8Array ||
    value instanceof ArrayBuffer ||
    value instanceof Blob ||
    Symbol.asyncIterator in value ||
    Symbol.iterator in value
  )
}

/**
 * The bytes of a source, piece by piece, pulled: nothing is read ahead. A Web or Node stream that is left early is cancelled or
 * destroyed, as `for await` does.
 *
 * @param refuse makes the error for a piece that is neither bytes nor text.
 */
export async function* chunksOf(source: ByteSource, refuse: (found: unknown) => Error): AsyncGenerator<Piece, void> {
  if (typeof source === 'string') yield* cut(encoder.encode(source))
  else if (source instanceof Uint8Array) yield* cut(source)
  else if (source instanceof ArrayBuffer) yield* cut(new Uint8Array(source))
  else {
    const pieces: AsyncIterable<unknown> | Iterable<unknown> = source instanceof Blob ? source.stream() : source
    for await (const piece of pieces) {
      if (typeof piece === 'string') yield* cut(encoder.encode(piece))
      else if (piece instanceof Uint8Array) yield* cut(piece)
      else throw refuse(piece)
    }
  }
}

function* cut(bytes: Piece): Generator<Piece, void> {
  for (let start = 0; start < bytes.length; start += LONGEST_PIECE) yield bytes.subarray(start, start + LONGEST_PIECE)
}
